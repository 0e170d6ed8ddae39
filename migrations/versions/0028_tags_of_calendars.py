"""A calendar's tag beside it, and at which state of the house and its bookings it was made: whoever asks in vain is
answered without its text."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("feed", sa.Column("tag", sa.String(), nullable=True))
    op.add_column("feed", sa.Column("tag_of", sa.String(), nullable=True))
    op.add_column("feed", sa.Column("tag_spaces", sa.JSON(), nullable=True))


def downgrade() -> None:
    for column in ("tag_spaces", "tag_of", "tag"):
        op.drop_column("feed", column)
