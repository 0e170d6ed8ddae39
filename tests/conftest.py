"""What every test may ask for: a fresh database of each sort, the app on it, a clock that stands still."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy import event, make_url

from app import create_app
from blueprints.web.settings import settings
from models.queries.kept import KEPT
from models.tables.db import db
from tests.cast import ANN, BRAM
from tests.databases import SECRET, PostgresqlShelf, SqliteShelf, migrated
from tests.delegates import let_book_for
from tests.demo_building import load_demo_building
from tests.depth import digs_deep, draw_examples, too_deep
from tests.engines import keep_the_house_of, lead, lead_to_each_test
from tests.memory import temporary_root
from tests.needs import need
from tests.postgresql import end_the_cluster, server_programs, the_cluster
from tests.share import begin_to_share
from tests.turns import left_out

os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", temporary_root())  # read when the first temporary folder is made
draw_examples()
DATABASES = ("sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql))
APPS: dict[str, tuple[Flask, dict[str, object]]] = {}  # of each sort of database, with its settings as it was made
QUICK_ARGON2 = {"time_cost": 1, "memory_cost": 8, "parallelism": 1}


def pytest_configure() -> None:
    gc.disable()  # until everything is read: all of it stays
    begin_to_share()


def pytest_unconfigure(config) -> None:
    if not hasattr(config, "workerinput"):  # the process that started the others, and outlives them
        end_the_cluster()


# Files that one process needs minutes for: first, so that none is left alone with them in the end.
LONGEST = ("tests/attack/", "tests/browser/test_every_page.py", "tests/models/actions/bookings/", "tests/browser/")


def pytest_collection_modifyitems(config, items) -> None:
    """The files in turn: a process that runs one whole prepares its house, or reads our sources, once."""
    others = {*left_out(items), *([] if digs_deep(config) else too_deep(items))}
    items[:] = sorted((item for item in items if item not in others), key=_longest_first)
    config.hook.pytest_deselected(items=list(others))


def pytest_collection_finish() -> None:
    """What was read is garbage never: whoever looks for some need not go through a million of our own things again."""
    gc.freeze()
    gc.enable()


def _longest_first(item) -> int:
    return next((n for n, beginning in enumerate(LONGEST) if item.nodeid.startswith(beginning)), len(LONGEST))


class StandingClock:
    """Tells one instant until a test sets another: a Wednesday morning, so that weekdays lie on both sides."""

    def __init__(self) -> None:
        self.instant = datetime(2027, 3, 3, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.instant


class ReadingClient(FlaskClient):
    """Reads each answer to its end at once: a style sheet is an open file until then."""

    def open(self, *arguments, **options):
        return super().open(*arguments, **{"buffered": True, **options})


@pytest.fixture(scope="session")
def sqlite_shelf(tmp_path_factory) -> SqliteShelf:
    return SqliteShelf(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgresql_shelf() -> Iterator[PostgresqlShelf]:
    programs = server_programs()
    need(programs, "A PostgreSQL server (initdb)", "postgresql")
    cluster = the_cluster(programs)
    with cluster.connected():
        yield PostgresqlShelf(cluster)


@pytest.fixture(params=DATABASES)
def shelf(request) -> SqliteShelf | PostgresqlShelf:
    """Where this test's databases come from; the test runs once for each sort."""
    return request.getfixturevalue(f"{request.param}_shelf")


@pytest.fixture
def database_url(shelf) -> Iterator[str]:
    """A database of this test's own with every migration and no rows."""
    with shelf.copy_of("migrated", migrated) as url:
        yield url


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture
def demo_url(shelf) -> Iterator[str]:
    """A database of this test's own with the demo building and its people, without bookings or passwords."""
    with shelf.copy_of("demo", migrated, load_demo_building) as url:
        yield url


@pytest.fixture
def demo_app(demo_url, clock, tmp_path) -> Iterator[Flask]:
    for app in _serving(demo_url, clock, tmp_path):
        keep_the_house_of(app)
        yield app


