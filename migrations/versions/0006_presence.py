"""How many people are in the open spaces now."""

import sqlalchemy as sa
from alembic import op

from models.tables import guard

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
    guard.count_changes(op.get_bind(), ("space_count",), "bookings_revision")


def downgrade() -> None:
    op.drop_table("space_count")
