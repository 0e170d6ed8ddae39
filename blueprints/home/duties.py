"""At which counters one sits today."""

from __future__ import annotations

from flask_babel import gettext as _

from blueprints.booking.day import Day, wall_clock
from blueprints.web.language import language
from models.queries.duties import duties_of, people_away


def own_duties(day: Day) -> list[str]:
    """Those of today that are not over, in sentences; none for whoever is away. One query."""
    house, person = day.house, day.person
    mine = [
        each for each in duties_of(day.date, house) if each.person_id == person.id and each.during[-1].end > day.now
    ]
    if not mine or person.id in people_away(day.date):
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
