"""Say who sits at a counter on a half-day: on one date, or from it on week after week."""

from __future__ import annotations

from datetime import date

from models.actions.record import record
from models.actions.roster.say_of_the_day import HalfDayThen, say_of_the_day
from models.queries.duties import duties_of, people_away, week_of
from models.queries.house import the_house
from models.queries.people import people_by_id, people_by_username
from models.queries.roster import day_row, weekly_rows
from models.rules.house.house import House
from models.rules.people.person import By, Person
from models.rules.people.rights import holds, services_coordinated_by
from models.rules.refusals import BadRequest, NotAllowed, Refused, refusal
from models.rules.roster.clashes import clash_of, in_two_places
from models.rules.roster.duties import Duty, WeeklyDuty, hours_of
from models.rules.roster.pattern import said_anew, weeks_like
from models.rules.roster.placing import DutyWish, counters_for, is_anothers, marked, may_place
from models.rules.times.interval import civil_date
from models.tables.db import db
from models.tables.roster import RosterDuty
from models.tables.transaction import writes


@writes
def place_duty(wish: DutyWish, by: By) -> None:
    """BadRequest with the field that is wrong: counter, day, service or person. Refused: roster_clash names the place
    where the person is already, changed_meanwhile says that somebody else was there first."""
    house = the_house()
    if not holds(by.person, "set_roster"):
        raise NotAllowed("set_roster")
    duties = duties_of(wish.day, house)
    before = next((each for each in duties if (each.counter, each.half_day) == (wish.counter, wish.half_day)), None)
    _check(wish, before, by, house)
    person = _checked_person(wish, by, house)
    if person is not None:
        _check_not_elsewhere(wish, person, duties, house)
    if wish.repeat == "once":
        then = HalfDayThen(wish.day, wish.half_day, house.spaces[wish.counter].id)
        say_of_the_day(then, house.services[wish.service].id if wish.service else None, person.id if person else None)
    else:
        _say_from_then_on(wish, person, house)
    record(
        "place_duty",
        "space",
        wish.counter,
        *by,
        day=wish.day.isoformat(),
        half_day=wish.half_day,
        service=wish.service,
        person=person.id if person else None,
        repeat=wish.repeat,
    )


def _check(wish: DutyWish, before: Duty | None, by: By, house: House) -> None:
    own = services_coordinated_by(by.person, house)
    if wish.counter not in {space.code for space in counters_for(by.person, house)}:
        raise BadRequest("counter", "not_a_counter")
    if wish.day < civil_date(by.now, house.zone):
        raise BadRequest("day", "in_the_past")
    if not hours_of(wish.half_day, wish.day, house.spaces[wish.counter], house, by.person.organisation):
        raise BadRequest("day", "closed_then")
    if is_anothers(before, own):
        raise BadRequest("counter", "duty_of_others")
    if wish.service is not None and wish.service not in own:
        raise BadRequest("service", "not_your_service")
    if wish.seen is not None and wish.seen != _mark_of(before):
        raise Refused([refusal("changed_meanwhile")])


def _mark_of(duty: Duty | None) -> str:
    if duty is None:
        return marked(None, None)
    people = people_by_id([duty.person_id]) if duty.person_id else {}
    return marked(duty.service, next((each.username for each in people.values()), None))


def _checked_person(wish: DutyWish, by: By, house: House) -> Person | None:
    if wish.person is None or wish.service is None:
        return None
    person = people_by_username([wish.person]).get(wish.person)
    if person is None or not may_place(by.person, person, house):
        raise BadRequest("person", "not_in_your_services")
    if person.id in people_away(wish.day):
        raise BadRequest("person", "away_then")
    return person


def _check_not_elsewhere(wish: DutyWish, person: Person, duties: list[Duty], house: House) -> None:
    assert wish.service is not None, "nobody has a duty for no service"
    during = hours_of(
        wish.half_day, wish.day, house.spaces[wish.counter], house, house.services[wish.service].organisation
    )
    mine = Duty(wish.counter, wish.service, person.id, during, wish.half_day)
    for other in duties:
        if (other.counter, other.half_day) != (wish.counter, wish.half_day) and in_two_places([other, mine]):
            raise Refused([refusal("roster_clash", scope=f"space:{other.counter}")])


def _say_from_then_on(wish: DutyWish, person: Person | None, house: House) -> None:
    counter, weekday = house.spaces[wish.counter].id, wish.day.isoweekday()
    weeks = "all" if wish.repeat == "weekly" else weeks_like(wish.day)
    wanted = None
    if wish.service is not None:
        person_id = person.id if person else None
        wanted = WeeklyDuty(weekday, wish.half_day, wish.counter, wish.service, person_id, weeks, wish.day)
        _check_pattern(wanted, wish)
    rows = {row.id: row for row in weekly_rows(counter, weekday, wish.half_day)}
    held = [_weekly(row, wish.counter, house) for row in rows.values()]
    rewriting = said_anew(held, wish.day, weeks, wanted)
    for number, last in rewriting.ended.items():
        _end(rows[number], last)
    db.session.flush()
    services = house.services
    db.session.add_all(
        RosterDuty(
            weekday=each.weekday,
            half_day=each.half_day,
            weeks=each.weeks,
            counter_id=counter,
            service_id=services[each.service].id,
            person_id=each.person_id,
            valid_from=each.valid_from,
            valid_to=each.valid_to,
        )
        for each in rewriting.added
    )
    on_its_own = day_row(counter, wish.day, wish.half_day)
    if on_its_own is not None:
        db.session.delete(on_its_own)
    db.session.flush()


def _check_pattern(wanted: WeeklyDuty, wish: DutyWish) -> None:
    """In no week to come is somebody in two places by the pattern."""
    for other in week_of(wish.day).roster.weekly:
        if other.counter != wish.counter and clash_of(other, wanted):
            raise Refused([refusal("roster_clash", scope=f"space:{other.counter}")])


def _weekly(row: RosterDuty, counter: str, house: House) -> WeeklyDuty:
    service = house.by_id[2][row.service_id].code
    return WeeklyDuty(
        row.weekday, row.half_day, counter, service, row.person_id, row.weeks, row.valid_from, row.valid_to, row.id
    )


def _end(row: RosterDuty, last: date | None) -> None:
    if last is None:
        db.session.delete(row)
    else:
        row.valid_to, row.version = last, row.version + 1
