"""Several bookings as one: `parts` in the body of a booking."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager

from flask import Response, url_for
from flask_babel import get_locale

from blueprints.api.answers import answered
from blueprints.api.asked import key_of, requests_of
from blueprints.api.bodies import PartsBody
from blueprints.api.booking_json import booking_json, planned_json
from blueprints.api.caller import caller_as_viewer
from blueprints.api.reading import idempotency_key
from blueprints.web.clock import now
from blueprints.web.identity import signed_in
from blueprints.web.opened import opened
from blueprints.web.probes import judging
from models.actions.bookings.book_parts import book_parts, check_parts
from models.queries.one_booking import bookings_for
from models.rules.bookings.fields import Booked, BookingRequest
from models.rules.people.discretion import Viewer, seen_by


def post_parts(body: PartsBody) -> Response:
    viewer, key, asked = caller_as_viewer(), idempotency_key(), requests_of(body)
    get_locale()  # as of a single one
    with _judging_each(asked, viewer, books=True):
        answer = book_parts(asked, signed_in(), now(), key=key_of(key) if key else None)
    if answer.kept:
        bookings = bookings_for(viewer, answer.kept["booking_ids"], now())
        return _made([opened(viewer, each) for each in bookings], viewer, **{"Idempotent-Replay": "true"})
    return _made(answer.bookings, viewer)


def check_together(body: PartsBody) -> Response:
    viewer, asked = caller_as_viewer(), requests_of(body)
    with _judging_each(asked, viewer, books=False):
        answer = check_parts(asked, signed_in(), now())
    return answered({"group": None, "items": [planned_json(booking, viewer) for booking in answer.bookings]})


@contextmanager
def _judging_each(asked: Sequence[BookingRequest], viewer: Viewer, *, books: bool) -> Iterator[None]:
    """A judgement of each is one asked for."""
    with ExitStack() as stack:
        for each in asked:
            stack.enter_context(judging(signed_in(), each.space, each.on_behalf_of, viewer.house, now(), books=books))
        yield


def _made(bookings: Sequence[Booked], viewer: Viewer, **headers: str) -> Response:
    items = [booking_json(each, viewer) for each in bookings]
    group = next(filter(None, (seen_by(viewer, each).group for each in bookings)), None)
    location = url_for("api.get_booking", handle=bookings[0].handle)
    return answered({"group": group, "items": items}, 201, Location=location, **headers)
