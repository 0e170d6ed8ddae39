"""Some changes together: each is checked in the house as those before it leave it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from models.rules.changes.change import Change
from models.rules.changes.claims import claim_in
from models.rules.changes.closing import Close
from models.rules.house.house import House
from models.rules.people.person import By
from models.rules.refusals import BadRequest
from models.rules.times.interval import civil_date


class BadChanges(BadRequest):
    """What is wrong with some changes: `faults`, each with the number of its change; by itself it is the first."""

    def __init__(self, faults: Sequence[tuple[int, BadRequest]]):
        first = faults[0][1]
        super().__init__(first.field, first.code, **first.facts)
        self.faults = tuple(faults)


def check_reason(reason: str) -> None:
    """No change of the house without a reason: BadRequest where none is given."""
    if not reason.strip():
        raise BadRequest("reason", "required")


def checked(
    changes: Sequence[Change], house: House, by: By, reason: str, made_on: date | None = None
) -> tuple[tuple[Change, ...], House]:
    """The changes with the days on which they begin, and the house once they hold. `made_on`: as in Change.checked().

    Raises NotAllowed, and BadRequest: BadChanges where it is about one change or another.
    """
    if not all(isinstance(change, Close) for change in changes):  # a closing day says why by its name
        check_reason(reason)
    if claim_in(changes) and len(changes) > 1:
        raise BadRequest("changes", "claim_alone")
    today, after = civil_date(by.now, house.zone), house
    found: list[Change] = []
    faults: list[tuple[int, BadRequest]] = []
    for number, change in enumerate(changes):
        try:
            found.append(change.checked(after, by.person, today, made_on))
            after = found[-1].imagined(after)
        except BadRequest as fault:
            faults.append((number, fault))
    if faults:
        raise BadChanges(faults)
    closing = {number: change for number, change in enumerate(found) if isinstance(change, Close)}
    if closing and not any(change.news(house) for change in closing.values()):
        raise BadChanges([(next(iter(closing)), BadRequest("from", "already_closed"))])
    return tuple(found), after
