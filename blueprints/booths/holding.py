"""While a coordinator types what somebody comes for, the booth they would get is kept for them."""

from __future__ import annotations

from flask import current_app
from flask_babel import gettext as _

from blueprints.booking.day import wall_clock
from blueprints.booking.views import today
from blueprints.booths import blueprint
from blueprints.booths.free_now import by_fit, suitable
from blueprints.booths.walk_in import meant, visit_of
from blueprints.web.identity import signed_in
from blueprints.web.language import language
from blueprints.web.probes import judging
from blueprints.web.rights import needs
from models.actions.bookings.book_first import hold_first
from models.queries.house import the_house


@blueprint.post("/now/hold")
@needs("book")
def hold() -> str:
    """What the form says under its field as soon as what was typed can only mean one service: nothing before."""
    house = the_house()
    day = today(house)
    asked, booths = meant(day), by_fit(suitable(day.person, house), day)
    if asked.service is None or asked.faults or not booths:
        return ""
    if not current_app.extensions["kept_long"].may_keep(day.person.id, day.now):
        return ""
    visit = visit_of(asked.service, asked.quantity, booths, day)
    with judging(day.person, booths[0].code, None, house, day.now, books=True):
        held = hold_first(visit, signed_in(), day.now)
    if held is None:
        return ""
    return _(
        "%(place)s until %(time)s: kept for you while you type.",
        place=house.spaces[held.space].names.in_language(language()),
        time=wall_clock(held.during.end, house),
    )
