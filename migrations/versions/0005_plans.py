"""A change of the house as a plan, with a place for each booking that it displaces."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("mends_id", sa.Integer(), nullable=True),
        sa.Column("is_partial", sa.Boolean(), nullable=False),
        sa.Column("news", sa.JSON(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("applied_by_id", sa.Integer(), nullable=True),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("booking_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("status IN ('draft', 'applied', 'discarded')", name=op.f("ck_plan_status_known")),
        sa.ForeignKeyConstraint(["applied_by_id"], ["person.id"], name=op.f("fk_plan_applied_by_id")),
        sa.ForeignKeyConstraint(["booking_id"], ["booking.id"], name=op.f("fk_plan_booking_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["created_by_id"], ["person.id"], name=op.f("fk_plan_created_by_id")),
        sa.ForeignKeyConstraint(["mends_id"], ["plan.id"], name=op.f("fk_plan_mends_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
    )
    op.create_table(
        "plan_move",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column("booking_version", sa.Integer(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("from_space_id", sa.Integer(), nullable=False),
        sa.Column("from_layout", sa.String(), nullable=False),
        sa.Column("to_space_id", sa.Integer(), nullable=True),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("layout", sa.String(), nullable=True),
        sa.Column("waits", sa.Boolean(), nullable=False),
        sa.Column("hurdles", sa.JSON(), nullable=False),
        sa.Column("nearest_id", sa.Integer(), nullable=True),
        sa.Column("by_hand", sa.Boolean(), nullable=False),
        sa.Column("consent", sa.String(), nullable=True),
        sa.Column("told", sa.String(), nullable=True),
        sa.Column("told_by_id", sa.Integer(), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("consent IN ('asked', 'given', 'refused')", name=op.f("ck_plan_move_consent_known")),
        sa.CheckConstraint(
            "told IN ('mail', 'to_tell', 'reached', 'unreachable')", name=op.f("ck_plan_move_told_known")
        ),
        sa.ForeignKeyConstraint(
            ["booking_id"], ["booking.id"], name=op.f("fk_plan_move_booking_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["from_space_id"], ["space.id"], name=op.f("fk_plan_move_from_space_id")),
        sa.ForeignKeyConstraint(
            ["nearest_id"], ["space.id"], name=op.f("fk_plan_move_nearest_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_move_plan_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["to_space_id"], ["space.id"], name=op.f("fk_plan_move_to_space_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["told_by_id"], ["person.id"], name=op.f("fk_plan_move_told_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_move")),
        sa.UniqueConstraint("plan_id", "booking_id", name=op.f("uq_plan_move_plan_id_booking_id")),
    )
    op.create_index("ix_plan_booking_id", "plan", ["booking_id"])
    op.create_index("ix_plan_mends_id", "plan", ["mends_id"])
    op.create_index("ix_plan_move_booking_id", "plan_move", ["booking_id"])
    op.create_index("ix_plan_move_told", "plan_move", ["told"])
    op.create_index("ix_plan_move_consent", "plan_move", ["consent"])


def downgrade() -> None:
    op.drop_table("plan_move")
    op.drop_table("plan")
