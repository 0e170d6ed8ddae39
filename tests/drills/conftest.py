"""Towns to drill in: one on a PostgreSQL server of its own, for it is stopped and ended, one on SQLite."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.databases import PostgresqlShelf, migrated
from tests.demo_building import load_demo_building
from tests.drills.serving import Site, served
from tests.needs import need
from tests.postgresql import Cluster, cluster, server_programs


@pytest.fixture
def sqlite_town(sqlite_shelf, tmp_path) -> Iterator[Site]:
    with sqlite_shelf.copy_of("demo", migrated, load_demo_building) as url, served(url, tmp_path) as site:
        yield site


@dataclass
class PostgresqlTown:
    site: Site
    server: Cluster


@pytest.fixture(scope="module")
def postgresql_town(tmp_path_factory) -> Iterator[PostgresqlTown]:
    programs = server_programs()
    need(programs, "A PostgreSQL server (initdb)", "postgresql")
    with cluster(programs) as running:
        shelf = PostgresqlShelf(running)
        folder = tmp_path_factory.mktemp("drill")
        with shelf.copy_of("demo", migrated, load_demo_building) as url, served(url, folder) as site:
            yield PostgresqlTown(site, running)
