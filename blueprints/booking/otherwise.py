"""The day goes otherwise: a quarter of an hour more, the visitor is late, or somebody
takes over a talk that has nobody yet. One press each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, time

from flask import abort, flash, make_response, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from blueprints.booking import blueprint
from blueprints.booking.attendance import back_to
from blueprints.booking.day import wall_clock
from blueprints.booking.messages import when_words
from blueprints.booking.show import Look, press
from blueprints.booking.told import first_sentence
from blueprints.web.clock import now
from blueprints.web.faults import fault_sentence
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
from models.rules.values import MOMENT, WALL_TIME, BadValue


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
    more = longer(booking, moment)
    return _pressed(booking, "end", [more] if more else [], moment)


@blueprint.post("/bookings/<handle>/later")
@needs("change_booking")
def make_later(handle: str):
    booking, moment = _meant(handle), now()
    return _pressed(booking, "start", list(later(booking, moment)), moment)


def _meant(handle: str) -> Booked:
    house = the_house()
    return opened(Viewer.of(signed_in(), house), booking_to_change(handle, by(), house))


def _pressed(booking: Booked, edge: str, steps: list[Interval], moment: datetime) -> Response:
    """Exactly what the press says, where that is a step that may be taken now; to press twice is to wish it once."""
    wished, back = _wished(), redirect(back_to(booking.handle), 303)
    tries = [each for each in steps if _says(wished, getattr(each, edge))]
    if _says(wished, getattr(booking.during, edge)):
        _say_now(booking)
    elif not tries:
        when = when_words(booking.during, the_house())
        flash(_("Nothing was changed: it is %(when)s. For another time use Change.", when=when), "error")
    elif not _moved(booking, edge, tries, moment):  # somebody else pressed in the same instant
        return _pressed(_meant(booking.handle), edge, [], moment)
    return back


def _wished() -> datetime | time:
    """To which time: an instant, or as the house's clock shows it (static/js/timeline.js)."""
    text = request.form.get("wished", "")
    try:
        return WALL_TIME.from_text(text) if len(text) == len("09:00") else MOMENT.from_text(text)
    except BadValue as bad:
        named = f"wished: {fault_sentence(bad)}"
        abort(make_response(render_template("errors/400.html", named=named), 400))


def _says(wished: datetime | time, moment: datetime) -> bool:
    return wished in (moment, moment.astimezone(the_house().zone).time())


def _say_now(booking: Booked) -> None:
    flash(_("Now %(when)s.", when=when_words(booking.during, the_house())), "success")


def _moved(booking: Booked, edge: str, tries: list[Interval], moment: datetime) -> bool:
    """To the first that would be taken; where there is none, why not: what the rules say to the first that was tried.
    False where it was changed meanwhile."""
    house, person = the_house(), signed_in()
    chance = otherwise_of([booking], person, house, moment).get(booking.id, Otherwise())
    during = chance.longer if edge == "end" else chance.later
    try:
        with judging(person, booking.space, booking.organiser, house, moment, books=during is not None):
            if during:
                _say_now(change(booking.id, _times(during), person, moment, version=booking.version))
            else:
                check_change(booking.id, _times(tries[0]), person, moment)
                flash(_("That is not possible at one press. Use Change."), "error")
    except TooManyProbes as error:
        flash(error.description, "error")
    except Refused as refused:
        if any(each.code == "changed_meanwhile" for each in refused.refusals):
            return False
        flash(first_sentence(refused, house), "error")
    return True


def _times(during: Interval) -> dict[str, object]:
    return {"start": during.start, "end": during.end}
