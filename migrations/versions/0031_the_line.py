"""Who waits in the line of a zone, each change of their state, and how such a line is called."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

STATES = ("waiting", "called", "not_come", "parked", "away", "begun", "interrupted", "done")
OUTCOMES = ("as_booked", "paper_missing", "not_competent", "gave_up")
INSTANT = sa.DateTime(timezone=True)
SETTINGS = {"line_early_minutes": "10", "line_late_minutes": "10", "line_calls": "3"}


def upgrade() -> None:
    for name, usual in SETTINGS.items():
        op.add_column("zone", sa.Column(name, sa.Integer(), server_default=usual, nullable=False))
    op.create_table(
        "visit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handle", sa.String(), nullable=False),
        sa.Column("zone_id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("booking_id", sa.Integer(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.Integer(), server_default="1", nullable=False),
        sa.Column("arrived_at", INSTANT, nullable=False),
        sa.Column("due_at", INSTANT, nullable=True),
        sa.Column("state", sa.String(), server_default="waiting", nullable=False),
        sa.Column("state_at", INSTANT, nullable=False),
        sa.Column("calls", sa.Integer(), server_default="0", nullable=False),
        sa.Column("called_at", INSTANT, nullable=True),
        sa.Column("first_called_at", INSTANT, nullable=True),
        sa.Column("place_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("joined_by_id", sa.Integer(), nullable=True),
        sa.Column("join_key", sa.String(), nullable=True),
        sa.Column("urgent", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("others", sa.Integer(), server_default="0", nullable=False),
        sa.Column("handled_seconds", sa.Integer(), server_default="0", nullable=False),
        sa.Column("forget_on", sa.Date(), nullable=True),
        sa.CheckConstraint(f"state IN {STATES}", name=op.f("ck_visit_state_known")),
        sa.CheckConstraint(f"outcome IN {OUTCOMES}", name=op.f("ck_visit_outcome_known")),
        sa.CheckConstraint("quantity >= 1 AND quantity <= 100", name=op.f("ck_visit_quantity_sane")),
        sa.CheckConstraint("number >= 1", name=op.f("ck_visit_number_positive")),
        sa.CheckConstraint(
            "calls >= 0 AND others >= 0 AND handled_seconds >= 0", name=op.f("ck_visit_counts_not_negative")
        ),
        sa.CheckConstraint("NOT urgent OR reason IS NOT NULL", name=op.f("ck_visit_urgent_says_why")),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=op.f("fk_visit_zone_id")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_visit_service_id")),
        sa.ForeignKeyConstraint(["booking_id"], ["booking.id"], name=op.f("fk_visit_booking_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["place_id"], ["space.id"], name=op.f("fk_visit_place_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_visit_person_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["joined_by_id"], ["person.id"], name=op.f("fk_visit_joined_by_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
        sa.UniqueConstraint("booking_id", name=op.f("uq_visit_booking_id")),
        sa.UniqueConstraint("day", "number", name=op.f("uq_visit_day_number")),
        sa.UniqueConstraint("join_key", name=op.f("uq_visit_join_key")),
    )
    op.create_index("ix_visit_handle", "visit", ["handle"], unique=True)
    op.create_index("ix_visit_zone_id_day", "visit", ["zone_id", "day"])
    op.create_index("ix_visit_service_id_day", "visit", ["service_id", "day"])
    known, coded = sa.text("forget_on IS NOT NULL"), sa.text("visitor_code IS NOT NULL")
    op.create_index("ix_visit_forget_on", "visit", ["forget_on"], sqlite_where=known, postgresql_where=known)
    op.create_index("ix_booking_visitor_code", "booking", ["ends_at"], sqlite_where=coded, postgresql_where=coded)
    op.create_table(
        "visit_stamp",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("verb", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("place_id", sa.Integer(), nullable=True),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.CheckConstraint(f"state IN {STATES}", name=op.f("ck_visit_stamp_state_known")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_visit_stamp_visit_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_visit_stamp_person_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["place_id"], ["space.id"], name=op.f("fk_visit_stamp_place_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_visit_stamp_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_stamp")),
    )
    op.create_index("ix_visit_stamp_visit_id_at", "visit_stamp", ["visit_id", "at"])
    op.create_index("ix_visit_stamp_at", "visit_stamp", ["at"])


def downgrade() -> None:
    op.drop_index("ix_booking_visitor_code", "booking")
    op.drop_table("visit_stamp")
    op.drop_table("visit")
    for name in SETTINGS:
        op.drop_column("zone", name)
