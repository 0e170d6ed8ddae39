"""Measure on databases of their own, print ratios as a table and as JSON. Not a test: it asserts no time."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path

import flask_migrate
from flask import Flask

from app import create_app
from models.tables.db import db
from tests.benchmarks import in_process, on_server, planning
from tests.benchmarks.figures import Figure
from tests.cast import NOW
from tests.databases import SECRET
from tests.demo_building import load_demo_building
from tests.postgresql import cluster, server_programs


def measure(url: str, name: str, parts: Callable[[Flask, str, str], Iterator[Figure]]) -> Iterator[Figure]:
    """`parts`: what is measured on this one database."""
    app = create_app(
        {
            "TREFPUNT_DATABASE_URL": url,
            "TREFPUNT_SECRET_KEY": SECRET,
            "TREFPUNT_CLOCK": lambda: NOW,
            "TREFPUNT_PROBES": "0",
            "TREFPUNT_API_LIMIT": "0",
        }
    )
    with app.app_context():
        flask_migrate.upgrade()
        load_demo_building()
        db.session.remove()
    yield from parts(app, name, url)
    with app.app_context():
        db.engine.dispose()


def _pages_and_bookings(app: Flask, name: str, url: str) -> Iterator[Figure]:
    yield from in_process.figures(app, name)
    yield from on_server.figures(app, name, url)


def _rules_and_plans(app: Flask, name: str, _url: str) -> Iterator[Figure]:
    yield from planning.figures(app, name)


PARTS = (_pages_and_bookings, _rules_and_plans)


def _row(each: Figure) -> str:
    def said(value, form: str) -> str:
        return "" if value is None else format(value, form)

    return (
        f"{each.database:<11}{each.what:<53}{said(each.cpu_ms, '.2f'):>9}{said(each.bytes or None, ','):>9}"
        f"{said(each.queries, '.0f'):>8}{said(each.per_second, '.0f'):>8}   {each.ratio:.2f} x {each.baseline}"
    )


def _shown(figures: Iterator[Figure]) -> list[Figure]:
    """Each as soon as it is known: the whole takes some minutes."""
    found = []
    for each in figures:
        print(_row(each), flush=True)
        found.append(each)
    return found


def main() -> None:
    print(f"{'database':<11}{'what':<53}{'CPU ms':>9}{'bytes':>9}{'queries':>8}{'per s':>8}   ratio")
    with tempfile.TemporaryDirectory() as folder:
        found = [
            figure
            for number, parts in enumerate(PARTS)
            for figure in _shown(measure(f"sqlite:///{Path(folder) / f'bench{number}.db'}", "SQLite", parts))
        ]
    programs = server_programs()
    if programs:
        with cluster(programs) as running:
            for number, parts in enumerate(PARTS):
                found += _shown(measure(running.create(f"bench{number}"), "PostgreSQL", parts))
    else:
        print("PostgreSQL left out: no server found (Debian: postgresql)")
    print(json.dumps([asdict(each) for each in found]))


if __name__ == "__main__":
    main()
