"""A place may be kept for a moment while somebody types."""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("booking", sa.Column("hold", sa.String(), nullable=True))
    some = sa.text("hold IS NOT NULL")
    op.create_index("ix_booking_hold", "booking", ["hold_until"], sqlite_where=some, postgresql_where=some)


def downgrade() -> None:
    op.drop_index("ix_booking_hold", "booking")
    op.drop_column("booking", "hold")
