"""Towns to drill in: one on SQLite, one on a PostgreSQL server of its own, for it is stopped and ended."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.databases import PostgresqlShelf, SqliteShelf, migrated
from tests.demo_building import load_demo_building
from tests.drills.faults import keep_what_is_told, small_disk
from tests.drills.serving import Site, served
from tests.needs import need
from tests.postgresql import Cluster, cluster, server_programs


@pytest.fixture(scope="module")
def sqlite_town(tmp_path_factory) -> Iterator[Site]:
    folder, disk = tmp_path_factory.mktemp("drill"), tmp_path_factory.mktemp("disk")
    shelf = SqliteShelf(disk)
    with small_disk(disk), shelf.copy_of("demo", migrated, load_demo_building) as url, served(url, folder) as site:
        yield site


@pytest.fixture(scope="module")
def postgresql_server() -> Iterator[Cluster]:
    programs = server_programs()
    need(programs, "A PostgreSQL server (initdb)", "postgresql")
    with cluster(programs) as running:
        yield running


@pytest.fixture(scope="module")
def postgresql_town(postgresql_server, tmp_path_factory) -> Iterator[Site]:
    folder, shelf = tmp_path_factory.mktemp("drill"), DrillShelf(postgresql_server)
    with shelf.copy_of("demo", migrated, load_demo_building) as url:
        keep_what_is_told(url)
        with served(url, folder) as site:
            yield site


class DrillShelf(PostgresqlShelf):
    """On a server of its own: what other processes made lies on another."""

    def copy_of(self, name, *fill):
        return super().copy_of(f"drilled {name}", *fill)
