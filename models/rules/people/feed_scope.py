"""What a calendar address can be about, how much it may tell at most, and which bookings belong in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from models.rules.bookings.attendance import GONE
from models.rules.bookings.fields import DETAILS, Booked, Seen
from models.rules.house.house import House
from models.rules.people.discretion import Viewer, detail_for, seen_by
from models.rules.people.person import Person
from models.rules.refusals import BadRequest
from models.rules.times.interval import civil_date, civil_day
from models.rules.values import Scope

DAYS_BACK = 90
DAYS_CANCELLED_STAYS = 30

# sort -> (the most it may tell, the least its owner must see of a booking for it to be there at all).
# Whoever reads an address of a place may be anyone it was passed on to: no names travel that way. Being listed under an
# organisation or a service already tells whose booking it is, so only those are listed of whom the owner may know that.
KINDS: dict[str, tuple[str, str]] = {
    "mine": ("full", "full"),
    "space": ("title", "busy"),
    "zone": ("title", "busy"),
    "floor": ("title", "busy"),
    "organisation": ("title", "title"),
    "service": ("full", "full"),
    "public": ("title", "title"),
}
WITHOUT_CODE = frozenset({"mine", "public"})


class FeedScope(Scope):
    """`mine`, `public`, or one place, organisation or service: `zone:Z1-VER`."""

    def __str__(self) -> str:
        return super().__str__() if self.code else self.sort

    def is_about(self, booking: Booked, person: Person, spaces: frozenset[str]) -> bool:
        """`spaces`: see spaces(), asked once for a whole list."""
        match self.sort:
            case "mine":
                return person.username in (booking.organiser, booking.booked_by)
            case "public":
                return booking.privacy == "public"
            case "organisation":
                return booking.organisation == self.code
            case "service":
                return booking.service == self.code
        return booking.space in spaces

    def spaces(self, house: House) -> frozenset[str]:
        """The spaces of a place, and those that take one of them along: a composite keeps its parts from others. None
        where the scope is no place."""
        place = {"space": "code", "zone": "zone", "floor": "floor"}.get(self.sort)
        if place is None:
            return frozenset()
        parts = {part for space in house.spaces.values() if getattr(space, place) == self.code for part in space.parts}
        return frozenset(space.code for space in house.spaces.values() if parts.intersection(space.parts))


@dataclass(frozen=True, slots=True)
class FeedWindow:
    """What a feed reaches: bookings that end after `since`; cancelled ones that were so after `gone_since`.

    In whole days, so that the feed of a quiet house stays the same, octet for octet, until midnight.
    """

    since: datetime
    gone_since: datetime

    @classmethod
    def at(cls, now: datetime, zone: ZoneInfo) -> FeedWindow:
        today = civil_date(now, zone)
        return cls(
            civil_day(today - timedelta(days=DAYS_BACK), zone).start,
            civil_day(today - timedelta(days=DAYS_CANCELLED_STAYS), zone).start,
        )

    def has(self, booking: Booked) -> bool:
        return booking.during.end > self.since and self.remembers(booking)

    def remembers(self, booking: Booked) -> bool:
        return booking.status not in GONE or booking.changed_at >= self.gone_since


def read_scope(text: str, house: House) -> FeedScope:
    """A scope as somebody asks for it, or BadRequest."""
    scope = FeedScope.read(text)
    if scope.sort not in KINDS or bool(scope.code) == (scope.sort in WITHOUT_CODE) or str(scope) != text:
        raise BadRequest("scope", "unknown_scope")
    if scope.code and scope.code not in house.by_sort[scope.sort]:
        raise BadRequest("scope", "unknown_code")
    return scope


def real_detail(scope: FeedScope, asked: str | None) -> str:
    """The detail a feed will really have: the least of what is asked for and what its scope allows."""
    if asked is not None and asked not in DETAILS:
        raise BadRequest("detail", "unknown_choice")
    most, _least = KINDS[scope.sort]
    return min(asked or most, most, key=DETAILS.index)


def seen_in_feed(viewer: Viewer, booking: Booked, scope: FeedScope, detail: str) -> Seen | None:
    """The booking as it may stand in this feed, or None where it may not.

    Of a confidential or secret talk even its own party's feed tells no more than time and space: its detail is `talk`,
    and every other field is empty. Feeds end up in calendars elsewhere, and on lock screens.
    """
    _most, least = KINDS[scope.sort]
    allowed = detail_for(viewer, booking)
    if DETAILS.index(allowed) < DETAILS.index(least):
        return None
    seen = seen_by(viewer, booking, at_most=detail)
    if booking.service_is_private and seen.detail != "busy":
        return seen_by(viewer, booking, at_most="busy")._replace(detail="talk")
    return seen
