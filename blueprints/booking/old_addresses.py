"""Where a booking or the receipt of a refusal was once found by its number."""

from __future__ import annotations

from werkzeug.wrappers import Response

from blueprints.booking import blueprint
from blueprints.booking.why import is_of
from blueprints.web.identity import current_person
from blueprints.web.old_addresses import led_on, old_number
from models.queries.bookings import booked
from models.queries.house import the_house
from models.queries.receipts import receipt_under
from models.rules.people.discretion import Viewer


@blueprint.before_request
def lead_on() -> Response | None:
    """Its party, or whose receipt it is. To all others a number is a handle that nothing has."""
    if (number := old_number("handle")) is not None:
        booking = booked(number)
        if booking and Viewer.of(current_person(), the_house()).is_party_to(booking):
            return led_on("handle", booking.handle, booking.made_at)
    if (number := old_number("receipt")) is not None:
        receipt, person = receipt_under(number), current_person()
        if receipt and person and is_of(person, receipt):
            return led_on("receipt", receipt.handle, receipt.at)
    return None
