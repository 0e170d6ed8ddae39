"""A list of spaces that says of each what is free, what the rules say to the hours asked for, and why not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from urllib.parse import urlencode

from flask_babel import gettext as _

from blueprints.booking.asking import values_at
from blueprints.booking.day import CLOCK, Day, Stretch, Taken, free_minutes, free_query, is_for, open_minutes
from blueprints.booking.filters import Filter
from blueprints.booking.kind import address_of
from blueprints.booking.messages import refusal_sentence
from blueprints.web.language import language
from models.queries.taken import facts_for
from models.rules.discretion import Booked
from models.rules.facts import Facts, Wanted
from models.rules.house import House, Service, Space
from models.rules.interval import Interval
from models.rules.judging import Verdict, judge
from models.rules.person import Person

IN_ORDER = ("mine", "free", "approval", "pending", "taken", "closed", "out")


def list_rows(spaces: Sequence[Space], day: Day, taken: Taken, asked: Filter,
              verdicts: dict[str, Verdict]) -> list[dict]:
    """Mine and free ones first. With hours asked for, what the rules say to those; otherwise what is still free that
    day."""
    rows = []
    for space in spaces:
        row, policy = _common(space, day), day.policy(space)
        verdict = verdicts.get(space.code)
        free = [] if verdict else free_minutes(space, day, taken[space.code])
        row |= _as_judged(verdict, taken[space.code], day) if verdict else _as_free(free, space, day)
        if not policy.active:
            row |= {"state": "out", "state_label": _("Out of service"), "why": ""}
        if row["state"] in ("free", "approval"):
            hours = urlencode(values_at(verdict.during, day.house, in_half_days=policy.in_half_days)) if verdict else \
                free_query(free[0], day, policy.in_half_days)
            people = f"&attendees={asked.attendees}" if asked.attendees else ""
            row["book_url"] = f"{address_of(space)}/book?{hours}{people}"
        rows.append(row)
    return sorted(rows, key=lambda row: IN_ORDER.index(row["state"]))


def _common(space: Space, day: Day) -> dict:
    here, policy = language(), day.policy(space)
    owner = day.house.organisations.get(space.owner)
    return {
        "name": space.names.in_language(here), "code": space.code, "kind": space.kind,
        "url": f"{address_of(space)}?date={day.date}",
        "places": None if policy.traits.one_person else policy.effective_capacity(),
        "floor": day.house.floors[space.floor].names.in_language(here), "equipment": space.equipment,
        "accessible": policy.accessible, "why": "",
        "organisation": owner.names.in_language(here) if owner else "",
        "organisation_colour": owner.colour if owner else "",
    }


def _as_judged(verdict: Verdict, taken: Sequence[Booked], day: Day) -> dict:
    if verdict.accepted:
        return {"state": "approval", "state_label": _("Free, after approval")} if verdict.approvals else \
            {"state": "free", "state_label": _("Free")}
    who = day.viewer.person.username
    own = [each for each in taken if who == each.organiser and each.during.overlaps(verdict.during)]
    if own:
        state, label = ("pending", _("You asked for it")) if own[0].status == "pending" else ("mine", _("Yours"))
        return {"state": state, "state_label": label, "url": f"/bookings/{own[0].id}"}
    clash = any(each.clash for each in verdict.refusals)
    return {"state": "taken" if clash else "closed", "state_label": _("Taken") if clash else _("Not possible"),
            "why": refusal_sentence(verdict.refusals[0], day.house)}


def _as_free(free: Sequence[Stretch], space: Space, day: Day) -> dict:
    now = day.minute(day.now)
    if free:
        start, end = free[0]
        label = _("Free until %(time)s", time=CLOCK[end]) if day.is_today and start <= now else \
            _("Free %(start)s–%(end)s", start=CLOCK[start], end=CLOCK[end])
        return {"state": "free", "state_label": label}
    if not is_for(space, day.viewer.person):
        return {"state": "closed", "state_label": _("Not for your organisation")}
    still_open = any(end > now for _start, end in open_minutes(space, day))
    return {"state": "taken", "state_label": _("Full")} if still_open else \
        {"state": "closed", "state_label": _("Closed")}


def judged(spaces: Iterable[Space], during: Interval, person: Person, house: House, now: datetime, *,
           attendees: int | None = None, service: Service | None = None, wheelchair: int = 0) -> dict[str, Verdict]:
    """What booking each of these spaces for that time would come to. Two queries for each building among them."""
    facts: dict[str, Facts] = {}
    found = {}
    for space in spaces:
        if space.building not in facts:
            facts[space.building] = facts_for(house, space.building, [during], person, now, service=service)
        known = facts[space.building]
        wanted = Wanted(space.code, during, person, person, attendees=attendees, service=service,
                        wheelchair=wheelchair)
        found[space.code] = judge(wanted, house.policy(space.code, known.date_of(during)), known, now)
    return found
