"""Have a week's duties as they were the week before."""

from __future__ import annotations

from datetime import date, timedelta

from models.actions.record import record
from models.actions.roster.say_of_the_day import HalfDayThen, say_of_the_day
from models.queries.duties import duties_of, people_away
from models.queries.house import the_house
from models.rules.house.house import House
from models.rules.people.person import By
from models.rules.people.rights import holds, services_coordinated_by
from models.rules.refusals import NotAllowed
from models.rules.roster.clashes import in_two_places
from models.rules.roster.duties import HALF_DAYS, Duty, HalfDay, hours_of
from models.rules.roster.placing import counters_for, is_anothers
from models.rules.times.interval import civil_date
from models.tables.transaction import writes

WEEK = timedelta(days=7)


@writes
def copy_week(monday: date, by: By) -> int:
    """The duties of one's own services from today on; how many are otherwise than they were. Whoever is away this week,
    or would be in two places, leaves a duty that nobody has; what is closed or another's stays as it is."""
    if not holds(by.person, "set_roster"):
        raise NotAllowed("set_roster")
    house, today = the_house(), civil_date(by.now, the_house().zone)
    days = [monday + timedelta(days=number) for number in range(7)]
    changed = sum(_copy_day(day, by, house) for day in days if day >= today)
    if changed:
        record("copy_week", "roster", monday.isoformat(), *by, changed=changed)
    return changed


def _copy_day(day: date, by: By, house: House) -> int:
    own, away = services_coordinated_by(by.person, house), people_away(day)
    now, before = ({(each.counter, each.half_day): each for each in duties_of(d, house)} for d in (day, day - WEEK))
    standing = [each for each in now.values() if is_anothers(each, own)]
    changed = 0
    for at in [(space.code, half_day) for half_day in HALF_DAYS for space in counters_for(by.person, house)]:
        model, present = before.get(at), now.get(at)
        if is_anothers(present, own) or is_anothers(model, own):
            continue
        wanted = _as_it_can_be(model, at, day, standing, away, house)
        standing += [wanted] if wanted else []
        if _differs(wanted, present):
            _write(at, day, wanted, house)
            changed += 1
    return changed


def _as_it_can_be(
    model: Duty | None, at: tuple[str, HalfDay], day: date, standing: list[Duty], away: frozenset[int], house: House
) -> Duty | None:
    """Last week's duty in this week's hours: None where there was none, or nobody is let in this time."""
    if model is None:
        return None
    organisation = house.services[model.service].organisation
    during = hours_of(model.half_day, day, house.spaces[at[0]], house, organisation)
    if not during:
        return None
    wanted = Duty(model.counter, model.service, model.person_id, during, model.half_day)
    if wanted.person_id in away or any(in_two_places([each, wanted]) for each in standing):
        return Duty(model.counter, model.service, None, during, model.half_day)
    return wanted


def _differs(wanted: Duty | None, present: Duty | None) -> bool:
    if wanted is None or present is None:
        return wanted is not present
    return (wanted.service, wanted.person_id) != (present.service, present.person_id)


def _write(at: tuple[str, HalfDay], day: date, wanted: Duty | None, house: House) -> None:
    then = HalfDayThen(day, at[1], house.spaces[at[0]].id)
    if wanted is None:
        say_of_the_day(then, None, None)
    else:
        say_of_the_day(then, house.services[wanted.service].id, wanted.person_id)
