"""What of a booking may this viewer see: busy < title < full. The only place that decides it.

Pages, JSON, feeds, mails, exports and logs all take its answer. The least of what organisation, service and booking
allow holds; a confidential or secret talk is no more than a taken place to whoever is not party to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from models.rules.bookings.attendance import HOLDS_PLACE
from models.rules.bookings.fields import DETAILS, FIELDS, Booked, Seen
from models.rules.house.house import House, Space
from models.rules.people.outsiders import is_on_duty, may_book_in, may_know_times
from models.rules.people.person import Person
from models.rules.people.rights import is_party, may_approve, sees_to_a_caller, services_coordinated_by
from models.rules.times.interval import Interval, civil_date, civil_day

# detail -> what of a Booked is left of it; its number is the house's own and stands nowhere
_LEFT = {
    detail: ("id", *dict.fromkeys(each.at.partition(".")[0] for each in FIELDS if each.is_seen_at(detail)))
    for detail in DETAILS
}


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks, with what is worked out once for a whole list. `person` None: someone from the street."""

    person: Person | None
    house: House
    coordinated: frozenset[str]

    @classmethod
    def of(cls, person: Person | None, house: House) -> Viewer:
        return cls(person, house, services_coordinated_by(person, house))

    def is_inside(self, organisation: str | None) -> bool:
        return self.person is not None and self.person.organisation == organisation

    def is_party_to(self, booking: Booked) -> bool:
        return is_party(self.person, booking, self.coordinated) or sees_to_a_caller(self.person, booking, self.house)

    def may_change(self, booking: Booked) -> bool:
        """Its party, and the facility manager; of a booking they see only as busy nobody is told that they may not."""
        return self.is_party_to(booking) or (self.person is not None and "facility_manager" in self.person.roles)

    def may_decide_on(self, booking: Booked) -> bool:
        return booking.status == "pending" and may_approve(self.person, booking.awaited_roles)

    def persons_to_decide_on(self, booking: Booked) -> int | None:
        """How many people come, for whoever must give their word: without it there is nothing to decide on, even where
        the booking is otherwise no more than a taken place to them. None for anyone else."""
        return booking.persons if self.may_decide_on(booking) else None


def seen_by(viewer: Viewer, booking: Booked, *, at_most: str = "full") -> Seen:
    """The booking as that viewer may have it, and no more than `at_most` (a feed's own detail)."""
    return _with_detail(viewer, booking, min(detail_for(viewer, booking), at_most, key=DETAILS.index))


def is_written_to(viewer: Viewer, booking: Booked) -> bool:
    """Whether letters about it go to this viewer: to its party, as long as they are, and to a caller, who is party to
    nothing and can look nowhere."""
    is_caller = viewer.person is not None and not viewer.person.has_account
    return is_caller or viewer.is_party_to(booking)


def read_by(viewer: Viewer, booking: Booked) -> Seen:
    """The same for a letter: whoever is written to reads all."""
    return _with_detail(viewer, booking, "full" if is_written_to(viewer, booking) else detail_for(viewer, booking))


def seen_as_before(viewer: Viewer, booking: Booked, before: Booked) -> Seen:
    """For whoever just handed it on: they know what they gave away."""
    return _with_detail(viewer, booking, detail_for(viewer, before))


def seen_as_decided(viewer: Viewer, booking: Booked) -> Seen:
    """For whoever gave their word on it: as they saw it while it waited for that word."""
    roles = viewer.person.roles if viewer.person else frozenset()
    return seen_as_before(viewer, booking, booking._replace(status="pending", awaited_roles=roles))


def detail_for(viewer: Viewer, booking: Booked) -> str:
    """How much this viewer may see of it: its party all, others the least of what organisation, service and booking
    allow. Outsiders of its space, whom their duty tells that it is taken, no more than that."""
    if viewer.is_party_to(booking):
        return "full"
    if booking.service_is_private:
        return "busy"
    organisation, inside = viewer.house.organisations[booking.organisation], viewer.is_inside(booking.organisation)
    if organisation.professional_secrecy and not inside:
        return "busy"
    if viewer.may_decide_on(booking):
        return "full"
    if booking.privacy == "public":
        return "title"
    if not may_book_in(viewer.person, viewer.house.spaces[booking.space]):
        return "busy"
    allowed = organisation.detail_inside if inside else organisation.detail_outside
    return min(allowed, booking.privacy, key=DETAILS.index)


