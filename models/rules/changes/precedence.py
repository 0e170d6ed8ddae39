"""Who comes before whom: the published table, and when even the higher one must ask."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from models.rules.bookings.fields import Booked
from models.rules.house.house import House, Precedence
from models.rules.people.person import Person
from models.rules.people.rights import holds
from models.rules.refusals import Refusal, refusal
from models.rules.times.interval import civil_date

AFTER_ALL_OTHERS = 1_000_000  # no rank in the table is as high


def precedence_of(code: str | None, house: House) -> Precedence | None:
    """The row of the published table with this code; None once it has left the table."""
    return next((each for each in house.precedence if each.code == code), None)


def may_claim(person: Person | None, precedence: Precedence) -> bool:
    """In its name: whoever holds its role."""
    return person is not None and holds(person, "work_on_plan") and precedence.role in person.roles


def claimable_by(person: Person | None, house: House) -> tuple[Precedence, ...]:
    """In whose name this person may claim, the lowest rank first."""
    return tuple(each for each in house.precedence if may_claim(person, each))


def rank_of(booking: Booked, house: House) -> int:
    """The lower, the earlier. What nobody claimed comes last, and so does what left the table."""
    found = precedence_of(booking.precedence, house)
    return found.rank if found else AFTER_ALL_OTHERS


def outranks(precedence: Precedence, booking: Booked, house: House) -> bool:
    """Whoever has the same rank came first and keeps the place."""
    return precedence.rank < rank_of(booking, house)


def is_in_use(booking: Booked, now: datetime) -> bool:
    """Nobody is sent out of a place while they sit there."""
    return booking.status == "checked_in" or booking.during.start <= now


def may_displace(precedence: Precedence, holders: Iterable[Booked], house: House, now: datetime) -> bool:
    """Whether a claim in this name may take the place of all of them: it outranks each, and none has begun."""
    return all(outranks(precedence, each, house) and not is_in_use(each, now) for each in holders)


def needs_consent(precedence: Precedence, booking: Booked, now: datetime, zone: ZoneInfo) -> bool:
    """Whether its holder must be asked: less than the notice period before its day, counted in days of the calendar."""
    days = civil_date(booking.during.start, zone) - civil_date(now, zone)
    return days < timedelta(days=precedence.notice_days)


def comes_first(precedence: Precedence) -> Refusal:
    """Why a holder leaves: the rule by name."""
    return refusal("claimed_by_precedence", scope=f"precedence:{precedence.code}", limit=precedence.rank)
