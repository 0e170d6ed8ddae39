"""Hand a party on to the line of another service: it keeps the time at which it came."""

from __future__ import annotations

from models.actions.line.stamps import held, noted, step
from models.queries.house import the_house
from models.queries.line import handed_on_to, party_numbered
from models.queries.places import zone_row
from models.rules.line.party import Party
from models.rules.line.served import services_in
from models.rules.people.person import By
from models.rules.refusals import BadRequest
from models.tables.transaction import writes


@writes
def forward(handle: str, service: str, by: By, zone: str | None = None) -> Party:
    """`zone`: where that service has its line; None, in the same zone. Pressed twice is once. Raises NotFound,
    BadRequest naming the field, and Refused where there is nobody to hand on, or a colleague has them."""
    before = handed_on_to(handle, service, by.person.id)
    if before is not None:
        return party_numbered(before)
    row, party, house = held(handle, by)
    zone = zone or party.zone
    if zone not in house.zones:
        raise BadRequest("zone", "unknown_code")
    if service not in services_in(zone, house):
        raise BadRequest("service", "unknown_code")
    if service == party.service and zone == party.zone:
        raise BadRequest("service", "unknown_choice")
    step("forward", row, by.person, by.now)
    row.service_id, row.zone_id = the_house().services[service].id, zone_row(zone).id
    row.calls, row.place_id, row.person_id = 0, None, None
    noted("forward", row, by)
    return party_numbered(row.id)
