"""Who coordinates and heads which services, and who books for whom: written down, no longer worked out from a zone."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

OTHERS = {
    "person_coordinates": ("service_id", "service"),
    "person_heads": ("service_id", "service"),
    "person_delegate": ("delegate_id", "person"),
}

# What was worked out until today: a coordinator's own service, and those of the same organisation and home zone.
COORDINATED = """
    INSERT INTO person_coordinates (person_id, service_id)
    SELECT person.id, service.id
      FROM person
      JOIN person_role ON person_role.person_id = person.id AND person_role.role = 'counter_coordinator'
      JOIN service ON service.id = person.service_id
           OR (service.organisation_id = person.organisation_id AND service.home_zone_id = person.home_zone_id)
"""
HEADED = """
    INSERT INTO person_heads (person_id, service_id)
    SELECT person.id, person.service_id
      FROM person
      JOIN person_role ON person_role.person_id = person.id AND person_role.role = 'service_head'
     WHERE person.service_id IS NOT NULL
"""
ASSUMED = """
    UPDATE person SET duties_assumed = {true}, version = version + 1
     WHERE id IN (SELECT person_id FROM person_coordinates UNION SELECT person_id FROM person_heads)
"""


def upgrade() -> None:
    op.add_column("person", sa.Column("duties_assumed", sa.Boolean(), server_default=sa.false(), nullable=False))
    for table, (column, other) in OTHERS.items():
        checks = [sa.CheckConstraint("delegate_id <> person_id", name=op.f("ck_person_delegate_somebody_else"))]
        op.create_table(
            table,
            sa.Column("person_id", sa.Integer(), nullable=False),
            sa.Column(column, sa.Integer(), nullable=False),
            *(checks if other == "person" else []),
            sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=f"fk_{table}_person_id", ondelete="CASCADE"),
            sa.ForeignKeyConstraint([column], [f"{other}.id"], name=f"fk_{table}_{column}", ondelete="CASCADE"),
            sa.PrimaryKeyConstraint("person_id", column, name=f"pk_{table}"),
        )
    op.create_index("ix_person_delegate_delegate_id", "person_delegate", ["delegate_id"], unique=False)
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in (COORDINATED, HEADED, ASSUMED.format(true=1 if is_sqlite else "true")):
        op.execute(statement)
    for table in OTHERS:
        _count_changes_of(table, is_sqlite=is_sqlite)


def downgrade() -> None:
    for table in OTHERS:
        op.drop_table(table)
    op.drop_column("person", "duties_assumed")


def _count_changes_of(table: str, *, is_sqlite: bool) -> None:
    if not is_sqlite:
        op.execute(
            f"CREATE TRIGGER {table}_is_revised BEFORE INSERT OR UPDATE OR DELETE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION bookings_revision_is_raised()"
        )
        return
    for event in ("INSERT", "UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_is_revised_{event.lower()} AFTER {event} ON {table} "
            "BEGIN UPDATE municipality SET bookings_revision = bookings_revision + 1; END"
        )
