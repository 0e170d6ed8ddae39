"""A revision of the bookings, so that a page which has not changed need not be made again."""

import sqlalchemy as sa
from alembic import op

from models.tables import guard

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

COUNTED = ("booking", "approval", "series", "person", "person_role")


def upgrade() -> None:
    op.add_column("municipality", sa.Column("bookings_revision", sa.Integer(), server_default="1", nullable=False))
    guard.count_changes(op.get_bind(), COUNTED, "bookings_revision")


def downgrade() -> None:
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("DROP FUNCTION bookings_revision_is_raised CASCADE")
    else:
        for table in COUNTED:
            for event in ("insert", "update", "delete"):
                connection.exec_driver_sql(f"DROP TRIGGER {table}_is_revised_{event}")
    op.drop_column("municipality", "bookings_revision")
