"""Accounts: who there is already, who can sign in, and how often somebody tried in vain."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, select

from models.queries.tokens import still_works
from models.rules.people.throttle import NAME_WINDOW, TRIES_HERE, TRIES_OF_AN_ADDRESS, WINDOW, Failures
from models.tables.db import db
from models.tables.log import Feed
from models.tables.municipality import Organisation
from models.tables.person import ApiToken, KnownBrowser, PersonRow, SessionRow, SignInFailure

ENOUGH_OF_A_NAME = 30  # more would wait no longer


def organisation_id(code: str | None) -> int | None:
    """The number of an organisation, without a code the host's; None where there is none."""
    wanted = select(Organisation.id).order_by(Organisation.id).limit(1)
    return db.session.scalar(wanted.where(Organisation.is_host if code is None else Organisation.code == code))


def organisation_codes() -> list[str]:
    return list(db.session.scalars(select(Organisation.code).order_by(Organisation.code).limit(100)))


def usernames() -> list[str]:
    """Of everybody there ever was."""
    return list(db.session.scalars(select(PersonRow.username).order_by(PersonRow.id)))


def account_id(username: str) -> int | None:
    return db.session.scalar(select(PersonRow.id).where(PersonRow.username == username))


def those_with_password(usernames: Iterable[str]) -> frozenset[str]:
    """Who of these is active and has a password."""
    return frozenset(
        db.session.scalars(
            select(PersonRow.username).where(
                PersonRow.username.in_(tuple(usernames)), PersonRow.active, PersonRow.password_hash.is_not(None)
            )
        )
    )


def is_known_browser(username: str, browser_hash: str, since: datetime) -> bool:
    """Whether this person signed in in this browser since then."""
    known = select(KnownBrowser.person_id).join(PersonRow, PersonRow.id == KnownBrowser.person_id)
    found = known.where(
        KnownBrowser.token_hash == browser_hash, KnownBrowser.last_used_at > since, PersonRow.username == username
    )
    return db.session.scalar(found) is not None


def newest_browsers_of(person_id: int, limit: int) -> list[str]:
    """The hashes of the tokens of those in which this person signed in last."""
    browsers = select(KnownBrowser.token_hash).where(KnownBrowser.person_id == person_id)
    return list(
        db.session.scalars(browsers.order_by(KnownBrowser.last_used_at.desc(), KnownBrowser.token_hash).limit(limit))
    )


def what_is_open(person_id: int, now: datetime) -> tuple[int, int, int]:
    """How many sessions, API tokens and calendar addresses of this person still open something."""
    counted = (
        select(func.count(SessionRow.id)).where(SessionRow.person_id == person_id, SessionRow.ends_at > now),
        select(func.count(ApiToken.id)).where(ApiToken.person_id == person_id, still_works(now)),
        select(func.count(Feed.id)).where(Feed.person_id == person_id, Feed.revoked_at.is_(None)),
    )
    sessions, tokens, feeds = (each.scalar_subquery() for each in counted)
    return tuple(db.session.execute(select(sessions, tokens, feeds)).one())


def failures_before(name_hash: str, place: str, now: datetime) -> Failures:
    """What failed of this name and at this place, counted where every process sees it. Three queries, each bounded."""
    newest_first = (SignInFailure.at.desc(), SignInFailure.id.desc())
    lately = SignInFailure.at > now - WINDOW
    at_place = select(SignInFailure.at).where(SignInFailure.place == place, lately).order_by(*newest_first)
    here = db.session.scalars(at_place.where(SignInFailure.name_hash == name_hash).limit(TRIES_HERE))
    of_name = select(SignInFailure.id).where(SignInFailure.name_hash == name_hash, SignInFailure.at > now - NAME_WINDOW)
    return Failures(
        here=tuple(here),
        of_name=db.session.scalar(select(func.count()).select_from(of_name.limit(ENOUGH_OF_A_NAME).subquery())) or 0,
        at_the_ceiling=db.session.scalar(at_place.offset(TRIES_OF_AN_ADDRESS - 1).limit(1)),
    )
