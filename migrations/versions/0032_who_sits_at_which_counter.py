"""Who sits at which counter, on which dates otherwise, who is away, and in which languages people help."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

TABLES = ("person_language", "roster_duty", "roster_day", "absence")
HALF_DAYS = "half_day IN ('am', 'pm')"
TABLE_IS_REVISED = """
    INSERT INTO table_revision (name, revision)
    SELECT '{table}', coalesce(max(revision + bookings_revision), 0) FROM municipality WHERE true
    ON CONFLICT (name) DO UPDATE SET revision = excluded.revision WHERE table_revision.revision <> excluded.revision
"""


def upgrade() -> None:
    op.create_table(
        "person_language",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_person_language_person_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("person_id", "language", name=op.f("pk_person_language")),
    )
    op.create_table(
        "roster_duty",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("half_day", sa.String(), nullable=False),
        sa.Column("weeks", sa.String(), nullable=False),
        *_whom("roster_duty", needs_service=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("weekday BETWEEN 1 AND 7", name=op.f("ck_roster_duty_weekday_known")),
        sa.CheckConstraint(HALF_DAYS, name=op.f("ck_roster_duty_half_day_known")),
        sa.CheckConstraint("weeks IN ('all', 'odd', 'even')", name=op.f("ck_roster_duty_weeks_known")),
        sa.CheckConstraint("valid_to >= valid_from", name=op.f("ck_roster_duty_ends_after_start")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster_duty")),
        sa.UniqueConstraint("counter_id", "weekday", "half_day", "weeks", "valid_from", name="one_at_a_counter"),
    )
    op.create_table(
        "roster_day",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("half_day", sa.String(), nullable=False),
        *_whom("roster_day", needs_service=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint(HALF_DAYS, name=op.f("ck_roster_day_half_day_known")),
        sa.CheckConstraint(
            "person_id IS NULL OR service_id IS NOT NULL", name=op.f("ck_roster_day_person_has_a_service")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster_day")),
        sa.UniqueConstraint("day", "half_day", "counter_id", name="one_on_a_half_day"),
    )
    op.create_table(
        "absence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_absence_ends_after_start")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_absence_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
    )
    op.create_index("ix_absence_last_day", "absence", ["last_day"])
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for table in TABLES:
        _count_changes_of(table, is_sqlite=is_sqlite)


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)


def _whom(table: str, *, needs_service: bool) -> list:
    return [
        sa.Column("counter_id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=not needs_service),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["counter_id"], ["space.id"], name=f"fk_{table}_counter_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=f"fk_{table}_service_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=f"fk_{table}_person_id"),
    ]


def _count_changes_of(table: str, *, is_sqlite: bool) -> None:
    if not is_sqlite:
        op.execute(
            f"CREATE TRIGGER {table}_is_revised BEFORE INSERT OR UPDATE OR DELETE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION bookings_revision_is_raised()"
        )
        return
    raised = (
        f"UPDATE municipality SET bookings_revision = bookings_revision + 1; {TABLE_IS_REVISED.format(table=table)}"
    )
    for event in ("INSERT", "UPDATE", "DELETE"):
        op.execute(f"CREATE TRIGGER {table}_is_revised_{event.lower()} AFTER {event} ON {table} BEGIN {raised}; END")
