"""What becomes of a booking: people arrive, leave, approve, decline. One already done answers unchanged."""

from __future__ import annotations

from flask import Response
from flask_babel import lazy_gettext as _

from blueprints.api import blueprint
from blueprints.api.answers import answered
from blueprints.api.bodies import DeclineBody
from blueprints.api.booking_json import booking_json, decided_json
from blueprints.api.caller import caller_as_viewer
from blueprints.api.operation import operation
from blueprints.api.shapes import Booking
from blueprints.booking.show import booking_at
from blueprints.web.clock import now
from blueprints.web.identity import signed_in
from blueprints.web.rights import needs
from models.actions.bookings.attend import check_in, release
from models.actions.bookings.decide import approve, decline


@blueprint.post("/v1/bookings/<handle>/check-in")
@needs("change_attendance")
@operation(_("Check in, from 15 minutes before the start"), Booking, may_be_refused=True)
def post_check_in(handle: str) -> Response:
    return answered(booking_json(check_in(booking_at(handle).id, signed_in(), now()), caller_as_viewer()))


@blueprint.post("/v1/bookings/<handle>/release")
@needs("change_attendance")
@operation(_("Give the place back"), Booking, may_be_refused=True)
def post_release(handle: str) -> Response:
    return answered(booking_json(release(booking_at(handle).id, signed_in(), now()), caller_as_viewer()))


@blueprint.post("/v1/bookings/<handle>/approve")
@needs("decide_approvals")
@operation(_("Approve a booking that waits for your word"), Booking, may_be_refused=True)
def post_approve(handle: str) -> Response:
    return answered(
        decided_json(approve(booking_at(handle, was_asked=True).id, signed_in(), now()), caller_as_viewer())
    )


@blueprint.post("/v1/bookings/<handle>/decline")
@needs("decide_approvals")
@operation(
    _("Decline a booking that waits for your word, with a reason"), Booking, body=DeclineBody, may_be_refused=True
)
def post_decline(handle: str, body: DeclineBody) -> Response:
    return answered(
        decided_json(
            decline(booking_at(handle, was_asked=True).id, signed_in(), now(), body.reason), caller_as_viewer()
        )
    )
