"""Bookings that were made as one bear one handle."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("booking", sa.Column("group_handle", sa.String(), nullable=True))
    some = sa.text("group_handle IS NOT NULL")
    op.create_index("ix_booking_group_handle", "booking", ["group_handle"], sqlite_where=some, postgresql_where=some)


def downgrade() -> None:
    op.drop_index("ix_booking_group_handle", "booking")
    op.drop_column("booking", "group_handle")
