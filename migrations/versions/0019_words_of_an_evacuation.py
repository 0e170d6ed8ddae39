"""Evacuation, drill and test are told apart; people who were not on the list are added; ticks come in later, once."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

SORTS = "sort IN ('checked_in', 'expected', 'counted', 'unknown', 'zone'%s)"


def upgrade() -> None:
    # Said in SQL: both databases add a column with its check; Alembic would make SQLite's table anew.
    op.execute(
        "ALTER TABLE evacuation ADD COLUMN sort VARCHAR DEFAULT 'live' NOT NULL "
        "CONSTRAINT ck_evacuation_sort_known CHECK (sort IN ('live', 'drill', 'test'))"
    )
    op.execute("UPDATE evacuation SET sort = 'drill' WHERE is_drill")
    op.drop_column("evacuation", "is_drill")
    op.add_column("evacuation_line", sa.Column("description", sa.String(), nullable=True))
    _line_sorts(", 'added'")
    op.add_column("evacuation_mark", sa.Column("client_key", sa.String(), nullable=True))
    op.add_column("evacuation_mark", sa.Column("received_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("uq_evacuation_mark_client_key", "evacuation_mark", ["evacuation_id", "client_key"], unique=True)


def downgrade() -> None:
    op.drop_index("uq_evacuation_mark_client_key", "evacuation_mark")
    op.drop_column("evacuation_mark", "received_at")
    op.drop_column("evacuation_mark", "client_key")
    op.execute("DELETE FROM evacuation_mark WHERE key LIKE 'x-%'")
    op.execute("DELETE FROM evacuation_line WHERE sort = 'added'")
    _line_sorts("")
    op.drop_column("evacuation_line", "description")
    op.add_column("evacuation", sa.Column("is_drill", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.execute(sa.text("UPDATE evacuation SET is_drill = :yes WHERE sort <> 'live'").bindparams(yes=True))
    op.drop_column("evacuation", "sort")  # its check goes with it: it is the column's own


def _line_sorts(more: str) -> None:
    with op.batch_alter_table("evacuation_line") as table:  # it has no triggers to be lost
        table.drop_constraint(op.f("ck_evacuation_line_sort_known"), type_="check")
        table.create_check_constraint(op.f("ck_evacuation_line_sort_known"), SORTS % more)
