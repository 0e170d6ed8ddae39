"""Who could have a half-day: colleagues of the services, first those who can come, then why the others cannot."""

from __future__ import annotations

from datetime import date

from flask_babel import gettext as _

from blueprints.manage.roster.week import RosterWeek
from blueprints.web.dates import day_text
from blueprints.web.language import language
from models.rules.people.person import Person
from models.rules.roster.clashes import in_two_places
from models.rules.roster.duties import HALF_DAYS, Duty, HalfDay, hours_of
from models.rules.roster.placing import is_anothers
from models.rules.values import DAY, BadValue


def candidates(week: RosterWeek, at: str) -> dict[str, object] | None:
    """`at`: day, half-day and counter, as 2027-03-08.am.LK-01. None where nothing can be planned there."""
    where = _where(at)
    if where is None:
        return None
    day, half_day, counter = where
    duty, space = week.duty_at(day, half_day, counter), week.house.spaces.get(counter)
    if space not in week.counters or day not in week.dates or day < week.today or is_anothers(duty, week.own):
        return None
    during = hours_of(half_day, day, space, week.house, week.person.organisation)
    services = [code for code in week.house.services if code in week.own]
    if not during or not services:
        return None
    wanted = duty.service if duty else _usual(week, counter, services)
    others = [each for each in week.duties[day] if (each.counter, each.half_day) != (counter, half_day)]
    people = [
        _candidate(each, Duty(counter, wanted, each.id, during, half_day), others, day, week)
        for each in week.colleagues
    ]
    return {
        "day": day.isoformat(),
        "half_day": half_day,
        "counter": counter,
        "title": _("%(counter)s, %(day)s", counter=counter, day=day_text(day)),
        "part": _("morning") if half_day == "am" else _("afternoon"),
        "seen": week.mark_of(duty),
        "services": [
            (code, week.house.services[code].names.in_language(language()), code == wanted) for code in services
        ],
        "people": sorted(people, key=lambda each: (bool(each["why_not"]), each["service"] != wanted, each["name"])),
        "has_duty": duty is not None,
        "now": week.people[duty.person_id].name if duty and duty.person_id in week.people else "",
    }


def _where(at: str) -> tuple[date, HalfDay, str] | None:
    day, _dot, rest = at.partition(".")
    half_day, _dot, counter = rest.partition(".")
    try:
        return DAY.from_text(day), next(each for each in HALF_DAYS if each == half_day), counter
    except (BadValue, StopIteration):
        return None


def _usual(week: RosterWeek, counter: str, services: list[str]) -> str:
    """The service that this counter has elsewhere in the week, else the coordinator's first."""
    elsewhere = (each.service for duties in week.duties.values() for each in duties if each.counter == counter)
    return next((service for service in elsewhere if service in services), services[0])


def _candidate(person: Person, wanted: Duty, others: list[Duty], day: date, week: RosterWeek) -> dict:
    clash = next((each.counter for each in others if in_two_places([each, wanted])), None)
    why_not = _("Is at %(counter)s then", counter=clash) if clash else ""
    if person.id in week.week.away_on(day):
        why_not = _("Away")
    return {
        "username": person.username,
        "name": person.name,
        "service": person.service,
        "languages": ", ".join(sorted(week.spoken.get(person.id, ()))),
        "why_not": why_not,
    }
