"""What an API token is for, and until when it works. Those from before have no name and no end."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("api_token", sa.Column("name", sa.String(), nullable=True))
    op.add_column("api_token", sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("api_token", "ends_at")
    op.drop_column("api_token", "name")
