"""What others see of us: today's bookings of one's own organisation, as colleagues and as the others read them."""

from __future__ import annotations

from flask import render_template

from blueprints.booking.day import Day
from blueprints.booking.messages import kind_word, when_words
from blueprints.booking.show import booking_label
from blueprints.booking.views import today
from blueprints.home import blueprint
from blueprints.web.language import language
from blueprints.web.rights import needs
from models.queries.bookings import bookings_page
from models.queries.house import the_house
from models.rules.bookings.attendance import HOLDS_PLACE
from models.rules.bookings.fields import Booked
from models.rules.house.house import House
from models.rules.people.discretion import Viewer, seen_by
from models.rules.people.person import Person

MOST_READ, MOST_SHOWN = 500, 50


@blueprint.get("/what-others-see")
@needs("see_what_others_see")
def what_others_see() -> str:
    """Wherever they are but at desks; what they are to oneself stands beside it."""
    house = the_house()
    day = today(house)
    somebody = _somebody_elsewhere(day, house)
    stranger = Viewer.of(somebody, house)
    rooms = [space.id for space in house.spaces.values() if not day.policy(space).traits.one_at_a_time]
    found = [
        each
        for each in bookings_page(during=day.during, space_ids=rooms, statuses=HOLDS_PLACE, limit=MOST_READ)
        if each.organisation == day.person.organisation
    ]
    own = house.organisations[day.person.organisation]
    return render_template(
        "home/others.html",
        organisation=own.names.in_language(language()),
        other=house.organisations[somebody.organisation].names.in_language(language()),
        rows=[
            [
                when_words(each.during, house),
                house.spaces[each.space].names.in_language(language()),
                _said(each, day.viewer),
                _said(each, stranger),
            ]
            for each in found[:MOST_SHOWN]
        ],
    )


def _somebody_elsewhere(day: Day, house: House) -> Person:
    """A member of staff of the host, or of another organisation where one is of the host oneself."""
    own = day.person.organisation
    others = sorted(
        (each for each in house.organisations.values() if each.code != own),
        key=lambda each: (not each.is_host, each.code),
    )
    return Person(0, "", "", others[0].code if others else own, frozenset({"staff"}))


def _said(booking: Booked, viewer: Viewer) -> str:
    seen = seen_by(viewer, booking)
    return booking_label(seen, seen.organiser_name or kind_word(seen.kind))
