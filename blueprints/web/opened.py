"""Whoever opens a talk in confidence leaves a line in the log of views, written when their answer is on its way."""

from __future__ import annotations

import logging
from functools import partial

from flask import Response, after_this_request, current_app
from sqlalchemy.exc import SQLAlchemyError

from blueprints.web.clock import now
from blueprints.web.identity import is_for_programs
from models.actions.bookings.note_opened import note_opened
from models.rules.bookings.fields import Booked
from models.rules.people.discretion import Viewer, leaves_a_line

logger = logging.getLogger(__name__)


def opened(viewer: Viewer, booking: Booked) -> Booked:
    """The same booking, for whoever is about to be shown it or to work on it.

    The line is written once the answer has been handed over, in a transaction of its own: no reader waits for a
    writer, and one that cannot be written fails nobody. Whoever opens a talk may need it just when nothing can be
    written; who it was then stands in the log of the process.
    """
    if viewer.person is not None and leaves_a_line(viewer, booking):
        app = current_app._get_current_object()  # type: ignore[attr-defined]  # it is typed as what it stands for
        moment = now()
        note = partial(note_opened, booking.id, viewer.person.id, moment, by_program=is_for_programs())
        unwritten = f"booking {booking.id} by person {viewer.person.id} at {moment.isoformat()}"

        def write() -> None:
            with app.app_context():
                try:
                    note()
                except SQLAlchemyError as error:
                    logger.warning(
                        "a view of a talk could not be written down: %s: %s", type(error).__name__, unwritten
                    )

        @after_this_request
        def write_in_the_end(response: Response) -> Response:
            response.call_on_close(write)
            return response

    return booking
