"""A list of spaces: as rows of a timeline, as a list that says what is free, as a floor plan, as a week, as a month."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from flask import request

from blueprints.booking.alike import GRID
from blueprints.booking.announced import announced
from blueprints.booking.dates import dates_shown
from blueprints.booking.day import Day, Taken
from blueprints.booking.day_rows import timeline_page
from blueprints.booking.filters import FILTERS, Filter, FilterForm
from blueprints.booking.floors import floor_plan_of, floor_shown, floors_of
from blueprints.booking.horizon import not_yet
from blueprints.booking.kind import SpaceKind
from blueprints.booking.listing import judged, list_rows
from blueprints.booking.month import month_page
from blueprints.booking.week import week_page
from blueprints.web.addresses import url_with
from blueprints.web.language import language
from blueprints.web.ready_pages import made_of
from models.queries.timelines import bookings_of
from models.rules.house.house import House, Space
from models.rules.people.outsiders import may_book_in
from models.rules.people.person import Person

# The views that show when each space is taken, and no more of it; what a page is made of, besides the common.
DRAWN: Mapping[str, Callable[[SpaceKind, Sequence[Space], Day], dict[str, object]]] = {
    "timeline": timeline_page,
    "week": week_page,
    "month": month_page,
}


def spaces_of(kind: SpaceKind, house: House, person: Person) -> list[Space]:
    """In the order of a walk through the house, kind by kind and floor by floor; what is only for others comes last."""
    found = [space for space in house.spaces.values() if space.kind in kind.kinds]

    def place(space: Space) -> tuple:
        sort, floor = kind.kinds.index(space.kind), (house.floors[space.floor].level, space.floor)
        return (
            *((floor, sort) if kind.by_floor else (sort, floor)),
            not may_book_in(person, space),
            space.zone,
            space.code,
        )

    return sorted(found, key=place)


def overview_page(
    kind: SpaceKind, form: FilterForm, asked: Filter, day: Day, spaces: Sequence[Space]
) -> dict[str, object]:
    """Everything the list's template shows. Queries: the day's bookings, and the facts where hours are asked for."""
    shown, view = [space for space in spaces if asked.passes(space, day)], asked.view or kind.default_view
    floor = floor_shown(view, shown, asked, day)
    floors = floors_of([space for space in spaces if asked.passes(space, day, any_floor=True)], day) if floor else []
    if floor:
        shown = [space for space in shown if space.floor == floor]
    dates = dates_shown(view, day)
    page = {
        "not_yet": not_yet(shown, day, partial(_address, kind)),
        "announced": announced(day.house, shown, dates.first, dates.last),
        "kind": kind,
        "form": form,
        "day": day,
        "view": view,
        "asked": asked,
        "day_text": dates.words,
        "previous": dates.previous.isoformat(),
        "next": dates.next.isoformat(),
        "closed_because": [
            each.name
            for each in day.house.closures
            if each.day == day.date and dates.number == 1 and each.is_for(day.person.organisation)
        ],
        # A floor that is chosen by its tab is no filter to be cleared.
        "active_filters": sum(1 for name in FILTERS if getattr(asked, name) and not (floor and name == "floor")),
        "kept": {name: value for name, value in request.args.items() if name in (*FILTERS, "view", "block")},
        "address": partial(_address, kind),
        "nothing_fits": not shown,
        "floor": floor,
        "floors": [(code, day.house.floors[code].names.in_language(language())) for code in floors],
    }
    if view in DRAWN or not (kind.overview or asked.during(day)):
        of = (dates.first, dates.last, day.date)
        made_of(
            shown, [Day(each, day.viewer, day.now) for each in (min(of), max(of))], minutes=GRID if view in DRAWN else 1
        )
    if kind.overview:
        return {**page, **kind.overview(page=page, spaces=shown)}
    return page | as_viewed(kind, view, shown, asked, day, floor)


def as_viewed(
    kind: SpaceKind, view: str, spaces: Sequence[Space], asked: Filter, day: Day, floor: str
) -> dict[str, object]:
    if view in DRAWN:
        return DRAWN[view](kind, spaces, day)
    taken = taken_on(spaces, day)
    during = asked.during(day)
    verdicts = judged(spaces, during, day.person, day.house, day.now, attendees=asked.attendees) if during else {}
    rows = list_rows(spaces, day, taken, asked, verdicts)
    return {"rows": rows} | ({"plan": floor_plan_of(floor, spaces, day, rows)} if view == "plan" else {})


def taken_on(spaces: Sequence[Space], day: Day) -> Taken:
    return bookings_of(spaces, day.near, day.viewer, day.now)


def _address(kind: SpaceKind, **changed: object) -> str:
    """This list's address with some of its values changed; None takes one out."""
    known = {name: value for name, value in request.args.items() if name in ("date", "view", "block", *FILTERS)}
    query: dict[str, object] = {**known, **changed}
    return url_with(f"{kind.name}.overview", {name: value for name, value in query.items() if value is not None})
