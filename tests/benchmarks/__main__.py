"""Measure on databases of their own: `make bench`, or `make bench-city`. Not a test: no time is asserted.

The table goes to the terminal, the same as JSON to a file. ONLY: a pattern that database and row are looked for by.
COMPARE: the JSON of an earlier run, to be told how many times that each row takes now.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import flask_migrate

from app import create_app
from models.tables.db import db
from tests.benchmarks import (
    baselines,
    big_house,
    booking,
    buildings,
    cities,
    feeds,
    pages,
    planning,
    refusing,
    screens,
    table,
    together,
)
from tests.benchmarks.bench import Bench
from tests.benchmarks.databases import MISSING, Database, postgresql, sqlite_in, tidied
from tests.benchmarks.figures import Figure, Row
from tests.benchmarks.machine import load, machine
from tests.benchmarks.server import served
from tests.benchmarks.site import SETTINGS
from tests.demo_building import load_demo_building

OTHERS = 200_000


@dataclass(frozen=True, slots=True)
class Part:
    """Rows that are measured on one house, which `fill` makes of the demo building, with so many bookings elsewhere."""

    fill: Callable[[int], object]
    rows: tuple[Row, ...]


def town(others: int) -> None:
    big_house.never_closed()
    big_house.forty_rooms()
    big_house.ninety_of_bram()
    big_house.many_others(others)
    big_house.busy_today()


def five_buildings(others: int) -> None:
    big_house.never_closed()
    big_house.forty_rooms()
    buildings.five_buildings()
    big_house.many_others(others // 4)


def city(others: int) -> None:
    big_house.never_closed()
    big_house.forty_rooms()
    buildings.five_buildings((1000, 900, 900, 850))
    big_house.many_others(others)


PARTS = {
    "town": (
        Part(town, (*baselines.ROWS, *feeds.ROWS, *screens.ROWS, *pages.ROWS, *booking.ROWS, *together.ROWS)),
        Part(five_buildings, refusing.ROWS),
        Part(lambda _others: big_house.forty_rooms(), planning.ROWS),
    ),
    "city": (
        Part(city, (*baselines.ROWS, *cities.ROWS)),
        Part(lambda _others: big_house.tower_of_desks(), cities.TOWER),
    ),
}


def measure(database: Database, asked: argparse.Namespace) -> Iterator[Figure]:
    for number, part in enumerate(PARTS[asked.house]):
        rows = [row for row in part.rows if asked.only.search(f"{database.name} {row.what}")]
        if rows:
            url = database.fresh(f"bench{number}")
            yield from _on_a_house(database, url, partial(part.fill, asked.bookings), rows)


def _on_a_house(database: Database, url: str, fill: Callable[[], object], rows: list[Row]) -> Iterator[Figure]:
    app = create_app({**SETTINGS, "TREFPUNT_DATABASE_URL": url})
    with app.app_context():
        flask_migrate.upgrade()
        load_demo_building()
        fill()
        db.session.remove()
        tidied(url)
    with served(url) as server:
        bench = Bench(app, database.name, server, database.process)
        for row in rows:
            yield _figure(bench, row)
    with app.app_context():
        db.engine.dispose()


def _figure(bench: Bench, row: Row) -> Figure:
    """A row that fails says so; the others are measured."""
    try:
        found = row.measure(bench)
    except AssertionError as error:
        found = f"failed: {error}"
    with bench.app.app_context():
        db.session.remove()
    if isinstance(found, str):
        return Figure(bench.name, row.what, {}, left_out=found)
    return Figure(bench.name, row.what, found, row.aims)


def _earlier(file: Path | None) -> table.Earlier | None:
    if file is None:
        return None
    told = json.loads(file.read_text(encoding="utf-8"))["figures"]
    return {(each["database"], each["what"]): each for each in told}


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("house", nargs="?", default="town", choices=PARTS)
    parser.add_argument("--only", type=lambda text: re.compile(text, re.IGNORECASE), default=re.compile(""))
    parser.add_argument("--compare", type=Path)
    parser.add_argument("--bookings", type=int, default=OTHERS, help="how many stand elsewhere")
    parser.add_argument("--json", type=Path, default=Path("instance/bench.json"))
    return parser.parse_args()


def main() -> None:
    asked, begun = _asked(), time.perf_counter()
    earlier, on, found = _earlier(asked.compare), machine(), []
    print(f"On {on['cores']} cores ({on['processor']}), Python {on['python']}, load {on['load']}")
    print(table.heading(earlier))
    try:
        with tempfile.TemporaryDirectory() as folder, postgresql() as other:
            databases = [each for each in (sqlite_in(Path(folder)), other) if each is not None]
            on["databases"] = {each.name: each.version for each in databases}
            for figure in (figure for each in databases for figure in measure(each, asked)):
                found.append(figure)
                print(table.row(figure, earlier), flush=True)
        if other is None:
            print(MISSING)
    finally:  # what was measured is told, whatever came in between
        on |= {"load_at_end": load(), "minutes": round((time.perf_counter() - begun) / 60, 1)}
        told = {"machine": on, "bookings": asked.bookings, "figures": [each.as_json() for each in found]}
        asked.json.parent.mkdir(exist_ok=True)
        asked.json.write_text(json.dumps(told, indent=1, ensure_ascii=False), encoding="utf-8")
    missed = [each for each in found if each.are_met is False]
    print(f"{len(missed)} rows do not meet their aim. Load at the end {on['load_at_end']}, {on['minutes']} minutes.")
    print(f"As JSON: {asked.json}")


if __name__ == "__main__":
    main()
