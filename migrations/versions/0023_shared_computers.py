"""Sessions at a computer that several people use, and when such a one was locked."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("session", sa.Column("shared", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("session", sa.Column("locked_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("session", "locked_at")
    op.drop_column("session", "shared")
