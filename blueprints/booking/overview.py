"""A list of spaces on a date: as rows of a timeline, as a list that says what is free, and as a floor plan."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import partial

from flask import request, url_for
from flask_babel import format_date
from flask_babel import gettext as _

from blueprints.booking.asking import values_at
from blueprints.booking.day import (
    Day,
    bookings_of,
    free_stretches,
    hours_shown,
    is_for,
    open_stretches,
    slots_of,
    wall_clock,
)
from blueprints.booking.filters import FILTERS, Filter, FilterForm
from blueprints.booking.kind import SpaceKind
from blueprints.booking.messages import kind_word, refusal_sentence
from blueprints.booking.week import DAYS, week_page
from blueprints.web.language import language
from models.queries.bookings import facts_for
from models.rules.discretion import Booked
from models.rules.facts import Facts, Wanted
from models.rules.house import House, Service, Space
from models.rules.interval import Interval
from models.rules.judging import Verdict, judge
from models.rules.person import Person

Taken = dict[str, list[Booked]]


def spaces_of(kind: SpaceKind, house: House, person: Person) -> list[Space]:
    """In the order of a walk through the house, kind by kind and floor by floor; what is only for others comes last."""
    found = [space for space in house.spaces.values() if space.kind in kind.kinds]
    return sorted(found, key=lambda space: (kind.kinds.index(space.kind), house.floors[space.floor].level, space.floor,
                                            not is_for(space, person), space.zone, space.code))


def timeline_rows(kind: SpaceKind, spaces: Sequence[Space], day: Day, taken: Taken) -> list[dict]:
    here = language()
    return [{
        "label": space.names.in_language(here), "code": space.code,
        "url": url_for(f"{kind.name}.one_space", code=space.code, date=day.date.isoformat()),
        "sub": places_words(space, day), "group": kind_word(space.kind) if len(kind.kinds) > 1 else
        day.house.floors[space.floor].names.in_language(here),
        "items": slots_of(space, day, taken[space.code], url_for(f"{kind.name}.book_form", code=space.code)),
    } for space in spaces]


def places_words(space: Space, day: Day) -> str:
    policy = day.policy(space)
    if not policy.active:
        return _("Out of service")
    if not is_for(space, day.viewer.person):
        return _("Only for %(who)s", who=", ".join(sorted(space.bookable_by)))
    if policy.traits.one_person:
        return ""
    return _("%(num)s places", num=policy.effective_capacity())


def list_rows(kind: SpaceKind, spaces: Sequence[Space], day: Day, taken: Taken, asked: Filter,
              verdicts: dict[str, Verdict]) -> list[dict]:
    """Free ones first. With hours asked for, what the rules say to those; otherwise what is still free that day."""
    rows = []
    for space in spaces:
        row = _common(kind, space, day)
        verdict = verdicts.get(space.code)
        if verdict:
            row |= _as_judged(verdict, day)
            during = verdict.during
        else:
            free = free_stretches(space, day, taken[space.code])
            row |= _as_free(free, space, day)
            during = free[0] if free else None
        if row["state"] == "free" and during:
            hours = values_at(during, day.house, in_half_days=day.policy(space).in_half_days)
            if not verdict:
                hours["free_until"] = hours.pop("end", "")
            row["book_url"] = url_for(f"{kind.name}.book_form", code=space.code, attendees=asked.attendees, **hours)
        rows.append(row)
    return sorted(rows, key=lambda row: row["state"] != "free")


def _common(kind: SpaceKind, space: Space, day: Day) -> dict:
    here, policy = language(), day.policy(space)
    owner = day.house.organisations.get(space.owner)
    return {
        "name": space.names.in_language(here), "code": space.code, "kind": space.kind,
        "url": url_for(f"{kind.name}.one_space", code=space.code, date=day.date.isoformat()),
        "places": None if policy.traits.one_person else policy.effective_capacity(),
        "floor": day.house.floors[space.floor].names.in_language(here), "equipment": space.equipment,
        "accessible": policy.accessible, "why": "",
        "organisation": owner.names.in_language(here) if owner else "",
        "organisation_colour": owner.colour if owner else "",
    }


def _as_judged(verdict: Verdict, day: Day) -> dict:
    if verdict.accepted:
        waits = verdict.approvals
        return {"state": "free", "state_label": _("Free, after approval") if waits else _("Free"), "why": ""}
    clash = any(each.clash for each in verdict.refusals)
    return {"state": "taken" if clash else "closed", "state_label": _("Taken") if clash else _("Not possible"),
            "why": refusal_sentence(verdict.refusals[0], day.house)}


def _as_free(free: Sequence[Interval], space: Space, day: Day) -> dict:
    if free:
        first = free[0]
        until = wall_clock(first.end, day.house)
        label = _("Free until %(time)s", time=until) if first.start <= day.now else \
            _("Free %(start)s–%(end)s", start=wall_clock(first.start, day.house), end=until)
        return {"state": "free", "state_label": label}
    if not is_for(space, day.viewer.person):
        return {"state": "closed", "state_label": _("Not for your organisation")}
    still_open = any(stretch.end > day.now for stretch in open_stretches(space, day))
    return {"state": "taken", "state_label": _("Full")} if still_open else \
        {"state": "closed", "state_label": _("Closed")}


def judged(spaces: Iterable[Space], during: Interval, person: Person, house: House, now: datetime, *,
           attendees: int | None = None, service: Service | None = None, wheelchair: int = 0) -> dict[str, Verdict]:
    """What booking each of these spaces for that time would come to. Two queries for each building among them."""
    facts: dict[str, Facts] = {}
    found = {}
    for space in spaces:
        if space.building not in facts:
            facts[space.building] = facts_for(house, space.building, [during], person.id)
        known = facts[space.building]
        wanted = Wanted(space.code, during, person, person, attendees=attendees, service=service,
                        wheelchair=wheelchair)
        found[space.code] = judge(wanted, house.policy(space.code, known.date_of(during)), known, now)
    return found


def floor_plans(kind: SpaceKind, spaces: Sequence[Space], day: Day, rows: Sequence[dict]) -> list[dict]:
    """Each floor that has a drawing, with these spaces on it in the state that the list gives them."""
    here, house = language(), day.house
    states = {row["code"]: row for row in rows}
    plans = []
    for floor in house.floors.values():
        drawn = [space for space in spaces if space.floor == floor.code and space.rectangle]
        if not drawn:
            continue
        zones = [_rectangle(zone.rectangle) | {"name": zone.names.in_language(here)}
                 for zone in house.zones.values() if zone.floor == floor.code and zone.rectangle]
        places = [_rectangle(space.rectangle) | {
            "code": space.code, "name": space.names.in_language(here), "state": states[space.code]["state"],
            "state_label": states[space.code].get("state_label", ""), "short": space.code.rpartition("-")[2],
            "url": states[space.code].get("book_url") or states[space.code]["url"]} for space in drawn]
        plans.append({"floor": floor.code, "title": floor.names.in_language(here), "zones": zones, "spaces": places,
                      "width": max(each["x"] + each["width"] for each in zones + places),
                      "depth": max(each["y"] + each["depth"] for each in zones + places)})
    return plans


def one_floor(plans: list[dict], asked: Filter, day: Day) -> dict[str, object]:
    """The plan of the floor that was asked for, else of the viewer's own; a page shows one."""
    home = day.house.zones.get(day.viewer.person.home_zone)
    wished = asked.floor or (home.floor if home else "")
    return {"plan": next((plan for plan in plans if plan["floor"] == wished), plans[0] if plans else None)}


