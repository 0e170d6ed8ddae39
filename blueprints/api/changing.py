"""Move, change or cancel a booking, or the dates of its series."""

from __future__ import annotations

from flask import Response
from flask_babel import lazy_gettext as _

from blueprints.api import blueprint
from blueprints.api.answers import answered
from blueprints.api.asked import override_in
from blueprints.api.bodies import ChangeBody
from blueprints.api.booking_json import booking_json, handed_json
from blueprints.api.caller import caller_as_viewer
from blueprints.api.conditions import if_still_so, tagged
from blueprints.api.operation import operation
from blueprints.api.query_strings import ScopeQuery
from blueprints.api.shapes import Booking
from blueprints.booking.show import booking_at
from blueprints.web.clock import now
from blueprints.web.identity import signed_in
from blueprints.web.probes import judging
from blueprints.web.rights import needs
from models.actions.bookings.cancel import cancel
from models.actions.bookings.change import change
from models.rules.refusals import BadRequest


@blueprint.patch("/v1/bookings/<handle>")
@needs("change_booking")
@operation(
    _("Move or change a booking, by the same rules as a new one"),
    Booking,
    query=ScopeQuery,
    body=ChangeBody,
    may_be_refused=True,
    has_tag=True,
    notes=_(
        "Send only what is to be otherwise. A new time moves every date in scope, "
        "on_behalf_of or caller hands every one of them on."
    ),
)
def patch_booking(handle: str, query: ScopeQuery, body: ChangeBody) -> Response:
    changes = body.given() | override_in(body.override)
    if not changes:
        raise BadRequest("body", "nothing_given")
    viewer = caller_as_viewer()
    before = booking_at(handle, least="title")
    where, whose = changes.get("space", before.space), changes.get("on_behalf_of", before.organiser)
    with (
        if_still_so(lambda: booking_json(booking_at(handle), viewer)),
        judging(signed_in(), where, whose, viewer.house, now(), books=True),
    ):
        changed = change(before.id, changes, signed_in(), now(), scope=query.scope)
    if "on_behalf_of" in changes:
        return answered(handed_json(changed, before, viewer))
    return _changed(booking_json(changed, viewer))


@blueprint.delete("/v1/bookings/<handle>")
@needs("change_booking")
@operation(_("Cancel a booking"), Booking, query=ScopeQuery, may_be_refused=True, has_tag=True)
def delete_booking(handle: str, query: ScopeQuery) -> Response:
    viewer, number = caller_as_viewer(), booking_at(handle).id
    with if_still_so(lambda: booking_json(booking_at(handle), viewer)):
        cancelled = cancel(number, signed_in(), now(), query.scope)
    return _changed(booking_json(cancelled, viewer))


def _changed(members: Booking) -> Response:
    return tagged(answered(members), members)
