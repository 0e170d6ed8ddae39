"""A booking of a whole day on the date that has 25 hours."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

CLASH = """
    SELECT RAISE(ABORT, 'booking longer than a day')
     WHERE (julianday(NEW.ends_at) - julianday(NEW.starts_at)) * 24 > {hours}.0001;
    SELECT RAISE(ABORT, 'space_taken') WHERE EXISTS (
        SELECT 1 FROM occupation AS other
         WHERE other.space_id = NEW.space_id AND other.starts_at < NEW.ends_at AND other.ends_at > NEW.starts_at
           AND other.starts_at >= datetime(NEW.starts_at, '-{hours} hours') AND other.apart <> NEW.apart);
"""


def upgrade() -> None:
    _let_bookings_last(25)


def downgrade() -> None:
    _let_bookings_last(24)


def _let_bookings_last(hours: int) -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "ALTER TABLE booking DROP CONSTRAINT ck_booking_at_most_a_day, ADD CONSTRAINT "
            f"ck_booking_at_most_a_day CHECK (ends_at - starts_at <= interval '{hours} hours')"
        )
        return
    for event in ("insert", "update"):
        op.execute(f"DROP TRIGGER occupation_is_not_shared_{event}")
        op.execute(
            f"CREATE TRIGGER occupation_is_not_shared_{event} BEFORE {event.upper()} ON occupation "
            f"BEGIN {CLASH.format(hours=hours)} END"
        )
