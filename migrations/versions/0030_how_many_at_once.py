"""How many pieces or persons one appointment of a service may be for, and what each beyond the first takes."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("service", sa.Column("max_quantity", sa.Integer(), server_default="1", nullable=False))
    op.add_column("service", sa.Column("minutes_per_extra", sa.Integer(), server_default="0", nullable=False))


def downgrade() -> None:
    op.drop_column("service", "minutes_per_extra")
    op.drop_column("service", "max_quantity")
