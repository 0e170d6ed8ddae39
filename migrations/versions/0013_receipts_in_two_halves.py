"""Receipts in two halves: for whom a refused wish was stands beside what was judged, and what was written before, with
names in it, is known by its shape. The worker writes that anew."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

TABLES = ("receipt", "rulebook")
# On SQLite a column that is added brings its foreign key along, or none.
ASKED_FOR = "asked_for_id INTEGER CONSTRAINT fk_receipt_asked_for_id REFERENCES person (id)"


def upgrade() -> None:
    op.execute(f"ALTER TABLE receipt ADD COLUMN {ASKED_FOR}")
    for table in TABLES:
        op.add_column(table, sa.Column("shape", sa.Integer(), server_default="1", nullable=False))
        op.create_index(
            f"ix_{table}_with_names",
            table,
            ["id"],
            sqlite_where=sa.text("shape = 1"),
            postgresql_where=sa.text("shape = 1"),
        )


def downgrade() -> None:
    for table in TABLES:
        op.drop_index(f"ix_{table}_with_names", table)
        op.drop_column(table, "shape")
    op.drop_column("receipt", "asked_for_id")
