"""Who asks: a frozen picture of a signed-in person, as the rules need it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

ROLES = (
    "staff",
    "counter_coordinator",
    "receptionist",
    "facility_manager",
    "caretaker",
    "prevention_adviser",
    "service_head",
    "partner_admin",
    "protocol_officer",
    "it_admin",
    "dpo",
    "analyst",
    "elected",
    "communicator",
    "association",
    "resident",
)
OUTSIDE_ROLES = frozenset({"association", "resident"})
NOBODY = -2  # the number of whoever has no account: two of them are not one person
KEY_HOLDER_ROLES = frozenset({"caretaker", "facility_manager"})


@dataclass(frozen=True, slots=True)
class Person:
    """`coordinates` and `heads`: services, which say nothing without the role; `delegates`: who may book for this
    person. `service_since`: when they came from another service, None where they always had it. `scope` is how far this
    sign-in reaches: a browser session 'manage', an API token what it was made for."""

    id: int
    username: str
    name: str
    organisation: str
    roles: frozenset[str]
    service: str | None = None
    service_since: datetime | None = None
    home_zone: str | None = None
    language: str = "nl"
    email: str | None = None
    show_name_to: str = "org"
    preferred_equipment: str | None = None
    active: bool = True
    coordinates: frozenset[str] = frozenset()
    heads: frozenset[str] = frozenset()
    delegates: frozenset[str] = frozenset()
    scope: str = "manage"

    @property
    def has_account(self) -> bool:
        return self.id != NOBODY

    @property
    def is_outside(self) -> bool:
        """An association or a resident: bound to the public's hours, and to approval where that is asked of them."""
        return bool(self.roles & OUTSIDE_ROLES) and "staff" not in self.roles

    @property
    def may_hold_keys(self) -> bool:
        return self.active and bool(self.roles & KEY_HOLDER_ROLES)


class By(NamedTuple):
    """Who does something, and when."""

    person: Person
    now: datetime


class Why(NamedTuple):
    """What is said with a change: colleagues read it later."""

    reason: str
    legal_basis: str | None = None
