"""Fresh databases for tests: each a copy of a template that is made once a run."""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import flask_migrate

from app import create_app
from models.tables.db import db
from tests.postgresql import Cluster
from tests.share import begin_to_share, once

SECRET = "tests need no secret"
Fill = Callable[[], None]


def migrated() -> None:
    flask_migrate.upgrade()


class SqliteShelf:
    """Templates as files that all processes share, copies in a folder of this one's own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.templates: dict[str, str] = {}
        self.numbers = itertools.count()

    @contextmanager
    def copy_of(self, name: str, *fill: Fill) -> Iterator[str]:
        """The address of a database like the template `name`, which the `fill` functions make when first asked for."""
        if name not in self.templates:
            self.templates[name] = once(f"sqlite {name}", partial(self._made, name, fill))
        copy = self.folder / f"{name}-{next(self.numbers)}.db"
        shutil.copyfile(self.templates[name], copy)
        yield f"sqlite:///{copy}"
        for file in self.folder.glob(f"{copy.name}*"):
            file.unlink()

    def _made(self, name: str, fill: tuple[Fill, ...]) -> str:
        template = begin_to_share() / f"{name}.db"
        _fill(f"sqlite:///{template}", fill)
        return str(template)


class PostgresqlShelf:
    """Templates as databases of the one cluster that all processes share."""

    def __init__(self, cluster: Cluster) -> None:
        self.cluster = cluster
        self.names: set[str] = set()
        self.numbers = itertools.count()

    @contextmanager
    def copy_of(self, name: str, *fill: Fill) -> Iterator[str]:
        """As SqliteShelf.copy_of."""
        if name not in self.names:
            once(f"postgresql {name}", partial(self._made, name, fill))
            self.names.add(name)
        copy = f"{name}-{os.getpid()}-{next(self.numbers)}"
        yield self.cluster.create(copy, template=name)
        self.cluster.drop(copy)

    def _made(self, name: str, fill: tuple[Fill, ...]) -> str:
        _fill(self.cluster.create(name), fill)
        return name


def _fill(url: str, fill: tuple[Fill, ...]) -> None:
    app = create_app({"TREFPUNT_DATABASE_URL": url, "TREFPUNT_SECRET_KEY": SECRET})
    with app.app_context():
        for step in fill:
            step()
        db.session.remove()
        # SQLite's last connection folds its log into the file; PostgreSQL copies no database in use.
        db.engine.dispose()
