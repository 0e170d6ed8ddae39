"""A list of spaces on a date: as rows of a timeline, as a list that says what is free, as a floor plan, as a week."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import partial

from flask import request
from flask_babel import gettext as _

from blueprints.booking.announced import announced
from blueprints.booking.day import Day, Taken, date_words
from blueprints.booking.filters import FILTERS, Filter, FilterForm
from blueprints.booking.floors import floor_plan_of, floor_shown, floors_of
from blueprints.booking.horizon import not_yet
from blueprints.booking.kind import SpaceKind, address_of
from blueprints.booking.lanes import STEPS, head, timeline_of
from blueprints.booking.listing import judged, list_rows
from blueprints.booking.messages import kind_word
from blueprints.booking.timeline import Words, line_of, seen_as
from blueprints.booking.week import DAYS, week_page
from blueprints.web.addresses import url_with
from blueprints.web.language import language
from models.queries.timelines import bookings_of, made_once
from models.rules.house.house import House, Space
from models.rules.people.outsiders import is_on_duty, may_book_in
from models.rules.people.person import Person
from models.rules.people.rights import DESK_STAFF


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
    step = timedelta(days=DAYS if view == "week" else 1)
    page = {
        "not_yet": not_yet(shown, day, partial(_address, kind)),
        "announced": announced(day.house, shown, day.date, day.date + step - timedelta(days=1)),
        "kind": kind,
        "form": form,
        "day": day,
        "view": view,
        "asked": asked,
        "day_text": _day_text(day, step),
        "previous": (day.date - step).isoformat(),
        "next": (day.date + step).isoformat(),
        "closed_because": [
            each.name for each in day.house.closures if each.day == day.date and each.is_for(day.person.organisation)
        ],
        # A floor that is chosen by its tab is no filter to be cleared.
        "active_filters": sum(1 for name in FILTERS if getattr(asked, name) and not (floor and name == "floor")),
        "kept": {name: value for name, value in request.args.items() if name in (*FILTERS, "view", "block")},
        "address": partial(_address, kind),
        "nothing_fits": not shown,
        "floor": floor,
        "floors": [(code, day.house.floors[code].names.in_language(language())) for code in floors],
    }
    if kind.overview:
        return {**page, **kind.overview(page=page, spaces=shown)}
    return page | as_viewed(kind, view, shown, asked, day, floor)


def as_viewed(
    kind: SpaceKind, view: str, spaces: Sequence[Space], asked: Filter, day: Day, floor: str
) -> dict[str, object]:
    if view == "week":
        return week_page(kind, spaces, day)
    taken = taken_on(spaces, day)
    if view == "timeline":
        return timeline_page(kind, spaces, day, taken)
    during = asked.during(day)
    verdicts = judged(spaces, during, day.person, day.house, day.now, attendees=asked.attendees) if during else {}
    rows = list_rows(spaces, day, taken, asked, verdicts)
    return {"rows": rows} | ({"plan": floor_plan_of(floor, spaces, day, rows)} if view == "plan" else {})


def timeline_page(kind: SpaceKind, spaces: Sequence[Space], day: Day, taken: Taken) -> dict[str, object]:
    """Made once for all who may see the same of these bookings: a hundred people look at the same Monday."""
    person, codes = day.person, tuple(space.code for space in spaces)
    zones = {space.zone for space in spaces}
    is_kept = any(day.house.rule("R16", day.date, zone).in_force == "enforce" for zone in zones)
    neighbours = (person.home_zone, person.service) if is_kept else None
    key = (
        "timeline",
        kind.name,
        codes,
        day.date,
        day.now.timestamp() // (60 * STEPS[-1]),
        person.organisation,
        neighbours,
        person.is_outside,
        bool(person.roles & DESK_STAFF),
        is_on_duty(person),
        language(),
        "".join(f"{booking.id}{seen_as(booking, day.viewer)}" for code in codes for booking in taken[code]),
    )
    return {"lines": made_once(key, lambda: _timeline(kind, spaces, day, taken))}


def _timeline(kind: SpaceKind, spaces: Sequence[Space], day: Day, taken: Taken) -> dict[str, object]:
    here, words, lines = language(), Words(), []
    by_kind = len(kind.kinds) > 1 and not kind.by_floor
    for space in spaces:
        address, name = address_of(space), space.names.in_language(here)
        first = head(name, f"{address}?date={day.date}", space.code, places_words(space, day, words))
        group = kind_word(space.kind) if by_kind else day.house.floors[space.floor].names.in_language(here)
        lines.append(line_of(space, day, taken[space.code], f"{address}/book", words, head=first, group=group))
    return timeline_of(lines, day)


def places_words(space: Space, day: Day, words: Words) -> str:
    policy = day.policy(space)
    if not policy.active:
        return _("Out of service")
    if not may_book_in(day.person, space):
        return _("Only for %(who)s", who=", ".join(sorted(space.bookable_by)))
    if policy.traits.one_person:
        return ""
    return words.places_of(policy.effective_capacity())


def taken_on(spaces: Sequence[Space], day: Day) -> Taken:
    return bookings_of(spaces, day.near, day.viewer, day.now)


def _day_text(day: Day, step: timedelta) -> str:
    if step == timedelta(days=1):
        return date_words(day.date, "EEEE d MMMM y")
    return _(
        "%(first)s to %(last)s",
        first=date_words(day.date, "d MMMM"),
        last=date_words(day.date + step - timedelta(days=1), "d MMMM y"),
    )


def _address(kind: SpaceKind, **changed: object) -> str:
    """This list's address with some of its values changed; None takes one out."""
    known = {name: value for name, value in request.args.items() if name in ("date", "view", "block", *FILTERS)}
    query: dict[str, object] = {**known, **changed}
    return url_with(f"{kind.name}.overview", {name: value for name, value in query.items() if value is not None})
