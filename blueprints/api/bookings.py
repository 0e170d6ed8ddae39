"""Bookings as this caller may see them: lists by place, time, status and person; one by its handle."""

from __future__ import annotations

from datetime import datetime

from flask import Response
from flask_babel import lazy_gettext as _

from blueprints.api import blueprint
from blueprints.api.booking_json import booking_json, may_be_listed
from blueprints.api.caller import building_meant, caller_as_viewer, known
from blueprints.api.conditions import shown
from blueprints.api.operation import operation
from blueprints.api.paging import answered_page, place_in, place_of
from blueprints.api.query_strings import BookingQuery
from blueprints.api.shapes import Booking, Page
from blueprints.web.clock import now
from blueprints.web.identity import signed_in
from blueprints.web.opened import opened
from blueprints.web.rights import needs
from models.queries.bookings import bookings_in_group, bookings_page
from models.queries.listed import bookings_listed
from models.queries.one_booking import booking_for
from models.rules.bookings.fields import Booked
from models.rules.house.house import House
from models.rules.people.discretion import Viewer, detail_for

READ_AT_ONCE, READ_AT_MOST = 400, 20


@blueprint.get("/v1/bookings")
@needs("see_bookings")
@operation(
    _("Bookings, each as you may see it"),
    Page[Booking],
    query=BookingQuery,
    notes=_(
        "Without status: what holds its place, and all of your own; without start and end what is over only if "
        "it is yours. With status: only bookings whose status you may see. mine=1: of which you are organiser "
        "or which you booked."
    ),
)
def list_bookings(query: BookingQuery) -> Response:
    viewer = caller_as_viewer()
    return answered_page(
        _found(query, viewer),
        query.limit,
        lambda booking: booking_json(booking, viewer),
        lambda booking: place_of(booking.during.start, booking.handle),
    )


@blueprint.get("/v1/bookings/<handle>")
@needs("see_bookings")
@operation(_("One booking, as you may see it"), Booking, has_tag=True)
def get_booking(handle: str) -> Response:
    viewer = caller_as_viewer()
    return shown(booking_json(opened(viewer, booking_for(viewer, handle, now())), viewer))


def _found(query: BookingQuery, viewer: Viewer) -> list[Booked]:
    """The bookings of one page that this viewer may know of, and more where more of them follow.

    Reads on past those that stay hidden: neither the length of a page nor the place where the next one starts may tell
    that one of them is there. A search among so many hidden ones that it would never end, ends.
    """
    if query.group:
        return _of_group(query.group, query, viewer)
    found: list[Booked] = []
    moment, spaces, after = now(), _space_ids(query, viewer.house), place_in(query.after)
    for nth in range(READ_AT_MOST):
        at_once = READ_AT_ONCE if nth else query.limit + 1
        read = _page(query, viewer, moment, spaces, after, at_once)
        found += [
            each
            for each in read
            if may_be_listed(each, viewer, moment, by_status=bool(query.status))
            and (viewer.is_party_to(each) or not query.mine)
        ]
        if len(found) > query.limit or len(read) < at_once:
            break
        after = read[-1].during.start, read[-1].handle
    return found


def _of_group(group: str, query: BookingQuery, viewer: Viewer) -> list[Booked]:
    """Those of a group of whom this viewer may know that they are in it, and that nothing else asked for leaves out."""
    spaces, after = _space_ids(query, viewer.house), place_in(query.after)
    return [
        each
        for each in sorted(bookings_in_group(group), key=lambda each: (each.during.start, each.handle))
        if detail_for(viewer, each) == "full"
        and (spaces is None or viewer.house.spaces[each.space].id in spaces)
        and (not query.status or each.status in query.status)
        and (query.during is None or query.during.overlaps(each.during))
        and (not query.mine or viewer.is_party_to(each))
        and (after is None or (each.during.start, each.handle) > after)
    ][: query.limit + 1]


def _page(
    query: BookingQuery,
    viewer: Viewer,
    moment: datetime,
    spaces: list[int] | None,
    after: tuple[datetime, str] | None,
    limit: int,
) -> list[Booked]:
    during, statuses = query.during, query.status
    if query.mine:
        own = signed_in().id
        return bookings_page(
            during=during, space_ids=spaces, of_person=own, statuses=statuses or None, after=after, limit=limit
        )
    return bookings_listed(viewer, moment, during=during, space_ids=spaces, statuses=statuses, after=after, limit=limit)


def _space_ids(query: BookingQuery, house: House) -> list[int] | None:
    """None where no filter asks for a place: all of them. One's own bookings are looked for in every building."""
    space, zone = known("space", query.space, house.spaces), known("zone", query.zone, house.zones)
    floor = known("floor", query.floor, house.floors)
    is_placed = query.building is None and (space or zone or floor or query.mine)
    building = None if is_placed else building_meant(query.building, house)
    wanted = (space, zone, floor, query.kind, building if len(house.buildings) > 1 else None)
    if not any(wanted):
        return None
    return [
        each.id
        for each in house.spaces.values()
        if all(
            asked in (None, own)
            for asked, own in zip(wanted, (each.code, each.zone, each.floor, each.kind, each.building), strict=True)
        )
    ]