def others_see(house: House, booking: Booked) -> str:
    """As a privacy: the most that anybody sees of it who is not party to it, whatever was asked for."""
    organisation = house.organisations[booking.organisation]
    if booking.service_is_private:
        return "busy"
    if booking.privacy == "public":
        return "title" if organisation.professional_secrecy else "public"
    outside = "busy" if organisation.professional_secrecy else organisation.detail_outside
    return min(booking.privacy, max(organisation.detail_inside, outside, key=DETAILS.index), key=DETAILS.index)


def may_be_read(viewer: Viewer, booking: Booked, now: datetime) -> bool:
    """Whether this viewer may know of it by itself; whoever sees it only as busy, for as long as it takes its place.
    What was cancelled, declined or released, and what is over, takes none any more, and so is nothing to them. To
    outsiders of its space it is nothing at all."""
    if not is_told_of(viewer, booking, viewer.house.spaces[booking.space], now):
        return False
    return detail_for(viewer, booking) != "busy" or (booking.status in HOLDS_PLACE and booking.during.end > now)


def leaves_a_line(viewer: Viewer, booking: Booked) -> bool:
    """Whether it is written down that this viewer opened it: a talk in confidence, of which they see all, though it is
    neither theirs nor did they book it. Of these the log would only tell how they work."""
    whose = (booking.organiser, booking.booked_by)
    return (
        booking.service_is_private
        and detail_for(viewer, booking) == "full"
        and viewer.person is not None
        and viewer.person.username not in whose
    )


def is_made_known(viewer: Viewer, booking: Booked) -> bool:
    """A public event: who may not book its space may come there."""
    return booking.privacy == "public" and detail_for(viewer, booking) != "busy"


def is_told_of(viewer: Viewer, booking: Booked, space: Space, now: datetime) -> bool:
    """Whether this viewer may know that the booking takes `space`: not as an outsider of it, unless it was made known
    to everybody, or they are party to it or give their word on it."""
    return (
        viewer.is_party_to(booking)
        or viewer.may_decide_on(booking)
        or is_made_known(viewer, booking)
        or may_know_times(viewer.person, space, booking.during, _today(viewer, now))
    )


def told_of(viewer: Viewer, bookings: Sequence[Booked], space: Space, now: datetime) -> Sequence[Booked]:
    """Those that they may know of. Most may book most spaces: then they are looked at no further."""
    if may_book_in(viewer.person, space):
        return bookings
    return [booking for booking in bookings if is_told_of(viewer, booking, space, now)]


def is_told_times_of(viewer: Viewer, space: Space, during: Interval, now: datetime) -> bool:
    """Whether this viewer may know when a space is taken in all of a stretch of time."""
    return may_book_in(viewer.person, space) or (is_on_duty(viewer.person) and _today(viewer, now).covers(during))


def _today(viewer: Viewer, now: datetime) -> Interval:
    return civil_day(civil_date(now, viewer.house.zone), viewer.house.zone)


def may_be_named_for_rescue(house: House, booking: Booked) -> bool:
    """Whether an evacuation list says whom to look for, whoever carries it. Only of people who checked in, since nobody
    searches for who did not come; never of a talk in confidence, nor of an organisation with professional secrecy: of
    these it says where how many people are, which is what a warden needs to find them."""
    return (
        booking.status == "checked_in"
        and not booking.service_is_private
        and not house.organisations[booking.organisation].professional_secrecy
    )


def may_be_named_to_tell(viewer: Viewer, booking: Booked) -> bool:
    """Whether somebody who must tell people that their booking got another place learns whom to tell: a name and no
    more. Never for a talk in confidence, nor outside an organisation with professional secrecy."""
    keeps_secrecy = viewer.house.organisations[booking.organisation].professional_secrecy
    return viewer.is_party_to(booking) or not (
        booking.service_is_private or (keeps_secrecy and not viewer.is_inside(booking.organisation))
    )


def phone_to_tell(viewer: Viewer, booking: Booked) -> str | None:
    """The number that a caller gave, for whoever must tell them: see may_be_named_to_tell()."""
    return booking.caller.phone if booking.caller and may_be_named_to_tell(viewer, booking) else None


def _with_detail(viewer: Viewer, booking: Booked, detail: str) -> Seen:
    """Of two talks at once only whoever has them reads, and who coordinates the service."""
    if detail == "full":
        is_theirs = viewer.person is not None and booking.organiser == viewer.person.username
        concerned = is_theirs or booking.service in viewer.coordinated
        told = tuple(each for each in booking.warnings if concerned or each.code != "staff_busy")
        whole = booking if len(told) == len(booking.warnings) else booking._replace(warnings=told)
        return Seen(*whole, detail=detail)
    return Seen(**{name: getattr(booking, name) for name in _LEFT[detail]}, detail=detail)
