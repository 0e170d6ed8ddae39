"""A revision of the bookings, so that a page which has not changed need not be made again."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

COUNTED = ("booking", "approval", "series", "person", "person_role")
RAISED = "UPDATE municipality SET bookings_revision = bookings_revision + 1"


def upgrade() -> None:
    op.add_column("municipality", sa.Column("bookings_revision", sa.Integer(), server_default="1", nullable=False))
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION bookings_revision_is_raised() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN {RAISED}; RETURN NULL; END $$"
        )
        for table in COUNTED:
            op.execute(
                f"CREATE TRIGGER {table}_is_revised BEFORE INSERT OR UPDATE OR DELETE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION bookings_revision_is_raised()"
            )
    else:
        for table in COUNTED:
            for event in ("INSERT", "UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_is_revised_{event.lower()} AFTER {event} ON {table} BEGIN {RAISED}; END"
                )


def downgrade() -> None:
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("DROP FUNCTION bookings_revision_is_raised CASCADE")
    else:
        for table in COUNTED:
            for event in ("insert", "update", "delete"):
                connection.exec_driver_sql(f"DROP TRIGGER {table}_is_revised_{event}")
    op.drop_column("municipality", "bookings_revision")
