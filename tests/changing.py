"""Changes of the house as tests make them: by somebody of the cast, usually the facility manager, at NOW."""

from __future__ import annotations

from datetime import datetime

from models.actions.plans.apply_changes import apply_changes, effects_of
from models.queries.effects import Effects
from models.queries.people import person_by_username
from models.rules.changes.change import Change
from models.rules.people.person import By
from models.rules.values import Scope
from tests.cast import FARID, NOW


def by(who: str = FARID, now: datetime = NOW) -> By:
    return By(person_by_username(who), now)


def put(*changes: Change, who: str = FARID, now: datetime = NOW, reason: str = "why", **more) -> Effects:
    return apply_changes(changes, by(who, now), reason=reason, **more)


def tried(*changes: Change, who: str = FARID, now: datetime = NOW, reason: str = "why") -> Effects:
    return effects_of(changes, by(who, now), reason)


def space(code: str) -> Scope:
    return Scope("space", code)
