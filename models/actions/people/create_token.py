"""Make an API token for a person: the only moment at which anyone sees it."""

from __future__ import annotations

from datetime import date, datetime

from models.actions.record import record
from models.queries.house import the_house
from models.queries.people import person_by_username
from models.queries.tokens import tokens_of
from models.rules.people.person import Person
from models.rules.people.rights import SCOPES
from models.rules.people.tokens import MOST_TOKENS, last_day, new_token, token_hash, widest_scope
from models.rules.refusals import BadRequest
from models.rules.times.interval import civil_date, civil_day
from models.tables.db import db
from models.tables.person import ApiToken
from models.tables.transaction import writes


class TokenRefused(Exception):
    """`reason`: unknown_person, inactive_person, or scope_above_roles, with the scope that the roles do reach."""

    def __init__(self, reason: str, reaches: str | None = None):
        super().__init__(reason)
        self.reason = reason
        self.reaches = reaches


@writes
def create_token(
    username: str,
    scope: str,
    now: datetime,
    *,
    name: str | None = None,
    until: date | None = None,
    actor: Person | None = None,
) -> str:
    """A token that reaches `scope` (read, write or manage) in that person's name, until the day `until` is over.
    `actor`: who makes it, None for a command.

    Raises TokenRefused, and BadRequest: field `name` with taken_name or too_many_tokens, `until` as last_day().
    """
    person = person_by_username(username)
    if person is None:
        raise TokenRefused("unknown_person")
    if not person.active:
        raise TokenRefused("inactive_person")
    reaches = widest_scope(person.roles)
    if SCOPES.index(scope) > SCOPES.index(reaches):
        raise TokenRefused("scope_above_roles", reaches)
    _check_name(name, person, now)
    zone, token = the_house().zone, new_token()
    last = last_day(until, civil_date(now, zone))
    row = ApiToken(
        token_hash=token_hash(token),
        person_id=person.id,
        name=name,
        scope=scope,
        created_at=now,
        ends_at=civil_day(last, zone).end,
    )
    db.session.add(row)
    db.session.flush()
    record("make_token", "api_token", row.id, actor, now, person=person.id, scope=scope, last_day=last.isoformat())
    return token


def _check_name(name: str | None, person: Person, now: datetime) -> None:
    """A token is ended by its name: no other that works has the same."""
    others = tokens_of(person.id, now)
    if len(others) >= MOST_TOKENS:
        raise BadRequest("name", "too_many_tokens", most=MOST_TOKENS)
    if name is not None and name in {each.name for each in others}:
        raise BadRequest("name", "taken_name")
