"""From a request's codes to a wish the rules can judge, with everyone named in it looked up at once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, datetime

from models.queries.people import people_by_username
from models.rules.bookings.fields import FOR_WHOM, PEOPLE_ASKED, BookingRequest, Caller, Override
from models.rules.finding.occasion import Occasion
from models.rules.house.house import House
from models.rules.judging.facts import Facts, Wanted
from models.rules.judging.judge import judge
from models.rules.judging.receipt import without_waived
from models.rules.people.callers import stand_in
from models.rules.people.person import Person
from models.rules.people.rights import may_book_for, may_help_down, may_set_aside, untold_of
from models.rules.refusals import BadRequest, NotAllowed, NotFound
from models.rules.times.interval import Interval

# Who may be named in a field, by whoever asks, where it is not to help somebody down; for whom a booking is,
# may_book_for() decides.
MAY_BE: Mapping[str, Callable[[Person, Person], bool]] = {
    "on_behalf_of": lambda _asker, other: other.active,
    "key_holder": lambda _asker, other: other.may_hold_keys,
}


def wish_of(request: BookingRequest, booker: Person, house: House) -> Wanted:
    """The wish of somebody for themselves, or for whom they may book: NotAllowed."""
    check_caller({name: value for name in FOR_WHOM if (value := getattr(request, name))}, house)
    people = people_named([request], booker)
    if not may_book_for(booker, _for_whom(request, booker, people, house), house):
        raise NotAllowed("book_for_outsiders")
    check_service(request.service, booker, house)
    return asked_for(request, booker, people, house)


def check_caller(asked: Mapping[str, object], house: House) -> None:
    """`asked`: fields by name. For one somebody, in the name of whoever stands for the public, in whose language the
    house can write."""
    caller = asked.get("caller")
    if not isinstance(caller, Caller):
        return
    if "on_behalf_of" in asked:
        raise BadRequest("caller", "beside_on_behalf_of")
    if house.public_organisation is None:
        raise BadRequest("caller", "nobody_stands_for_public")
    if caller.language and caller.language not in house.languages:
        raise BadRequest("caller.language", "unknown_choice", choices=", ".join(house.languages))


def _for_whom(request: BookingRequest, asker: Person, people: Mapping[str, Person], house: House) -> Person:
    if request.caller and house.public_organisation:
        return stand_in(request.caller, house.public_organisation, house)
    return people[request.on_behalf_of or asker.username]


def check_service(code: str | None, asker: Person, house: House) -> None:
    """Only reception names a service of another organisation; for others it is as unknown as one that there is not."""
    service = house.services.get(code or "")
    if service and service.organisation != asker.organisation and "receptionist" not in asker.roles:
        raise BadRequest("service", "unknown_code")


def people_named(
    requests: Iterable[BookingRequest],
    asker: Person,
    *,
    fields: Collection[str] = PEOPLE_ASKED,
    beside: Iterable[str] = (),
) -> dict[str, Person]:
    """Everyone whom these requests name, and `beside` them, by username: one query, none where nobody else is named.

    In one of these fields a name that may not stand there is answered like one that does not exist: not allowed for
    whom it is, a bad request else. Who stands there already and no longer may is left to the rules.
    """
    named = {(field, name) for each in requests for field in PEOPLE_ASKED if (name := getattr(each, field))}
    others = {name for _field, name in named}.union(beside) - {asker.username}
    known = people_by_username(others) | {asker.username: asker}
    for field, name in sorted(named):
        if field in fields and not (name in known and MAY_BE.get(field, may_help_down)(asker, known[name])):
            raise NotAllowed("book_for_outsiders") if field == "on_behalf_of" else BadRequest(field, "unknown_person")
        if name not in known:
            raise BadRequest(field, "unknown_person")
    return known


def asked_for(
    request: BookingRequest,
    asker: Person,
    people: Mapping[str, Person],
    house: House,
    *,
    organiser: Person | None = None,
    replaces: int | None = None,
    start_changes: bool = True,
) -> Wanted:
    """What a request comes to; `organiser`: for whom, where it does not say so itself. Raises NotFound for the space,
    BadRequest for any other unknown code."""
    during, organiser = requested_time(request), organiser or _for_whom(request, asker, people, house)
    if request.space not in house.spaces:
        raise NotFound
    if request.service and request.service not in house.services:
        raise BadRequest("service", "unknown_code")
    if not house.all_equipment.issuperset(request.equipment):
        raise BadRequest("equipment", "unknown_code")
    for field in ("visitors", "wheelchair"):
        part = getattr(request, field)
        if part is not None and request.attendees is not None and part > request.attendees:
            raise BadRequest(field, "more_than_attendees")
    return Wanted.of(
        request,
        people,
        house,
        space=request.space,
        during=during,
        booker=asker,
        organiser=organiser,
        untold=untold_of(organiser, request.service, asker, house),
        exclusive=request.exclusive,
        replaces=replaces,
        start_changes=start_changes,
    )


def requested_time(request: BookingRequest) -> Interval:
    if request.end <= request.start:
        raise BadRequest("end", "not_after_start")
    return Interval(request.start, request.end)


def decide(wanted: Wanted, facts: Facts, now: datetime, override: Override | None = None) -> Occasion:
    """The verdict on a wish, once overridable rules are set aside by a booker who owns them; what stays, stays
    refused."""
    day = facts.date_of(wanted.during)
    verdict = judge(wanted, facts.house.policy(wanted.space, day), facts, now)
    waived = _waived(override, wanted, facts.house, day) if override else frozenset()
    return Occasion(wanted, without_waived(verdict, waived), facts, waived)


def _waived(override: Override, wanted: Wanted, house: House, day: date) -> frozenset[str]:
    zone = house.spaces[wanted.space].zone
    if not all(may_set_aside(wanted.booker, code, house, day, zone) for code in override.rules):
        raise NotAllowed("override")
    return frozenset(code for code in override.rules if house.rule(code, day).override_allowed)
