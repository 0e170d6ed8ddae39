"""Somebody stands here now: name the service, and the best free booth is booked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import abort, current_app, redirect, render_template, request, url_for
from flask_babel import gettext as _

from blueprints.booking.answers import first_booked, of_the_building, refused_page
from blueprints.booking.asking import key_of_form, services_for
from blueprints.booking.day import Day
from blueprints.booking.told import status_told
from blueprints.booking.views import today
from blueprints.booths import blueprint
from blueprints.booths.free_now import booth_services, by_fit, suitable, walk_in_facts
from blueprints.web.faults import fault_sentence
from blueprints.web.identity import signed_in
from blueprints.web.language import language
from blueprints.web.probes import judging
from blueprints.web.rights import needs
from models.actions.bookings.book_first import Visit, book_first
from models.actions.bookings.idempotency import Key
from models.queries.house import the_house
from models.queries.line import served_by
from models.rules.bookings.fields import BookingRequest
from models.rules.finding.soonest import talk_now
from models.rules.house.house import Service, Space
from models.rules.line.served import QUICK_DESK, places_in, services_in
from models.rules.people.rights import holds
from models.rules.refusals import Refused
from models.rules.values import PRESS, SOME_PIECES, BadValue

CLOSED = "outside_hours"
AT_A_COUNTER = ("counter", QUICK_DESK)


@dataclass(frozen=True, slots=True)
class Meant:
    """What the form asks for; `faults`: by field, what is wrong with it instead."""

    service: Service | None
    quantity: int
    faults: dict[str, str]


@blueprint.get("/now")
@needs("book")
def walk_in_form():
    """Nothing but the form: what N opens on every page."""
    return render_template("booths/now.html", walk_in=walk_in_facts(today(the_house())), faults={})


@blueprint.post("/now")
@needs("book")
def walk_in():
    """One booking however often the form is sent. Nothing free: why, and the soonest talks that can be had."""
    house = the_house()
    day = today(house)
    asked, booths = meant(day), by_fit(suitable(day.person, house), day)
    if asked.service is None or asked.faults or not booths:
        faults = asked.faults or {"typed": _("There is no booth in this building that you may book.")}
        return render_template("booths/now.html", walk_in=walk_in_facts(day), faults=faults), 400
    visit = visit_of(asked.service, asked.quantity, booths, day)
    try:
        with judging(day.person, booths[0].code, None, house, day.now, books=True):
            answer = book_first(visit, signed_in(), day.now, key=_key())
    except Refused as refused:
        return _none_free(refused, visit, asked.service, day)
    current_app.extensions["kept_long"].forget(day.person.id)
    return redirect(url_for("booths.given", handle=first_booked(answer)), 303)


def visit_of(service: Service, quantity: int, booths: list[Space], day: Day) -> Visit:
    """Space and time as of the best booth; the action looks at all of them."""
    minutes, best = service.minutes_for(quantity), day.policy(booths[0])
    during = talk_now(minutes, best.slot_minutes, day.now, day.house.zone)
    wish = BookingRequest(
        space=booths[0].code,
        start=during.start,
        end=during.end,
        service=service.code,
        wheelchair=1 if request.form.get("wheelchair") else None,
        channel="counter",
    )
    return Visit(wish, tuple(each.code for each in booths), minutes)


def _none_free(refused: Refused, visit: Visit, service: Service, day: Day):
    house = day.house
    refused.refusals = tuple(of_the_building(each, house) if each.code == CLOSED else each for each in refused.refusals)
    posted = {"service": service.code, "key": request.form.get("key", "")}
    posted |= {"wheelchair": "1"} if visit.asked.wheelchair else {}
    return render_template(
        "booths/none_free.html",
        service=service.names.in_language(language()),
        walk_in=walk_in_facts(day),
        **refused_page(refused, posted, house, None),
    ), status_told(refused, house)


def meant(day: Day) -> Meant:
    """The service of the pressed button, else the one whose name was typed in any language, whole or enough of it."""
    service, faults = _service_meant(booth_services(day.person, day.house)), {}
    if service is None:
        faults = _at_a_counter(day) or {"typed": _("Choose a service from the list.")}
    try:
        quantity = SOME_PIECES.from_text(request.form.get("quantity", "").strip() or "1")
    except BadValue as bad:
        return Meant(service, 1, faults | {"quantity": fault_sentence(bad)})
    if service is not None and quantity > service.max_quantity:
        faults["quantity"] = _("At most %(most)s at one appointment of this service.", most=service.max_quantity)
    return Meant(service, quantity, faults)


def _at_a_counter(day: Day) -> dict[str, str]:
    """Where it is helped instead, if what was typed is a service of the counters; `line`: the address of its line, for
    those who work there. The line is asked for only then."""
    house, service = day.house, _service_meant(services_for(day.person, day.house, AT_A_COUNTER))
    if service is None:
        return {}
    name = service.names.in_language(language())
    zones = [each for each in house.zones if service.code in services_in(each, house)]
    if not zones:
        return {"typed": _("%(service)s is helped at the counter, not in a booth.", service=name)}
    zone = max(zones, key=lambda each: len(places_in(each, house)))  # where most places are
    place = house.zones[zone].names.in_language(language())
    said = {"typed": _("%(service)s is helped at the counter, by a number: %(place)s.", service=name, place=place)}
    is_theirs = holds(day.person, "see_line") and service.code in served_by(day.person, zone, day.now, house)
    return said | ({"line": url_for("line.show", zone=zone)} if is_theirs else {})


def _service_meant(services: Sequence[Service]) -> Service | None:
    pressed, typed = request.form.get("service", ""), request.form.get("typed", "").strip().casefold()
    said = {each.code: [each.code.casefold(), *(name.casefold() for name in each.names.values())] for each in services}
    exact = [each for each in services if each.code == pressed or typed in said[each.code]]
    likely = exact or [each for each in services if typed and any(typed in name for name in said[each.code])]
    return likely[0] if exact or len(likely) == 1 else None


def _key() -> Key | None:
    """The form's own number; which booth was chosen is no part of what was asked."""
    number = request.form.get("key", "")
    if not number:
        return None
    try:
        return key_of_form(PRESS.read(number), signed_in())
    except BadValue:
        abort(400)
