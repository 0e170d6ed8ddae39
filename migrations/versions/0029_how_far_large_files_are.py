"""How many of a hundred rows of large files the worker has read, for whoever waits for it."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("import_draft", sa.Column("done", sa.Integer(), server_default="0", nullable=False))


def downgrade() -> None:
    op.drop_column("import_draft", "done")
