"""A space on its day, taken or not, in the name of a body that comes before its holders."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from models.rules.bookings.fields import ASKED, BookingRequest
from models.rules.changes.change import Change
from models.rules.changes.precedence import may_claim, precedence_of
from models.rules.changes.spaces import with_composites
from models.rules.house.house import House
from models.rules.people.person import Person
from models.rules.refusals import BadRequest, NotAllowed
from models.rules.times.interval import civil_date

OTHERS_MAY_READ = ("precedence", "start", "end")
CLAIMED = tuple(each.name for each in ASKED if each.stands and each.name not in ("space", "channel", "caller"))


@dataclass(frozen=True, slots=True)
class Claim(Change):
    """It holds on its own day, whatever days it names. The house stays as it is: its holders leave, and the booking
    comes."""

    precedence: str
    request: BookingRequest

    def sound(self, house: House, today: date, made_on: date | None = None) -> Claim:
        return Change.sound(replace(self, first=None, last=None), house, today).dated(today, house)

    def dated(self, made_on: date, house: House) -> Claim:
        day = civil_date(self.request.start, house.zone)
        return replace(self, first=day, last=day)

    def check_may(self, house: House, person: Person) -> None:
        precedence = precedence_of(self.precedence, house)
        if precedence is None:
            raise BadRequest("precedence", "unknown_code")
        if not may_claim(person, precedence):
            raise NotAllowed("work_on_plan")

    def check(self, house: House) -> None:
        if self.request.caller:
            raise BadRequest("caller", "claim_for_caller")
        if self.request.end <= self.request.start:
            raise BadRequest("end", "not_after_start")

    def imagined(self, house: House) -> House:
        return house

    def spaces(self, house: House) -> frozenset[str]:
        return with_composites(house, self.code)

    def said(self) -> dict[str, object]:
        """What says nothing is left out."""
        values = {name: getattr(self.request, name) for name in CLAIMED}
        said = {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in values.items()
            if value not in (None, False, ())
        }
        return {
            "claim": {
                "precedence": self.precedence,
                **said,
                "start": self.request.start.isoformat(),
                "end": self.request.end.isoformat(),
            }
        }

    def in_its_plan(self, name: str) -> str:
        return name if name == "scope" else f"set.claim.{name}"


def claim_in(changes: Iterable[Change]) -> Claim | None:
    """The claim of a plan that is one: a claim stands alone in its plan."""
    return next((each for each in changes if isinstance(each, Claim)), None)


def as_others_read(change: Mapping[str, Any]) -> Mapping[str, Any]:  # Any: JSON, as a plan keeps it
    """A plan's change as it may be shown to whoever did not make it: of a claim its body and its time alone."""
    claim = change["set"].get("claim")
    if claim is None:
        return change
    return {**change, "set": {"claim": {name: claim[name] for name in OTHERS_MAY_READ}}}
