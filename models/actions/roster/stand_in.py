"""Somebody is ill: all their talks and duties of some days go to colleagues, all together or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from models.actions.bookings.change import Wish, change_together
from models.actions.record import record, tell_of_duties
from models.actions.roster.note_absence import note_absence
from models.actions.roster.say_of_the_day import HalfDayThen, say_of_the_day
from models.queries.house import the_house
from models.queries.people import people_by_username, people_of_services
from models.queries.standing_in import days_between, errands_of, helpers_among
from models.rules.house.house import House
from models.rules.people.person import By, Person
from models.rules.people.rights import holds, services_coordinated_by
from models.rules.refusals import BadRequest, NotAllowed, Refused, refusal
from models.rules.roster.placing import may_place
from models.rules.roster.standing_in import Errand, Helper, can_do, in_the_way, proposed
from models.rules.times.interval import Interval, civil_date, civil_day
from models.tables.transaction import writes

MOST_DAYS = 31


@dataclass(frozen=True, slots=True)
class Ill:
    """Who, and the first and last day."""

    person: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class StandIns:
    """What is left to others, who could do each, and whom it proposes: not whoever asks, who may still take something
    themself. `mark`: what tells this from what may have
    become of it."""

    person: Person
    errands: tuple[Errand, ...]
    helpers: Mapping[int, Helper]
    people: Mapping[int, Person]
    proposed: Mapping[str, int | None]

    @property
    def mark(self) -> str:
        said = "|".join(f"{each.key} {each.version} {each.service}" for each in self.errands)
        return hashlib.sha256(f"{self.person.username} {said}".encode()).hexdigest()[:32]


def look_for_stand_ins(ill: Ill, by: By) -> StandIns:
    """Writes nothing. BadRequest with the field: person, first or last."""
    house = the_house()
    if not holds(by.person, "set_roster"):
        raise NotAllowed("set_roster")
    person = people_by_username([ill.person]).get(ill.person)
    if person is None or not may_place(by.person, person, house):
        raise BadRequest("person", "not_in_your_services")
    first = _checked_days(ill, by.now, house)
    own, days = services_coordinated_by(by.person, house), days_between(first, ill.last)
    during = Interval(max(by.now, civil_day(first, house.zone).start), civil_day(ill.last, house.zone).end)
    errands = errands_of(person, own, days, during, house)
    people = {each.id: each for each in people_of_services(own) if each.id != person.id}
    helpers = helpers_among([*people.values(), person], days, house)
    languages = next((each.languages for each in helpers if each.id == person.id), frozenset[str]())
    able = [each for each in helpers if each.id != person.id]
    others = [each for each in able if each.id != by.person.id]
    return StandIns(
        person, tuple(errands), {each.id: each for each in able}, people, proposed(errands, others, languages)
    )


@writes
def stand_in(ill: Ill, chosen: Mapping[str, str | None], seen: str, by: By) -> int:
    """Note that they are away, and give each talk and duty to the colleague who is `chosen` for it, by username; how
    many. Without one a duty has nobody yet, and a talk stays theirs. Each person concerned gets one mail.

    BadRequest where something else keeps somebody. Refused: plan_outdated where something is otherwise than when it was
    looked at, roster_clash where somebody would be in two places, and as any change of a booking. Then nothing is done.
    """
    found, house = look_for_stand_ins(ill, by), the_house()
    if found.mark != seen:
        raise Refused([refusal("plan_outdated")])
    who = _checked_helpers(found, chosen)
    talks = [each for each in found.errands if not each.is_duty and who[each.key] is not None]
    change_together(
        [
            Wish(each.number, {"on_behalf_of": chosen[each.key]}, by.person, by.now, version=each.version)
            for each in talks
        ]
    )
    duties = [each for each in found.errands if each.is_duty]
    for duty in duties:
        _give(duty, who[duty.key], house)
    _tell_of_duties(duties, who, found.people, by.now)
    note_absence(ill.person, ill.first, ill.last, by)
    record("stand_in", "person", found.person.id, *by, talks=len(talks), duties=len(duties))
    return len(talks) + len(duties)


def _checked_days(ill: Ill, now: datetime, house: House) -> date:
    today = civil_date(now, house.zone)
    if ill.last < ill.first:
        raise BadRequest("last", "ends_before_start")
    if ill.last < today:
        raise BadRequest("last", "in_the_past")
    if (ill.last - ill.first).days >= MOST_DAYS:
        raise BadRequest("last", "away_too_long", most=MOST_DAYS)
    return max(ill.first, today)


def _checked_helpers(found: StandIns, chosen: Mapping[str, str | None]) -> dict[str, int | None]:
    """By errand the number of who does it. Colleagues of the services alone, and none in two places."""
    numbers = {each.username: each.id for each in found.people.values()}
    who: dict[str, int | None] = {}
    for errand in found.errands:
        name = chosen.get(errand.key)
        if name and name not in numbers:
            raise BadRequest("person", "not_in_your_services")
        who[errand.key] = numbers[name] if name else None
        helper = found.helpers.get(who[errand.key] or 0)
        if helper is not None and not can_do(errand, helper):
            raise BadRequest("person", "kept_then", place=errand.space)
    other = in_the_way(found.errands, who)
    if other is not None:
        raise Refused([refusal("roster_clash", scope=f"space:{other.space}")])
    return who


def _tell_of_duties(
    duties: Iterable[Errand], who: Mapping[str, int | None], people: Mapping[int, Person], now: datetime
) -> None:
    """One mail for each, with all that they got."""
    theirs: dict[int, list[Errand]] = {}
    for duty in duties:
        if (number := who[duty.key]) is not None:
            theirs.setdefault(number, []).append(duty)
    for number, got in theirs.items():
        told = [
            {
                "counter": each.space,
                "service": each.service,
                "start": stretch.start.isoformat(),
                "end": stretch.end.isoformat(),
            }
            for each in got
            for stretch in each.during
        ]
        tell_of_duties(people[number], told, now)


def _give(duty: Errand, person_id: int | None, house: House) -> None:
    day, half_day, counter = duty.key.split(".", 2)
    then = HalfDayThen(date.fromisoformat(day), "am" if half_day == "am" else "pm", house.spaces[counter].id)
    say_of_the_day(then, house.services[duty.service].id, person_id)
