"""Make a calendar address, and take it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update

from models.actions.record import record
from models.queries.feeds import MOST_A_PERSON, feeds_of
from models.queries.house import the_house
from models.rules.people.feed_scope import read_scope, real_detail
from models.rules.people.person import Person
from models.rules.people.tokens import new_token, token_hash
from models.rules.refusals import BadRequest, NotFound
from models.tables.db import db
from models.tables.log import Feed
from models.tables.transaction import touched, writes


@dataclass(frozen=True, slots=True)
class MadeFeed:
    """A new address. `token` is shown this once; `detail` is what the feed will really tell, maybe less than asked."""

    id: int
    scope: str
    detail: str
    token: str
    created_at: datetime


@writes
def make_feed(scope: str, detail: str | None, person: Person, now: datetime) -> MadeFeed:
    """Raises BadRequest: field `scope` with unknown_scope, unknown_code, not_yours_to_book or too_many_feeds, `detail`
    with unknown_choice. Without `detail`: as much as the scope allows."""
    token, house = new_token(""), the_house()
    about = read_scope(scope, house)
    if about.is_closed_to(person, house):
        raise BadRequest("scope", "not_yours_to_book")
    real = real_detail(about, detail)
    if len(feeds_of(person.id)) >= MOST_A_PERSON:
        raise BadRequest("scope", "too_many_feeds", most=MOST_A_PERSON)
    row = Feed(token_hash=token_hash(token), person_id=person.id, scope=str(about), detail=real, created_at=now)
    db.session.add(row)
    db.session.flush()
    record("make_feed", "feed", row.id, person, now, scope=str(about), detail=real)
    return MadeFeed(row.id, str(about), real, token, now)


def revoke_feeds(person_id: int, now: datetime) -> None:
    """Every address of this person, within the transaction of whoever calls."""
    addresses = update(Feed).where(Feed.person_id == person_id, Feed.revoked_at.is_(None))
    db.session.execute(addresses.values(revoked_at=now))


@writes
def revoke_feed(feed_id: int, person: Person, now: datetime) -> None:
    """From now on the address opens nothing. NotFound for what is not theirs, or was revoked before."""
    revoked = touched(
        update(Feed)
        .where(Feed.id == feed_id, Feed.person_id == person.id, Feed.revoked_at.is_(None))
        .values(revoked_at=now)
    )
    if not revoked:
        raise NotFound
    record("revoke_feed", "feed", feed_id, person, now)
