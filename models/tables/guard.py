"""The promise the database keeps by itself, whoever writes: no two bookings hold one physical space at one instant.

Triggers on `booking` write one `occupation` row per booking and physical space (a composite's parts), so that raw SQL
cannot evade it. `apart` is 0 for a booking that shares its space and the booking's own number otherwise: two rows
clash where space and time meet and `apart` differs. PostgreSQL holds that with an exclusion constraint, SQLite with
triggers that say the same. A second set of triggers raises revisions, so that whoever keeps something in memory knows
whether it is still true: see revised.py. A third keeps how many people come to each building: see crowd.py.

This is the guard of today. Each migration brings its part of it, in SQL of its own that never changes after. One that
uses Alembic's batch mode, which makes a SQLite table anew without its triggers, brings those of that table again. A
house test holds all that migrations bring to what stands here.
"""

from __future__ import annotations

from collections.abc import Iterator

from models.rules.bookings.attendance import HOLDS_PLACE  # as Python writes this tuple, SQL reads it
from models.tables import crowd, revised

_OCCUPY = """
    INSERT INTO occupation (booking_id, space_id, starts_at, ends_at, apart)
    SELECT NEW.id, place.id, {starts_at}, {ends_at},
           CASE WHEN NEW.exclusive OR (SELECT exclusive FROM space WHERE id = NEW.space_id) THEN NEW.id ELSE 0 END
    FROM (SELECT part_id AS id FROM space_part WHERE composite_id = NEW.space_id
          UNION ALL
          SELECT NEW.space_id WHERE NOT EXISTS (SELECT 1 FROM space_part WHERE composite_id = NEW.space_id)) AS place
"""

# SQLite compares instants as text. However raw SQL writes one, it stands in `occupation` as SQLAlchemy would write it;
# what is no instant becomes NULL there and is refused.
_AS_TEXT = "strftime('%Y-%m-%d %H:%M:%f', NEW.{column}) || '000'"
_SQLITE_OCCUPY = _OCCUPY.format(
    starts_at=_AS_TEXT.format(column="starts_at"), ends_at=_AS_TEXT.format(column="ends_at")
)

# Without a range type SQLite would look at all that ever was: no booking is longer than 25 hours, so what began earlier
# than that cannot reach in. The index on space and start then finds the few that may.
_SQLITE_CLASH = """
    SELECT RAISE(ABORT, 'booking longer than a day')
     WHERE (julianday(NEW.ends_at) - julianday(NEW.starts_at)) * 24 > 25.0001;
    SELECT RAISE(ABORT, 'space_taken') WHERE EXISTS (
        SELECT 1 FROM occupation AS other
         WHERE other.space_id = NEW.space_id AND other.starts_at < NEW.ends_at AND other.ends_at > NEW.starts_at
           AND other.starts_at >= datetime(NEW.starts_at, '-25 hours') AND other.apart <> NEW.apart);
"""

SQLITE = {
    "booking_takes_its_place": f"AFTER INSERT ON booking WHEN NEW.status IN {HOLDS_PLACE} BEGIN {_SQLITE_OCCUPY}; END",
    # Out and in again at any change: which columns place a booking is then nobody's to remember.
    "booking_changes_its_place": f"""AFTER UPDATE ON booking BEGIN
        DELETE FROM occupation WHERE booking_id = OLD.id;
        {_SQLITE_OCCUPY} WHERE NEW.status IN {HOLDS_PLACE};
        END""",
    "booking_leaves_its_place": """AFTER DELETE ON booking BEGIN
        DELETE FROM occupation WHERE booking_id = OLD.id;
        END""",
    "occupation_is_not_shared_insert": f"BEFORE INSERT ON occupation BEGIN {_SQLITE_CLASH} END",
    "occupation_is_not_shared_update": f"BEFORE UPDATE ON occupation BEGIN {_SQLITE_CLASH} END",
}

POSTGRESQL = f"""
CREATE EXTENSION IF NOT EXISTS btree_gist;
ALTER TABLE booking ADD CONSTRAINT ck_booking_at_most_a_day CHECK (ends_at - starts_at <= interval '25 hours');
ALTER TABLE occupation ADD CONSTRAINT space_taken EXCLUDE USING gist
    (space_id WITH =, tstzrange(starts_at, ends_at) WITH &&, apart WITH <>);
CREATE FUNCTION booking_takes_its_place() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        DELETE FROM occupation WHERE booking_id = OLD.id;
    END IF;
    IF NEW.status IN {HOLDS_PLACE} THEN
        {_OCCUPY.format(starts_at="NEW.starts_at", ends_at="NEW.ends_at")};
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER booking_takes_its_place AFTER INSERT OR UPDATE ON booking
    FOR EACH ROW EXECUTE FUNCTION booking_takes_its_place();
"""


def statements(dialect: str) -> Iterator[str]:
    """What puts the whole of the guard in place, in that order."""
    yield from revised.statements(dialect)
    yield from crowd.statements(dialect)
    is_sqlite = dialect == "sqlite"
    yield from [f"CREATE TRIGGER {name} {body}" for name, body in SQLITE.items()] if is_sqlite else [POSTGRESQL]
