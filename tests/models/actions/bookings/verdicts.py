"""How a table of bookings is read: a row asks what would be answered, with the rules, limits and counts in one line.

A row is (who, space, when, what, before, answer, why). `when` is "03-08 09:00-10:00" of 2027, or begins with another
year. `before` holds steps: they are all taken once, before a file's first row, so scenes keep to days of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from models.actions.bookings.book import book, check
from models.actions.places.set_quota import add_quota
from models.actions.plans.apply_changes import apply_changes
from models.queries.people import people_by_username, person_by_username
from models.rules.bookings.fields import BookingRequest, Override
from models.rules.changes.change import Change
from models.rules.changes.closing import Close
from models.rules.changes.limits import SetLimit
from models.rules.changes.outages import Break
from models.rules.changes.quotas import QuotaWish
from models.rules.changes.rules import SetRule
from models.rules.changes.spaces import SetCapacity, SetPolicy
from models.rules.people.person import By, Person
from models.rules.refusals import BadRequest, NotAllowed, NotFound, Refusal, Refused
from models.rules.values import Scope
from models.tables.db import db
from models.tables.person import PersonRow
from models.tables.transaction import write_transaction
from tests.cast import FARID, NORA, at

NOW = "03-03 09:00"  # a Wednesday
WHY = "Worked out by hand"
COUNTED = frozenset(
    {
        "too_many_people",
        "zone_full",
        "floor_full",
        "building_full",
        "shared_space_full",
        "quota_reached",
        "refuge_places_full",
        "not_accessible",
        "party_too_large",
        "few_people",
        "alone",
    }
)
DPO, DPO_CAW = "dpo", "dpo.caw"


@dataclass(frozen=True, slots=True)
class Step:
    """Something that stands before a row: who did what."""

    do: Callable
    values: tuple


def of(attendees: int | None = None, layout: str | None = None, **more) -> dict:
    """What is asked: how many people, in which layout, and anything else of a request; `now` is when."""
    return {"attendees": attendees, "layout": layout, **more}


def stands(who: str, space: str, when: str, attendees: int | None = None, layout: str | None = None, **more) -> Step:
    return Step(_book, (who, space, when, tuple(of(attendees, layout, **more).items())))


def limited(scope: str, code: str, most: int, on: str) -> Step:
    """A zone's, floor's or building's head count on one day, set by the prevention adviser."""
    return _set(SetLimit(Scope(scope, code), most, first=_day(on), last=_day(on)), NORA)


def ruled(
    code: str, since: str, until: str | None = None, *, by: str = FARID, zone: str | None = None, **values
) -> Step:
    last = _day(until) if until else None
    return _set(SetRule(Scope("rule", code), values, zone=zone, first=_day(since), last=last), by)


def rationed(
    scope: str, code: str | None, kind: str | None, measure: str, period: str, amount: int, since: str, until: str
) -> Step:
    wish = QuotaWish(scope, code, kind, measure, period, amount, _day(since), _day(until))
    return Step(lambda *step: add_quota(wish, _person(FARID), _instant(NOW), reason=WHY), (wish,))


def broken(scope: str, code: str, item: str, on: str) -> Step:
    return _set(Break(Scope(scope, code), (item,), first=_day(on), last=_day(on)))


def holding(space: str, on: str, **change) -> Step:
    """A space's places on one day: `ceiling` over all layouts, or `capacities` of single ones."""
    return _set(SetCapacity(Scope("space", space), **change, first=_day(on), last=_day(on)))


def furnished(space: str, on: str, **values) -> Step:
    """A space's fire limit, air, buttons and such on one day; fire and air are the prevention adviser's."""
    who = NORA if {"fire_max", "ventilation_m3h", "air_level"} & values.keys() else FARID
    return _set(SetPolicy(Scope("space", space), values, first=_day(on), last=_day(on)), who)


def closed(on: str, *organisations: str) -> Step:
    return _set(Close(Scope("building", "AC"), {"nl": "Dicht"}, organisations=frozenset(organisations), first=_day(on)))


def _set(change: Change, who: str = FARID) -> Step:
    return Step(
        lambda *_step: apply_changes([change], By(_person(who), _instant(NOW)), reason=WHY), (repr(change), who)
    )


def left(who: str) -> Step:
    """Somebody who is no longer in service."""
    return Step(_leave, (who,))


def take(steps: Iterable[Step]) -> None:
    """Each step once, in the order in which the rows name them."""
    done = set()
    for step in steps:
        if step.values not in done:
            done.add(step.values)
            step.do(*step.values)


def answered(who: str, space: str, when: str, what: dict) -> str:
    """What check() answers, such as "yes pending receptionist" or "409 floor_full R04 floor:F1 121/120"."""
    request, now = _request(space, when, what)
    try:
        [booking] = check(request, _person(who), now).bookings
    except Refused as refused:
        return f"{refused.status} " + "; ".join(sorted(_told(each, space) for each in refused.refusals))
    except NotAllowed:
        return "403"
    except NotFound:
        return "404"
    except BadRequest as bad:
        return f"400 {bad.field}"
    said = ["yes"]
    if booking.attendees is None and booking.persons > 1:
        said.append(f"for {booking.persons}")
    if booking.status == "pending":
        said.append("pending " + "+".join(sorted(booking.awaited_roles)))
    if booking.warnings:
        said.append("warns " + "; ".join(sorted(_told(each, space) for each in booking.warnings)))
    return " ".join(said)


def _told(reason: Refusal, space: str) -> str:
    """Its code and rule, the scope where it is not the space itself, and the count it would reach against the limit."""
    scope = reason.scope if reason.scope != f"space:{space}" else None
    count = f"{reason.actual:g}/{reason.limit:g}" if reason.code in COUNTED else None
    return " ".join(part for part in (reason.code, reason.rule, scope if count else None, count) if part)


def _request(space: str, when: str, what: dict) -> tuple[BookingRequest, datetime]:
    """`when` may end on the day on which it begins only. `override`: the rules that somebody would set aside."""
    day, hours = when.split(" ")
    start, end = (f"{day} {each}" for each in hours.split("-"))
    wish = {name: value for name, value in what.items() if name != "now"}
    if "override" in wish:
        wish["override"] = Override(frozenset(wish["override"]), WHY)
    return BookingRequest(space, _instant(start), _instant(end), **wish), _instant(what.get("now", NOW))


def _book(who: str, space: str, when: str, what: tuple) -> None:
    request, now = _request(space, when, dict(what))
    book(request, _person(who), now)


def _leave(who: str) -> None:
    with write_transaction():
        [row] = [db.session.get(PersonRow, person.id) for person in people_by_username({who}).values()]
        row.active = False


def _person(username: str) -> Person:
    return person_by_username(username)


def _instant(wall: str) -> datetime:
    return at(_with_year(wall).replace(" ", "T"))


def _day(day: str) -> date:
    return date.fromisoformat(_with_year(day))


def _with_year(text: str) -> str:
    return text if text.startswith("20") else f"2027-{text}"
