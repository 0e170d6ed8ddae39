"""A plan has parts that other organisations see to: whose, whether they are ready, and until when the plan waits."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

REFERRING = {"part_of_id": "plan", "for_organisation_id": "organisation"}


def upgrade() -> None:
    for name, table in REFERRING.items():  # both databases add a column with its key; Alembic would make SQLite's anew
        op.execute(
            f"ALTER TABLE plan ADD COLUMN {name} INTEGER CONSTRAINT fk_plan_{name}_{table} REFERENCES {table} (id)"
        )
        op.create_index(op.f(f"ix_plan_{name}"), "plan", [name])
    op.add_column("plan", sa.Column("ready_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("plan", sa.Column("due_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(op.f("ix_plan_due_at"), "plan", ["due_at"])


def downgrade() -> None:
    op.drop_index(op.f("ix_plan_due_at"), "plan")
    op.drop_column("plan", "due_at")
    op.drop_column("plan", "ready_at")
    for name in reversed(REFERRING):
        op.drop_index(op.f(f"ix_plan_{name}"), "plan")
        op.drop_column("plan", name)
