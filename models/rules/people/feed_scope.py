"""What a calendar address can be about, how much it may tell at most, and which bookings belong in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import attrgetter
from zoneinfo import ZoneInfo

from models.rules.bookings.fields import DETAILS, Booked, Seen
from models.rules.house.house import House
from models.rules.people.discretion import Viewer, detail_for, is_made_known, seen_by
from models.rules.people.outsiders import may_book_in
from models.rules.people.person import Person
from models.rules.refusals import BadRequest
from models.rules.times.interval import Interval, civil_date, civil_day, joined
from models.rules.values import Scope

DAYS_BACK = 90
DAYS_AHEAD = 2 * 366  # no series spans more than 24 months
DAYS_OF_A_WINDOW = (-DAYS_BACK, DAYS_AHEAD, 0)

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
OF_A_PLACE = {"space": "code", "zone": "zone", "floor": "floor"}  # and where a space says which it lies in


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

    def places(self, person: Person, house: House) -> frozenset[str]:
        """The spaces of a place that this person may book; none where the scope is no place."""
        if self.sort not in OF_A_PLACE:
            return frozenset()
        own = attrgetter(OF_A_PLACE[self.sort])
        return frozenset(
            space.code for space in house.spaces.values() if own(space) == self.code and may_book_in(person, space)
        )

    def is_closed_to(self, person: Person, house: House) -> bool:
        """A place where this person may book nothing, be it for the moment: nobody follows what they are outside of."""
        return self.sort in OF_A_PLACE and not self.places(person, house)

    def spaces(self, person: Person, house: House) -> frozenset[str]:
        """Its places, and the spaces that take one of them along: a composite keeps its parts from others."""
        parts = {part for place in self.places(person, house) for part in house.spaces[place].parts}
        return frozenset(space.code for space in house.spaces.values() if parts.intersection(space.parts))


@dataclass(frozen=True, slots=True)
class FeedWindow:
    """What a feed reaches: bookings that end after `since` and begin before `until`. `today`: the first instant of the
    day on which it is read.

    In whole days, so that the feed of a quiet house stays the same, octet for octet, until midnight.
    """

    since: datetime
    until: datetime
    today: datetime

    @classmethod
    def at(cls, now: datetime, zone: ZoneInfo) -> FeedWindow:
        today = civil_date(now, zone)
        return cls(*(civil_day(today + timedelta(days=days), zone).start for days in DAYS_OF_A_WINDOW))

    @property
    def during(self) -> Interval:
        return Interval(self.since, self.until)


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
    if DETAILS.index(allowed) < DETAILS.index(least) or _is_outside_of(viewer, booking, scope):
        return None
    seen = seen_by(viewer, booking, at_most=detail)
    if booking.service_is_private and seen.detail != "busy":
        return seen_by(viewer, booking, at_most="busy")._replace(detail="talk")
    return seen


def _is_outside_of(viewer: Viewer, booking: Booked, scope: FeedScope) -> bool:
    """Whether the list of an organisation would tell the times of a space to an outsider of it."""
    if scope.sort != "organisation" or viewer.is_party_to(booking) or is_made_known(viewer, booking):
        return False
    return not may_book_in(viewer.person, viewer.house.spaces[booking.space])


def is_busy_in_feed(viewer: Viewer, booking: Booked, detail: str) -> bool:
    """Whether a feed of this detail tells no more of it than that a space is taken."""
    return "busy" in (detail, detail_for(viewer, booking))


def busy_stretches(taken: Mapping[str, Iterable[Interval]], window: FeedWindow) -> Iterator[tuple[str, Interval]]:
    """Each space and the stretches of the window in which it is taken, as few as possible, in order.

    Which bookings they are made of shows nowhere: where one ends as the next begins, how many there are and which of
    them repeat would tell who is there. Cut off where the window ends, for else a first booking that lies before it
    would tell itself from one that lies in it.
    """
    for space, times in sorted(taken.items()):
        for stretch in joined(inside for each in times if (inside := each.common(window.during))):
            yield space, stretch
