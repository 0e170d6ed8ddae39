"""A rule may hold otherwise in a single zone than in the house."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("occupancy_rule") as table:
        table.add_column(sa.Column("zone_code", sa.String(), server_default="", nullable=False))
        table.add_column(sa.Column("lifted", sa.Boolean(), server_default=sa.false(), nullable=False))
        table.drop_constraint(op.f("uq_occupancy_rule_code_valid_from"), type_="unique")
        table.create_unique_constraint(
            op.f("uq_occupancy_rule_code_zone_code_valid_from"), ["code", "zone_code", "valid_from"]
        )
        table.create_check_constraint(op.f("ck_occupancy_rule_only_a_zone_is_lifted"), "zone_code <> '' OR NOT lifted")
    _count_its_rows()


def downgrade() -> None:
    """What zones had of their own is lost: before, a rule held in the whole house."""
    op.execute("DELETE FROM occupancy_rule WHERE zone_code <> ''")
    with op.batch_alter_table("occupancy_rule") as table:
        table.drop_constraint(op.f("ck_occupancy_rule_only_a_zone_is_lifted"), type_="check")
        table.drop_constraint(op.f("uq_occupancy_rule_code_zone_code_valid_from"), type_="unique")
        table.create_unique_constraint(op.f("uq_occupancy_rule_code_valid_from"), ["code", "valid_from"])
        table.drop_column("lifted")
        table.drop_column("zone_code")
    _count_its_rows()


def _count_its_rows() -> None:
    """Batch mode made the SQLite table anew, without its triggers."""
    if op.get_bind().dialect.name != "sqlite":
        return
    for event in ("INSERT", "UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER occupancy_rule_is_revised_{event.lower()} AFTER {event} ON occupancy_rule "
            "BEGIN UPDATE municipality SET revision = revision + 1; END"
        )
