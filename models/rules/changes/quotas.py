"""A quota as somebody wants it: whether it makes sense."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from models.rules.house.house import House
from models.rules.house.policy import KINDS, TRAITS
from models.rules.house.quota import MEASURES, PERIODS, SCOPES
from models.rules.people.person import ROLES
from models.rules.refusals import BadRequest, checked_value
from models.rules.values import PEOPLE, OneOf


@dataclass(frozen=True, slots=True)
class QuotaWish:
    """As in Quota. `code` of a role, service or organisation; for each person there is none. `first` None: today."""

    scope: str
    code: str | None
    kind: str | None
    measure: str
    period: str
    amount: int
    first: date | None = None
    last: date | None = None


def check_quota(wish: QuotaWish, house: House) -> None:
    """Raises BadRequest naming the first field that makes no sense."""
    checked_value("scope", OneOf(SCOPES), wish.scope)
    known = {"person": (None,), "role": ROLES, "service": house.services, "organisation": house.organisations}
    if wish.code not in known[wish.scope]:
        raise BadRequest(wish.scope if wish.scope != "person" else "code", "unknown_code")
    checked_value("kind", OneOf(KINDS), wish.kind, may_be_empty=True)
    checked_value("measure", OneOf(MEASURES), wish.measure)
    if wish.measure == "half_days" and (wish.kind is None or not TRAITS[wish.kind].one_at_a_time):
        raise BadRequest("measure", "half_days_of_desks")
    checked_value("period", OneOf(PERIODS), wish.period)
    check_amount(wish.amount)


def check_amount(amount: int | None) -> None:
    """BadRequest where no amount is given, or one out of range."""
    if amount is None:
        raise BadRequest("amount", "required")
    checked_value("amount", PEOPLE, amount)
