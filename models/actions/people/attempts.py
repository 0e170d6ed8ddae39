"""A password or code that somebody is about to try: counted as a failure until it turns out right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete

from models.queries.accounts import failures_before, is_known_browser
from models.queries.devices import Paired
from models.rules.line.kiosk_pace import next_code_at
from models.rules.people.throttle import NAME_WINDOW, again_at, place_of
from models.tables.db import db
from models.tables.person import SignInFailure
from models.tables.transaction import writes

BROWSER_KNOWN_FOR = timedelta(days=180)
MOST_KEPT = 20_000  # hours of guessing by a whole botnet: hashing is what slows it


@dataclass(frozen=True, slots=True)
class Knock:
    """Who somebody says to be, and where: `name_hash` is the name's under a key, `browser` the hash of the token of a
    browser that was known before, if it has one."""

    username: str
    name_hash: str
    address: str
    browser: str | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """The attempt may be made; `place` is where it counts if it fails, `id` as which."""

    name_hash: str
    place: str
    id: int


@writes
def count_attempt(knock: Knock, now: datetime) -> Counted | datetime:
    """Write the attempt down, or answer when the next one is welcome.

    Counted before the password is looked at: otherwise a thousand guesses sent at once would all be looked at before
    the first was counted. What is refused is not counted, so that waiting in vain costs nothing.
    """
    is_known = knock.browser is not None and is_known_browser(knock.username, knock.browser, now - BROWSER_KNOWN_FOR)
    place = f"browser {knock.browser}" if is_known else place_of(knock.address)
    wait = again_at(failures_before(knock.name_hash, place, now), now, knows_the_place=is_known)
    if wait is not None:
        return wait
    return _counted(knock.name_hash, place, now)


@writes
def count_code(device: Paired, now: datetime) -> Counted | datetime:
    """As count_attempt(), for a code that somebody typed at a kiosk. It counts at that device alone: whoever signs in
    from the same address does not wait for it."""
    mine = place = f"device {device.handle}"
    wait = next_code_at(failures_before(mine, place, now).here, now)
    return wait or _counted(mine, place, now)


def _counted(name_hash: str, place: str, now: datetime) -> Counted:
    row = SignInFailure(name_hash=name_hash, place=place, at=now)
    db.session.add(row)
    db.session.flush()
    db.session.execute(
        delete(SignInFailure).where((SignInFailure.at <= now - NAME_WINDOW) | (SignInFailure.id <= row.id - MOST_KEPT))
    )
    return Counted(name_hash, place, row.id)


def forget_failures(counted: Counted) -> None:
    """The password was right: of this name nothing counts at this place any more. What of other names does, stays."""
    db.session.execute(
        delete(SignInFailure).where(SignInFailure.name_hash == counted.name_hash, SignInFailure.place == counted.place)
    )


def was_right(counted: Counted) -> None:
    """At a device that many share: this attempt counts as nothing, and those before it as they did."""
    db.session.execute(delete(SignInFailure).where(SignInFailure.id == counted.id))
