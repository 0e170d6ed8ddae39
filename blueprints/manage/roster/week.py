"""A week of duties, and whoever may have them, for whoever plans it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from flask import url_for

from models.queries.duties import Week, languages_of, week_of
from models.queries.people import people_by_id, people_of_services
from models.rules.house.house import House, Space
from models.rules.people.person import Person
from models.rules.people.rights import services_coordinated_by
from models.rules.roster.duties import HALF_DAYS, Duty, HalfDay, duties_on, hours_of
from models.rules.roster.placing import counters_for, marked
from models.rules.times.interval import Interval


@dataclass(frozen=True)
class RosterWeek:
    """The week of `monday` for whoever plans it; some ten queries, whatever its size."""

    person: Person
    house: House
    monday: date
    today: date

    @cached_property
    def own(self) -> frozenset[str]:
        return services_coordinated_by(self.person, self.house)

    @cached_property
    def counters(self) -> list[Space]:
        return counters_for(self.person, self.house)

    @cached_property
    def week(self) -> Week:
        return week_of(self.monday)

    @cached_property
    def dates(self) -> list[date]:
        """Those on which residents come to one of the counters."""
        days = (self.monday + timedelta(days=number) for number in range(7))
        return [day for day in days if any(self.hours(half, day) for half in HALF_DAYS)]

    @cached_property
    def duties(self) -> dict[date, list[Duty]]:
        codes = {each.code for each in self.counters}
        return {
            day: [each for each in duties_on(day, self.week.roster, self.house) if each.counter in codes]
            for day in self.dates
        }

    @cached_property
    def colleagues(self) -> list[Person]:
        """Whom one may place: the people of the services, and oneself."""
        found = people_of_services(self.own)
        return found if any(each.id == self.person.id for each in found) else [*found, self.person]

    @cached_property
    def people(self) -> dict[int, Person]:
        named = {each.id: each for each in self.colleagues}
        others = {each.person_id for duties in self.duties.values() for each in duties if each.person_id} - set(named)
        return named | people_by_id(others)

    @cached_property
    def spoken(self) -> dict[int, frozenset[str]]:
        return languages_of(each.id for each in self.colleagues)

    def hours(self, half_day: HalfDay, day: date) -> tuple[Interval, ...]:
        """When residents come to any of the counters."""
        organisation = self.person.organisation
        found = (hours_of(half_day, day, each, self.house, organisation) for each in self.counters)
        return next((hours for hours in found if hours), ())

    def duty_at(self, day: date, half_day: str, counter: str) -> Duty | None:
        here = (counter, half_day)
        return next((each for each in self.duties.get(day, ()) if (each.counter, each.half_day) == here), None)

    def mark_of(self, duty: Duty | None) -> str:
        person = self.people.get(duty.person_id or 0) if duty else None
        return marked(duty.service if duty else None, person.username if person else None)

    def address(self, monday: date, at: str | None = None, anchor: str | None = None) -> str:
        return url_for("manage.roster", week=monday.isoformat(), at=at, _anchor=anchor)
