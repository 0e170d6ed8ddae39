"""Screens and kiosks that are paired for a zone."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "device",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handle", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("zone_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("pairing_hash", sa.String(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=True),
        sa.Column("paired_by_id", sa.Integer(), nullable=True),
        sa.Column("paired_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind IN ('display', 'kiosk')", name=op.f("ck_device_kind_known")),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=op.f("fk_device_zone_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["paired_by_id"], ["person.id"], name=op.f("fk_device_paired_by_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_device")),
        sa.UniqueConstraint("pairing_hash", name=op.f("uq_device_pairing_hash")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_device_token_hash")),
    )
    op.create_index(op.f("ix_device_handle"), "device", ["handle"], unique=True)
    op.create_index(op.f("ix_device_zone_id"), "device", ["zone_id"])


def downgrade() -> None:
    op.drop_table("device")
