"""Mail goes out in order and may end unsent: what each waiting mail is about and for whom, and when it was given up."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

EACH_UID = {
    "sqlite": """
        SELECT DISTINCT outbox.id, json_extract(booking.value, '$.uid'),
               coalesce('person:' || recipient_id, 'caller:' || json_extract(caller, '$.email'))
        FROM outbox, json_each(outbox.facts, '$.bookings') AS booking
    """,
    "postgresql": """
        SELECT DISTINCT outbox.id, booking ->> 'uid',
               coalesce('person:' || recipient_id, 'caller:' || (caller ->> 'email'))
        FROM outbox, json_array_elements(outbox.facts -> 'bookings') AS booking
    """,
}


def upgrade() -> None:
    op.add_column("outbox", sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(op.f("ix_outbox_failed_at"), "outbox", ["failed_at"])
    op.create_table(
        "outbox_about",
        sa.Column("outbox_id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["outbox_id"], ["outbox.id"], name=op.f("fk_outbox_about_outbox_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("outbox_id", "uid", name=op.f("pk_outbox_about")),
    )
    op.create_index(op.f("ix_outbox_about_uid_recipient"), "outbox_about", ["uid", "recipient"])
    waiting = "WHERE sent_at IS NULL AND (recipient_id IS NOT NULL OR caller IS NOT NULL)"
    op.execute(f"INSERT INTO outbox_about (outbox_id, uid, recipient) {EACH_UID[op.get_bind().dialect.name]} {waiting}")


def downgrade() -> None:
    op.drop_table("outbox_about")
    op.drop_index(op.f("ix_outbox_failed_at"), "outbox")
    op.drop_column("outbox", "failed_at")
