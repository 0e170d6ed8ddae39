"""Take API tokens back: one, or all that somebody has."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import update

from models.actions.record import record
from models.rules.people.person import Person
from models.rules.refusals import NotFound
from models.tables.person import ApiToken
from models.tables.transaction import touched, writes


@writes
def end_token(token_id: int, person_id: int, now: datetime, actor: Person | None) -> None:
    """From now on it opens nothing. NotFound for what is not this person's, or was ended before. `actor`: who ends it,
    None for a command."""
    ended = touched(
        update(ApiToken)
        .where(ApiToken.id == token_id, ApiToken.person_id == person_id, ApiToken.revoked_at.is_(None))
        .values(revoked_at=now)
    )
    if not ended:
        raise NotFound
    record("end_token", "api_token", token_id, actor, now)


@writes
def end_tokens(person_id: int, now: datetime, *, keep: Collection[int] = (), actor: Person | None = None) -> int:
    """End every token of this person but those kept on purpose, by their numbers, and return how many were ended."""
    ended = touched(
        update(ApiToken)
        .where(
            ApiToken.person_id == person_id,
            ApiToken.revoked_at.is_(None),
            ApiToken.id.not_in(sorted(keep)),
        )
        .values(revoked_at=now)
    )
    if ended:
        record("end_tokens", "person", person_id, actor, now, ended=ended)
    return ended
