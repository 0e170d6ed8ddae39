"""Book, or ask what booking would answer."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response, url_for
from flask_babel import get_locale
from flask_babel import lazy_gettext as _

from blueprints.api import blueprint
from blueprints.api.answers import answered
from blueprints.api.bodies import BookingBody, OverrideBody
from blueprints.api.booking_json import booking_json, planned_json
from blueprints.api.caller import caller_as_viewer
from blueprints.api.operation import operation
from blueprints.api.reading import body_hash, idempotency_key
from blueprints.api.reason_json import refused_dates
from blueprints.api.shapes import Booking, PlannedBooking, PlannedSeries, Series
from blueprints.web.clock import now
from blueprints.web.identity import bearer_token, signed_in
from blueprints.web.opened import opened
from blueprints.web.probes import judging
from blueprints.web.rights import needs
from models.actions.bookings.book import Answer, book, check
from models.actions.bookings.idempotency import Key
from models.queries.one_booking import bookings_for
from models.rules.bookings.fields import Booked, BookingRequest, Override
from models.rules.people.discretion import Viewer, detail_for
from models.rules.people.tokens import token_hash


@blueprint.post("/v1/bookings")
@needs("book")
@operation(
    _("Book a space, once or as a series"),
    Booking | Series,
    status=201,
    body=BookingBody,
    may_be_refused=True,
    takes_key=True,
    notes=_(
        "Times carry their offset. With recurrence the answer is a series. "
        "Reception and facility managers name a caller for somebody without an account."
    ),
)
def post_booking(body: BookingBody) -> Response:
    viewer, key, asked = caller_as_viewer(), idempotency_key(), request_of(body)
    get_locale()  # before it is booked: whoever asks for the language afterwards begins a transaction more for that
    with judging(signed_in(), asked.space, asked.on_behalf_of, viewer.house, now(), books=True):
        answer = book(
            asked,
            signed_in(),
            now(),
            key=_key(key) if key else None,
            answer_to_keep=lambda made: {"body": _of_series(made, viewer)},
        )
    if answer.kept:
        return _again(answer.kept, viewer)
    return _made(answer.bookings, _of_series(answer, viewer), viewer)


@blueprint.post("/v1/bookings/check")
@needs("check_booking")
@operation(
    _("What booking would answer now, writing nothing"),
    PlannedBooking | PlannedSeries,
    body=BookingBody,
    may_be_refused=True,
)
def check_booking(body: BookingBody) -> Response:
    viewer, asked = caller_as_viewer(), request_of(body)
    with judging(signed_in(), asked.space, asked.on_behalf_of, viewer.house, now(), books=False):
        answer = check(asked, signed_in(), now())
    items = [planned_json(booking, viewer) for booking in answer.bookings]
    if answer.series is None:
        return answered(items[0])
    return answered({"series": None, "items": items, "refused": refused_dates(answer.refused, viewer.house)})


def request_of(body: BookingBody) -> BookingRequest:
    given = {name: value for name, value in body.given().items() if value is not None}
    given["equipment"] = tuple(dict.fromkeys(given.get("equipment", ())))
    return BookingRequest(**given | override_in(body.override), channel="api")


def override_in(override: OverrideBody | None) -> dict[str, Override]:
    return {"override": Override(frozenset(override.rules), override.reason.strip())} if override else {}


def _key(key: str) -> Key:
    """Of this token alone: two programs of one person may use the same key."""
    token = bearer_token()
    assert token is not None, "no program is known but by its token"
    return Key(f"token:{token_hash(token)}", key, body_hash())


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
