"""How many people are in the open spaces now, and the evacuations that wardens tick off."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "space_count",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("space_id", sa.Integer(), nullable=False),
        sa.Column("persons", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("counted_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("persons >= 0 AND persons <= 100000", name=op.f("ck_space_count_persons_sane")),
        sa.ForeignKeyConstraint(["counted_by_id"], ["person.id"], name=op.f("fk_space_count_counted_by_id")),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name=op.f("fk_space_count_space_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_space_count")),
    )
    op.create_index("ix_space_count_space_id_at", "space_count", ["space_id", "at"])
    op.create_index("ix_space_count_at", "space_count", ["at"])
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE TRIGGER space_count_is_revised BEFORE INSERT OR UPDATE OR DELETE ON space_count "
            "FOR EACH STATEMENT EXECUTE FUNCTION bookings_revision_is_raised()"
        )
    else:
        for event in ("INSERT", "UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER space_count_is_revised_{event.lower()} AFTER {event} ON space_count "
                "BEGIN UPDATE municipality SET bookings_revision = bookings_revision + 1; END"
            )
    op.create_table(
        "evacuation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("building", sa.String(), nullable=False),
        sa.Column("is_drill", sa.Boolean(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("ended_at >= started_at", name=op.f("ck_evacuation_ends_after_it_starts")),
        sa.ForeignKeyConstraint(["ended_by_id"], ["person.id"], name=op.f("fk_evacuation_ended_by_id")),
        sa.ForeignKeyConstraint(["started_by_id"], ["person.id"], name=op.f("fk_evacuation_started_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evacuation")),
    )
    running = sa.text("ended_at IS NULL")
    op.create_index(
        "uq_evacuation_running", "evacuation", ["building"], unique=True, sqlite_where=running, postgresql_where=running
    )
    op.create_table(
        "evacuation_line",
        sa.Column("evacuation_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("sort", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("space", sa.String(), nullable=True),
        sa.Column("booking_id", sa.Integer(), nullable=True),
        sa.Column("persons", sa.Integer(), nullable=False),
        sa.Column("wheelchair", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "sort IN ('checked_in', 'expected', 'counted', 'unknown', 'zone')",
            name=op.f("ck_evacuation_line_sort_known"),
        ),
        sa.CheckConstraint("persons >= 0", name=op.f("ck_evacuation_line_persons_not_negative")),
        sa.ForeignKeyConstraint(
            ["booking_id"], ["booking.id"], name=op.f("fk_evacuation_line_booking_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["evacuation_id"], ["evacuation.id"], name=op.f("fk_evacuation_line_evacuation_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("evacuation_id", "key", name=op.f("pk_evacuation_line")),
    )
    op.create_table(
        "evacuation_mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("evacuation_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("missing", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("mark IN ('out', 'empty', 'missing', 'open')", name=op.f("ck_evacuation_mark_mark_known")),
        sa.CheckConstraint("(mark = 'missing') = (missing > 0)", name=op.f("ck_evacuation_mark_missing_said")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_evacuation_mark_by_id")),
        sa.ForeignKeyConstraint(
            ["evacuation_id", "key"],
            ["evacuation_line.evacuation_id", "evacuation_line.key"],
            name=op.f("fk_evacuation_mark_evacuation_id_key"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evacuation_mark")),
    )
    op.create_index("ix_evacuation_mark_evacuation_id_key", "evacuation_mark", ["evacuation_id", "key"])


def downgrade() -> None:
    for table in ("evacuation_mark", "evacuation_line", "evacuation", "space_count"):
        op.drop_table(table)
