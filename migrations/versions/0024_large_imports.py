"""Large files are read and loaded by the worker: how far it is with them, and what it found."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("import_draft", sa.Column("state", sa.String(), server_default="seen", nullable=False))
    op.add_column("import_draft", sa.Column("rows", sa.Integer(), server_default="0", nullable=False))
    op.add_column("import_draft", sa.Column("revision", sa.Integer(), nullable=True))
    op.add_column("import_draft", sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True))
    op.add_column("import_draft", sa.Column("attempts", sa.Integer(), server_default="0", nullable=False))
    op.add_column("import_draft", sa.Column("found", sa.JSON(), nullable=True))


def downgrade() -> None:
    for column in ("found", "attempts", "leased_until", "revision", "rows", "state"):
        op.drop_column("import_draft", column)
