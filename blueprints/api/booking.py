"""Book, or ask what booking would answer."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response, url_for
from flask_babel import get_locale
from flask_babel import lazy_gettext as _

from blueprints.api import blueprint
from blueprints.api.answers import answered
from blueprints.api.asked import key_of, request_of
from blueprints.api.bodies import BookingBody, PartsBody
from blueprints.api.booking_json import booking_json, planned_json
from blueprints.api.booking_parts import check_together, post_parts
from blueprints.api.caller import caller_as_viewer
from blueprints.api.operation import operation
from blueprints.api.reading import idempotency_key
from blueprints.api.reason_json import refused_dates
from blueprints.api.shapes import Booking, Group, PlannedBooking, PlannedGroup, PlannedSeries, Series
from blueprints.web.clock import now
from blueprints.web.identity import signed_in
from blueprints.web.opened import opened
from blueprints.web.probes import judging
from blueprints.web.rights import needs
from models.actions.bookings.book import Answer, book, check
from models.queries.one_booking import bookings_for
from models.rules.bookings.fields import Booked
from models.rules.people.discretion import Viewer, detail_for


@blueprint.post("/v1/bookings")
@needs("book")
@operation(
    _("Book a space, once or as a series"),
    Booking | Series | Group,
    status=201,
    body=BookingBody,
    several=PartsBody,
    may_be_refused=True,
    takes_key=True,
    notes=_(
        "Times carry their offset. With recurrence the answer is a series, with parts a group: all of them or none. "
        "Reception and facility managers name a caller for somebody without an account."
    ),
)
def post_booking(body: BookingBody | PartsBody) -> Response:
    if isinstance(body, PartsBody):
        return post_parts(body)
    viewer, key, asked = caller_as_viewer(), idempotency_key(), request_of(body)
    get_locale()  # before it is booked: whoever asks for the language afterwards begins a transaction more for that
    with judging(signed_in(), asked.space, asked.on_behalf_of, viewer.house, now(), books=True):
        answer = book(
            asked,
            signed_in(),
            now(),
            key=key_of(key) if key else None,
            answer_to_keep=lambda made: {"body": _of_series(made, viewer)},
        )
    if answer.kept:
        return _again(answer.kept, viewer)
    return _made(answer.bookings, _of_series(answer, viewer), viewer)


@blueprint.post("/v1/bookings/check")
@needs("check_booking")
@operation(
    _("What booking would answer now, writing nothing"),
    PlannedBooking | PlannedSeries | PlannedGroup,
    body=BookingBody,
    several=PartsBody,
    may_be_refused=True,
)
def check_booking(body: BookingBody | PartsBody) -> Response:
    if isinstance(body, PartsBody):
        return check_together(body)
    viewer, asked = caller_as_viewer(), request_of(body)
    with judging(signed_in(), asked.space, asked.on_behalf_of, viewer.house, now(), books=False):
        answer = check(asked, signed_in(), now())
    items = [planned_json(booking, viewer) for booking in answer.bookings]
    if answer.series is None:
        return answered(items[0])
    return answered({"series": None, "items": items, "refused": refused_dates(answer.refused, viewer.house)})


def _of_series(answer: Answer, viewer: Viewer) -> dict:
    """What an answer says beside its bookings. It is kept for when the request comes again; they are not."""
    if answer.series is None:
        return {}
    return {"series": answer.series, "refused": refused_dates(answer.refused, viewer.house)}


def _again(kept: dict, viewer: Viewer) -> Response:
    """What became of it, as this viewer may read it now. Why dates were refused is told to who reads one in full."""
    bookings = bookings_for(viewer, kept["booking_ids"], now())
    beside = {name: kept["body"][name] for name in ("series", "refused") if "refused" in kept["body"]}
    if beside and not any(detail_for(viewer, each) == "full" for each in bookings):
        beside["refused"] = []
    return _made([opened(viewer, each) for each in bookings], beside, viewer, **{"Idempotent-Replay": "true"})


def _made(bookings: Sequence[Booked], beside: dict, viewer: Viewer, **headers: str) -> Response:
    """`beside`: what is said of the series, where it is one."""
    location = url_for("api.get_booking", handle=bookings[0].handle)
    items = [booking_json(booking, viewer) for booking in bookings]
    body = {"series": beside["series"], "items": items, "refused": beside["refused"]} if beside else items[0]
    return answered(body, 201, Location=location, **headers)
