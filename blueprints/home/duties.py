"""At which counters one sits today."""

from __future__ import annotations

from flask_babel import gettext as _

from blueprints.booking.day import Day, wall_clock
from blueprints.web.language import language
from models.queries.duties import week_of
from models.rules.roster.duties import duties_on


def own_duties(day: Day) -> list[str]:
    """Those of today that are not over, in sentences; none for whoever is away. One query."""
    house, person, week = day.house, day.person, week_of(day.date)
    of_today = duties_on(day.date, week.roster, house)
    mine = [each for each in of_today if each.person_id == person.id and each.during[-1].end > day.now]
    if not mine or person.id in week.away_on(day.date):
        return []
    return [
        _(
            "Today: %(counter)s, %(service)s, %(start)s to %(end)s.",
            counter=duty.counter,
            service=house.services[duty.service].names.in_language(language()),
            start=wall_clock(duty.during[0].start, house),
            end=wall_clock(duty.during[-1].end, house),
        )
        for duty in mine
    ]
