"""Which database a test runs on.

What a page says or an action decides hardly depends on the database beneath: its test runs on SQLite or PostgreSQL by
turns, the same one each time, and on both with TREFPUNT_EVERY_DATABASE=1. PostgreSQL, where a database of a test's own
takes longer to make, has the turn of one in three. What does depend on it always runs on both: tables, locks and races,
booking itself, commands, how mail goes out.
"""

from __future__ import annotations

import os
import zlib

from tests.postgresql import server_programs

TURNS = ("sqlite", "sqlite", "postgresql")
BY_TURNS = ("tests/blueprints/", "tests/models/actions/", "tests/models/queries/")
ALWAYS_ON_BOTH = (
    "tests/blueprints/mail/test_jobs.py",
    "tests/blueprints/mail/test_order.py",
    "tests/blueprints/mail/test_rounds.py",
    "tests/blueprints/mail/test_worker.py",
    "tests/blueprints/commands/test_commands.py",
    "tests/models/actions/bookings/test_book.py",
    "tests/models/actions/bookings/test_hand_on.py",
    "tests/models/actions/bookings/test_receipts.py",
    "tests/models/actions/bookings/test_rewrite_receipts.py",
    "tests/models/actions/bookings/test_whole_days.py",
    "tests/models/actions/test_many_rows.py",
    "tests/models/queries/test_listed.py",
)
RACES = "race"


def left_out(items) -> list:
    """Those whose turn it is not."""
    if os.environ.get("TREFPUNT_EVERY_DATABASE") == "1" or server_programs() is None:
        return []
    return [item for item in items if _is_for_the_other_database(item)]


def _is_for_the_other_database(item) -> bool:
    """Tables of bookings, whose rows share one prepared house, take turns file by file."""
    params = item.callspec.params if hasattr(item, "callspec") else {}
    database = params.get("shelf") or params.get("prepared")
    if (
        database not in TURNS
        or not item.nodeid.startswith(BY_TURNS)
        or item.nodeid.startswith(ALWAYS_ON_BOTH)
        or RACES in item.nodeid
    ):
        return False
    whose_turn = item.nodeid.partition("::")[0] if "prepared" in params else item.nodeid.replace(database, "")
    return database != TURNS[zlib.crc32(whose_turn.encode()) % len(TURNS)]
