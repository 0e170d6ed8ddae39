"""The day goes otherwise: a quarter of an hour more, the visitor is late, or somebody
takes over a talk that has nobody yet. One press each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from flask import flash, redirect, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from blueprints.booking import blueprint
from blueprints.booking.attendance import back_to
from blueprints.booking.day import wall_clock
from blueprints.booking.messages import when_words
from blueprints.booking.show import Look, press
from blueprints.booking.told import first_sentence
from blueprints.web.clock import now
from blueprints.web.identity import by, signed_in
from blueprints.web.opened import opened
from blueprints.web.probes import TooManyProbes, judging
from blueprints.web.rights import needs
from models.actions.bookings.change import change, check_change
from models.actions.bookings.may_change import booking_to_change
from models.queries.house import the_house
from models.queries.otherwise import otherwise_of
from models.rules.bookings.attendance import HOLDS_PLACE
from models.rules.bookings.fields import Booked
from models.rules.bookings.otherwise import Otherwise, later, longer
from models.rules.people.discretion import Viewer, seen_by
from models.rules.refusals import NotAllowed, Refused
from models.rules.times.interval import Interval


def chances_of(bookings: Iterable[Booked], look: Look) -> dict[int, Otherwise]:
    """otherwise_of() those that this person may change."""
    theirs = [each for each in bookings if look.viewer.may_change(each)]
    return otherwise_of(theirs, look.person, look.house, look.now)


def otherwise_actions(booking: Booked, chances: Mapping[int, Otherwise], look: Look) -> Iterator[dict]:
    """As attendance_actions(): each only where it would be accepted. What is wished stands in the press itself, so that
    to press twice is to wish it once."""
    chance = chances.get(booking.id, Otherwise())
    if chance.longer:
        label = _("+15 minutes, until %(time)s", time=wall_clock(chance.longer.end, look.house))
        wished = chance.longer.end.isoformat()
        yield press("make_longer", label, "secondary", "clock", booking, look, shortcut="+", wished=wished)
    if chance.later:
        label = _("Visitor is late: from %(time)s", time=wall_clock(chance.later.start, look.house))
        wished = chance.later.start.isoformat()
        yield press("make_later", label, "secondary", "pending", booking, look, shortcut="l", wished=wished)


def take_over_action(booking: Booked, look: Look) -> Iterator[dict]:
    """For whoever is of its service: a talk that the reception booked, and that nobody of the house has yet."""
    if _is_for_them(booking, look.viewer) and booking.status in HOLDS_PLACE and booking.during.end > look.now:
        yield press("take_over", _("I take this talk"), "secondary", "mine", booking, look, shortcut="t")


def _is_for_them(booking: Booked, viewer: Viewer) -> bool:
    theirs = viewer.coordinated | {viewer.person.service if viewer.person else None}
    return booking.organiser is None and booking.service is not None and booking.service in theirs


@blueprint.post("/bookings/<handle>/take-over")
@needs("change_booking")
def take_over(handle: str):
    """Then the caller's name stands there no longer, and is said once more to whoever takes it."""
    booking, house, person = _meant(handle), the_house(), signed_in()
    viewer = Viewer.of(person, house)
    if not _is_for_them(booking, viewer):
        raise NotAllowed("change_booking")
    caller = seen_by(viewer, booking).caller
    try:
        change(booking.id, {"on_behalf_of": person.username}, person, now(), version=booking.version)
    except Refused as refused:
        flash(first_sentence(refused, house), "error")
        return redirect(back_to(handle), 303)
    said = ", ".join(filter(None, (caller.name, caller.association, caller.phone, caller.email))) if caller else ""
    flash(_("This talk is yours now."), "success")
    if said:
        flash(_("It is for: %(who)s.", who=said), "success")
    return redirect(back_to(handle), 303)


@blueprint.post("/bookings/<handle>/longer")
@needs("change_booking")
def make_longer(handle: str):
    booking, moment = _meant(handle), now()
    if _is_done(booking.during.end):
        return redirect(back_to(handle), 303)
    more = longer(booking, moment)
    return _moved(booking, _chance(booking, moment).longer, [more] if more else [], moment)


@blueprint.post("/bookings/<handle>/later")
@needs("change_booking")
def make_later(handle: str):
    booking, moment = _meant(handle), now()
    if _is_done(booking.during.start):
        return redirect(back_to(handle), 303)
    return _moved(booking, _chance(booking, moment).later, list(later(booking, moment)), moment)


def _meant(handle: str) -> Booked:
    house = the_house()
    return opened(Viewer.of(signed_in(), house), booking_to_change(handle, by(), house))


def _is_done(stands: datetime) -> bool:
    """Pressed twice: what was wished is so already."""
    return request.form.get("wished") == stands.isoformat()


def _chance(booking: Booked, moment: datetime) -> Otherwise:
    return otherwise_of([booking], signed_in(), the_house(), moment).get(booking.id, Otherwise())


def _moved(booking: Booked, during: Interval | None, tries: list[Interval], moment: datetime) -> Response:
    """To `during`; where there is none, why not: what the rules say to the first that was tried."""
    house, person = the_house(), signed_in()
    try:
        with judging(person, booking.space, booking.organiser, house, moment, books=during is not None):
            if during:
                changed = change(booking.id, _times(during), person, moment, version=booking.version)
                flash(_("Now %(when)s.", when=when_words(changed.during, house)), "success")
            else:
                if tries:
                    check_change(booking.id, _times(tries[0]), person, moment)
                flash(_("That is not possible at one press. Use Change."), "error")
    except TooManyProbes as error:
        flash(error.description, "error")
    except Refused as refused:
        flash(first_sentence(refused, house), "error")
    return redirect(back_to(booking.handle), 303)


def _times(during: Interval) -> dict[str, object]:
    return {"start": during.start, "end": during.end}