def _rectangle(rectangle) -> dict[str, float]:
    return {"x": float(rectangle.x), "y": float(rectangle.y), "width": float(rectangle.width),
            "depth": float(rectangle.depth)}


def taken_on(spaces: Sequence[Space], day: Day) -> Taken:
    return bookings_of(spaces, day.during, day.house)


def overview_page(kind: SpaceKind, form: FilterForm, asked: Filter, day: Day,
                  spaces: Sequence[Space]) -> dict[str, object]:
    """Everything the list's template shows. Queries: the day's bookings, and the facts where hours are asked for."""
    shown = [space for space in spaces if asked.passes(space, day)]
    taken, during, view = taken_on(shown, day), asked.during(day), asked.view or kind.default_view
    verdicts = judged(shown, during, day.viewer.person, day.house, day.now, attendees=asked.attendees) if during else {}
    step = timedelta(days=DAYS if view == "week" else 1)
    page = {
        "kind": kind, "form": form, "day": day, "view": view, "asked": asked,
        "day_text": _day_text(day, step),
        "previous": (day.date - step).isoformat(), "next": (day.date + step).isoformat(),
        "closed_because": [each.name for each in day.house.closures
                           if each.day == day.date and each.is_for(day.viewer.person.organisation)],
        "active_filters": sum(1 for name in FILTERS if getattr(asked, name)),
        "kept": {name: value for name, value in request.args.items() if name in (*FILTERS, "view", "block")},
        "address": partial(_address, kind),
    }
    if kind.overview:
        return page | kind.overview(page=page, spaces=shown, taken=taken)
    rows = list_rows(kind, shown, day, taken, asked, verdicts)
    return page | _as_viewed(view, kind, shown, day, taken, rows, asked)


def _day_text(day: Day, step: timedelta) -> str:
    if step == timedelta(days=1):
        return format_date(day.date, "EEEE d MMMM y")
    return _("%(first)s to %(last)s", first=format_date(day.date, "d MMMM"),
             last=format_date(day.date + step - timedelta(days=1), "d MMMM y"))


def _as_viewed(view: str, kind: SpaceKind, spaces: Sequence[Space], day: Day, taken: Taken, rows: list[dict],
               asked: Filter) -> dict[str, object]:
    if view == "plan":
        return {"rows": rows} | one_floor(floor_plans(kind, spaces, day, rows), asked, day)
    if view == "list":
        return {"rows": rows}
    if view == "week":
        return week_page(kind, spaces, day)
    lines = timeline_rows(kind, spaces, day, taken)
    opens, closes = hours_shown(lines)
    return {"rows": lines, "opens_hour": opens, "closes_hour": closes}


def _address(kind: SpaceKind, **changed: object) -> str:
    """This list's address with some of its values changed; None takes one out."""
    known = {name: value for name, value in request.args.items() if name in ("date", "view", "block", *FILTERS)}
    query = known | changed
    return url_for(f"{kind.name}.overview", **{name: value for name, value in query.items() if value is not None})
