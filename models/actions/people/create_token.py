"""Make an API token for a person: the only moment at which anyone sees it."""

from __future__ import annotations

from datetime import datetime

from models.queries.people import person_by_username
from models.rules.people.rights import SCOPES
from models.rules.people.tokens import new_token, token_hash, widest_scope
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
def create_token(username: str, scope: str, now: datetime) -> str:
    """A token that reaches `scope` (read, write or manage) in that person's name. Raises TokenRefused."""
    person = person_by_username(username)
    if person is None:
        raise TokenRefused("unknown_person")
    if not person.active:
        raise TokenRefused("inactive_person")
    reaches = widest_scope(person.roles)
    if SCOPES.index(scope) > SCOPES.index(reaches):
        raise TokenRefused("scope_above_roles", reaches)
    token = new_token()
    db.session.add(ApiToken(token_hash=token_hash(token), person_id=person.id, scope=scope, created_at=now))
    return token
