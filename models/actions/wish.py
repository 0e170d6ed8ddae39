"""From a request's codes to a wish the rules can judge, with everyone named in it looked up at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from models.queries.people import people_by_username
from models.rules.facts import Facts, Wanted
from models.rules.fields import BookingRequest, Override
from models.rules.house import House
from models.rules.interval import Interval
from models.rules.judging import judge
from models.rules.person import Person
from models.rules.receipt import Decided, without_waived
from models.rules.refusals import BadRequest, NotAllowed, NotFound
from models.rules.rights import holds, may_book_for


@dataclass(frozen=True, slots=True)
class Named:
    """The people a request names."""

    organiser: Person
    key_holder: Person | None
    evacuation_buddy: Person | None


def people_named(request: BookingRequest, booker: Person) -> Named:
    """One query, none where nobody else is named. An unknown or inactive name is a bad request,
    but for an inactive key holder: of whom may hold the keys the rules decide."""
    fields = {"on_behalf_of": request.on_behalf_of, "key_holder": request.key_holder,
              "evacuation_buddy": request.evacuation_buddy}
    asked = {name for name in fields.values() if name and name != booker.username}
    known = {booker.username: booker, **(people_by_username(asked) if asked else {})}
    for field, name in fields.items():
        if name and (name not in known or not (known[name].active or field == "key_holder")):
            raise BadRequest(field, "unknown_person")
    organiser = known[request.on_behalf_of] if request.on_behalf_of else booker
    if not may_book_for(booker, organiser):
        raise NotAllowed("book_for_anyone")
    return Named(organiser, known.get(request.key_holder), known.get(request.evacuation_buddy))


def wish_of(request: BookingRequest, booker: Person, named: Named, house: House, during: Interval, **settled) -> Wanted:
    """The wish for one stretch of time. Raises NotFound for the space, BadRequest for any other unknown code."""
    if request.space not in house.spaces:
        raise NotFound
    service = house.services.get(request.service) if request.service else None
    if request.service and service is None:
        raise BadRequest("service", "unknown_code")
    if not house.all_equipment.issuperset(request.equipment):
        raise BadRequest("equipment", "unknown_code")
    for field in ("visitors", "wheelchair"):
        part = getattr(request, field)
        if part is not None and request.attendees is not None and part > request.attendees:
            raise BadRequest(field, "more_than_attendees")
    return Wanted(
        space=request.space, during=during, organiser=named.organiser, booker=booker, attendees=request.attendees,
        layout=request.layout, exclusive=request.exclusive, service=service, visitors=request.visitors,
        wheelchair=request.wheelchair or 0, equipment=frozenset(request.equipment),
        key_holder=named.key_holder, evacuation_buddy=named.evacuation_buddy,
        **settled)


def requested_time(request: BookingRequest) -> Interval:
    if request.end <= request.start:
        raise BadRequest("end", "not_after_start")
    return Interval(request.start, request.end)


def decide(wanted: Wanted, facts: Facts, now: datetime, override: Override | None = None) -> Decided:
    """The verdict on a wish, with what it was given on, once overridable rules are set aside by a booker who owns them;
    what stays, stays refused."""
    day = facts.date_of(wanted.during)
    verdict = judge(wanted, facts.house.policy(wanted.space, day), facts, now)
    waived = _waived(override, wanted.booker, facts.house, day) if override else frozenset()
    return Decided(wanted, without_waived(verdict, waived), facts, waived)


def _waived(override: Override, booker: Person, house: House, day: date) -> frozenset[str]:
    rules = {code: house.rule(code, day) for code in override.rules}
    if not holds(booker, "book") or any(rule.owner_role not in booker.roles for rule in rules.values()):
        raise NotAllowed("override")
    return frozenset(code for code, rule in rules.items() if rule.override_allowed)
