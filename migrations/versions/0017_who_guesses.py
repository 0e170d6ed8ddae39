"""Where a sign-in failed, and the browsers in which somebody signed in before."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_table("sign_in_attempt")  # what it counted is forgotten within the hour anyway
    op.create_table(
        "sign_in_failure",
        sa.Column("name_hash", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_failure")),
    )
    for columns in (["name_hash", "at"], ["place", "at"], ["at"]):
        op.create_index(op.f("_".join(["ix_sign_in_failure", *columns])), "sign_in_failure", columns)
    op.create_table(
        "known_browser",
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_known_browser_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("token_hash", "person_id", name=op.f("pk_known_browser")),
    )
    op.create_index(op.f("ix_known_browser_person_id"), "known_browser", ["person_id"])


def downgrade() -> None:
    op.drop_table("known_browser")
    op.drop_table("sign_in_failure")
    op.create_table(
        "sign_in_attempt",
        sa.Column("username", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_attempt")),
    )
    for column in ("address", "username"):
        op.create_index(f"ix_sign_in_attempt_{column}_at", "sign_in_attempt", [column, "at"])