@pytest.fixture
def demo(demo_app) -> Iterator[None]:
    """For tests that call queries and actions on the demo building themselves."""
    with demo_app.test_request_context():
        yield


@pytest.fixture
def colleagues(demo_app) -> None:
    """Ann and Bram named each other: each books for the other."""
    with demo_app.test_request_context():
        let_book_for(ANN, BRAM)
        let_book_for(BRAM, ANN)


@pytest.fixture
def app(database_url, clock, tmp_path) -> Iterator[Flask]:
    yield from _serving(database_url, clock, tmp_path)


def _serving(database_url: str, clock: StandingClock, tmp_path) -> Iterator[Flask]:
    """One app for all tests of a process on one sort of database, with a database and settings of each test's own:
    making its hundreds of addresses takes longer than most tests."""
    overrides = _overrides(database_url, clock, tmp_path)
    sort = make_url(database_url).drivername
    if sort not in APPS:
        app = _made(overrides)
        APPS[sort] = app, dict(app.config)
        with app.app_context():
            lead_to_each_test(db.engine)
    app, as_made = APPS[sort]
    app.config.clear()
    app.config.update(as_made | settings(Path(app.instance_path), {}, overrides))
    with app.app_context():
        lead(db.engine, database_url)
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    KEPT.clear()


@pytest.fixture
def own_app(database_url, clock, tmp_path) -> Iterator[Flask]:
    """For a test that gives its app addresses of its own."""
    app = _made(_overrides(database_url, clock, tmp_path))
    yield app
    with app.app_context():
        db.engine.dispose()


def _made(overrides: dict[str, object]) -> Flask:
    app = create_app(overrides)
    app.test_client_class = ReadingClient
    app.jinja_env.bytecode_cache = TEMPLATES
    return app


def _overrides(database_url: str, clock: StandingClock, tmp_path) -> dict[str, object]:
    return {
        "TESTING": True,
        "TREFPUNT_DATABASE_URL": database_url,
        "TREFPUNT_SECRET_KEY": SECRET,
        "TREFPUNT_MAIL_DIR": str(tmp_path / "mail"),
        "TREFPUNT_MAIL_URL": None,
        "TREFPUNT_BASE_URL": "http://localhost",
        "TREFPUNT_DEMO": "0",
        "TREFPUNT_PROBES": "0",
        "TREFPUNT_API_LIMIT": "0",
        "TREFPUNT_ARGON2": QUICK_ARGON2,
        "TREFPUNT_CLOCK": clock,
        "TREFPUNT_PATIENCE": 60,
    }


@pytest.fixture
def app_context(app) -> Iterator[None]:
    """For tests that call queries and actions themselves."""
    with app.app_context():
        yield


@pytest.fixture
def client(app) -> FlaskClient:
    return app.test_client()


class CompiledTemplates(BytecodeCache):
    """Templates compiled once for all the apps of a session."""

    def __init__(self) -> None:
        self.compiled: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.compiled:
            bucket.bytecode_from_string(self.compiled[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.compiled[bucket.key] = bucket.bytecode_to_string()


TEMPLATES = CompiledTemplates()


class CountedQueries:
    def __init__(self) -> None:
        self.statements: list[str] = []

    @property
    def number(self) -> int:
        return len(self.statements)


@pytest.fixture
def counted_queries(demo_app):
    """`with counted_queries() as counted:` counts what is sent to the database. Around a request it stands outside any
    app context: a request inside one would find there what the one before it asked."""
    with demo_app.app_context():
        engine = db.engine

    @contextmanager
    def counting() -> Iterator[CountedQueries]:
        counted = CountedQueries()

        def count(_connection, _cursor, statement: str, *_more) -> None:
            if not statement.startswith("BEGIN"):  # which SQLite is told, and PostgreSQL's driver says
                counted.statements.append(statement)

        event.listen(engine, "before_cursor_execute", count)
        try:
            yield counted
        finally:
            event.remove(engine, "before_cursor_execute", count)

    return counting
