"""What the house has to tell whoever comes."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "announcement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scope_type", sa.String(), nullable=True),
        sa.Column("scope_code", sa.String(), nullable=True),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("name_nl", sa.String(), nullable=False),
        sa.Column("name_fr", sa.String(), nullable=True),
        sa.Column("name_en", sa.String(), nullable=True),
        sa.Column("name_de", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("scope_type IN ('building', 'floor', 'zone')", name=op.f("ck_announcement_scope_known")),
        sa.CheckConstraint("(scope_type IS NULL) = (scope_code IS NULL)", name=op.f("ck_announcement_scope_whole")),
        sa.CheckConstraint("level IN ('info', 'warning')", name=op.f("ck_announcement_level_known")),
        sa.CheckConstraint("valid_to >= valid_from", name=op.f("ck_announcement_ends_after_it_starts")),
        sa.ForeignKeyConstraint(["created_by_id"], ["person.id"], name="fk_announcement_created_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_announcement"),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE TRIGGER announcement_is_revised BEFORE INSERT OR UPDATE OR DELETE ON announcement "
            "FOR EACH STATEMENT EXECUTE FUNCTION house_is_revised()"
        )
    else:
        for event in ("INSERT", "UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER announcement_is_revised_{event.lower()} AFTER {event} ON announcement "
                "BEGIN UPDATE municipality SET revision = revision + 1; END"
            )


def downgrade() -> None:
    op.drop_table("announcement")
