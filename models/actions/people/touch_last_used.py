"""When a session, an API token, a calendar address or a screen was last used, kept to within five minutes or less; and
of a calendar its tag."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import or_, update

from models.queries.feed_tags import Tag
from models.tables.db import db
from models.tables.device import Device
from models.tables.log import Feed
from models.tables.patience import AT_ONCE, having
from models.tables.person import ApiToken, SessionRow
from models.tables.transaction import writes

KEPT_TO_WITHIN = timedelta(minutes=5)


def is_due(last_used_at: datetime | None, now: datetime, within: timedelta = KEPT_TO_WITHIN) -> bool:
    """Whether a use now is worth a write: every page a write would make readers queue behind bookings."""
    return last_used_at is None or last_used_at <= now - within


def within_for(idle: timedelta) -> timedelta:
    """How exactly the use of a session is kept that ends when it is left alone for so long."""
    return min(KEPT_TO_WITHIN, idle / 12)


@having(AT_ONCE)
@writes
def _touch(
    table: type[SessionRow | ApiToken | Feed | Device],
    token_hash: str,
    now: datetime,
    within: timedelta = KEPT_TO_WITHIN,
) -> None:
    """One conditional UPDATE: of two requests at once, only one writes. Ask is_due() first, it needs no lock.
    Where others write, nothing is written: no reader waits for that, and the next request is due as well."""
    db.session.execute(
        update(table)
        .where(
            table.token_hash == token_hash,
            or_(table.last_used_at.is_(None), table.last_used_at <= now - within),
        )
        .values(last_used_at=now)
    )


touch_session, touch_api_token, touch_feed, touch_device = (
    partial(_touch, table) for table in (SessionRow, ApiToken, Feed, Device)
)


@having(AT_ONCE)
@writes
def keep_tag(token_hash: str, tag: Tag, now: datetime) -> None:
    """Beside its feed, which was used by that. Where others write nothing is kept: the next reading finds the same."""
    kept = update(Feed).where(Feed.token_hash == token_hash, Feed.revoked_at.is_(None))
    db.session.execute(kept.values(**asdict(tag), last_used_at=now))
