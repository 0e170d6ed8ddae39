"""Which API tokens a person has: never a token itself, of which we keep only a hash."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select

from models.rules.people.tokens import MOST_TOKENS
from models.tables.db import db
from models.tables.person import ApiToken


@dataclass(frozen=True, slots=True)
class MyToken:
    """A token as its owner sees it in a list. `name` and `ends_at` None: made before tokens had them."""

    id: int
    name: str | None
    scope: str
    created_at: datetime
    ends_at: datetime | None
    last_used_at: datetime | None

    @property
    def last_day(self) -> datetime | None:
        """An instant of the day after which it ends."""
        return self.ends_at and self.ends_at - datetime.resolution


def tokens_of(person_id: int, now: datetime) -> list[MyToken]:
    """A person's tokens that still work, newest first."""
    rows = db.session.execute(
        select(
            ApiToken.id,
            ApiToken.name,
            ApiToken.scope,
            ApiToken.created_at,
            ApiToken.ends_at,
            ApiToken.last_used_at,
        )
        .where(ApiToken.person_id == person_id, still_works(now))
        .order_by(ApiToken.created_at.desc(), ApiToken.id.desc())
        .limit(MOST_TOKENS)
    )
    return [MyToken(*row) for row in rows]


def still_works(now: object) -> ColumnElement[bool]:
    """Neither taken back nor past its end. `now`: an instant, or what stands for one in a prepared question."""
    return and_(
        or_(ApiToken.revoked_at.is_(None), ApiToken.revoked_at > now),
        or_(ApiToken.ends_at.is_(None), ApiToken.ends_at > now),
    )
