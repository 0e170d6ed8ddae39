"""Somebody stands here now: name the service, and the best free booth is booked."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from blueprints.booking.answers import booked_sentence, first_booked, of_the_building, refused_page
from blueprints.booking.asking import key_of_form
from blueprints.booking.day import Day
from blueprints.booking.kind import KINDS
from blueprints.booking.listing import judged
from blueprints.booking.overview import spaces_of
from blueprints.booking.told import status_told
from blueprints.booking.views import today
from blueprints.booths import blueprint
from blueprints.booths.free_now import BOOTH, booth_services, by_fit, talk_from, walk_in_facts
from blueprints.web.identity import signed_in
from blueprints.web.language import language
from blueprints.web.probes import judging
from blueprints.web.rights import needs
from models.actions.bookings.book import Answer, book
from models.actions.bookings.idempotency import Key
from models.queries.house import the_house
from models.rules.bookings.fields import BookingRequest
from models.rules.house.house import Service, Space
from models.rules.refusals import Refused
from models.rules.times.interval import Interval

LONGEST_KEY = 64
CLOSED = "outside_hours"


@blueprint.post("/now")
@needs("book")
def walk_in():
    """One booking however often the form is sent. Nothing free: why, and the nearest talks that can be had."""
    house = the_house()
    day = today(house)
    service = _service_meant(day)
    if service is None:
        flash(_("Choose a service from the list."), "error")
        return redirect(url_for("booths.overview"), 303)
    booths = by_fit(spaces_of(KINDS[BOOTH], house, day.person), day)
    if not booths:
        flash(_("There is no booth in this building."), "error")
        return redirect(url_for("booths.overview"), 303)
    try:
        with judging(day.person, booths[0].code, None, house, day.now, books=True):
            answer = _book_best(service, booths, day)
    except Refused as refused:
        refused.refusals = tuple(
            of_the_building(each, house) if each.code == CLOSED else each for each in refused.refusals
        )
        return render_template(
            "booths/none_free.html",
            service=service.names.in_language(language()),
            walk_in=walk_in_facts(day),
            **refused_page(refused, {"service": service.code, "key": request.form.get("key", "")}, house, None),
        ), status_told(refused, house)
    if answer.kept is None:
        flash(booked_sentence(answer, house), "success")
    return redirect(url_for("booking.one", handle=first_booked(answer)), 303)


def _service_meant(day: Day) -> Service | None:
    """The service of the pressed button, else the one whose name was typed in any language, whole or enough of it."""
    services = booth_services(day.person, day.house)
    pressed, typed = request.form.get("service", ""), request.form.get("typed", "").strip().casefold()
    said = {each.code: [each.code.casefold(), *(name.casefold() for name in each.names.values())] for each in services}
    exact = [each for each in services if each.code == pressed or typed in said[each.code]]
    likely = exact or [each for each in services if typed and any(typed in name for name in said[each.code])]
    return likely[0] if exact or len(likely) == 1 else None


def _book_best(service: Service, booths: list[Space], day: Day) -> Answer:
    """Booths in order of fit. One that somebody else takes in the same second makes way for the next."""
    wheelchair = 1 if request.form.get("wheelchair") else 0
    talks = {booth.code: talk_from(day, service.default_minutes, day.policy(booth).slot_minutes) for booth in booths}
    usual = talks[booths[0].code]
    verdicts = judged(booths, usual, day.person, day.house, day.now, service=service, wheelchair=wheelchair)
    free = [booth for booth in booths if verdicts[booth.code].accepted]
    for booth in free:
        try:
            return _book(booth, service, talks[booth.code], wheelchair, day)
        except Refused:
            continue
    nearest = min(booths, key=lambda booth: len(verdicts[booth.code].refusals))
    return _book(nearest, service, talks[nearest.code], wheelchair, day)


def _book(booth: Space, service: Service, during: Interval, wheelchair: int, day: Day) -> Answer:
    request_ = BookingRequest(
        space=booth.code,
        start=during.start,
        end=during.end,
        service=service.code,
        wheelchair=wheelchair or None,
        channel="counter",
    )
    return book(request_, signed_in(), day.now, key=_key())


def _key() -> Key | None:
    """The form's own number; which booth was chosen is no part of what was asked."""
    number = request.form.get("key", "")
    if not number or len(number) > LONGEST_KEY:
        return None
    return key_of_form(number, signed_in())
