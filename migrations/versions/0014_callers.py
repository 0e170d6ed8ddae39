"""For whom the front desk books without an account: a caller has a name of their own, and the booking no organiser.

SQLite takes NOT NULL off no column, and making the tables anew would take their triggers away; but it is a word of the
schema alone, which is changed there, as SQLite's page on ALTER TABLE says how.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

NEEDED_NO_MORE = (("booking", "organiser_id"), ("outbox", "recipient_id"))


def upgrade() -> None:
    op.create_table(
        "booking_caller",
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("association", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["booking_id"], ["booking.id"], name=op.f("fk_booking_caller_booking_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("booking_id", name=op.f("pk_booking_caller")),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE TRIGGER booking_caller_is_revised BEFORE INSERT OR UPDATE OR DELETE ON booking_caller "
            "FOR EACH STATEMENT EXECUTE FUNCTION bookings_revision_is_raised()"
        )
    else:
        for event in ("INSERT", "UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER booking_caller_is_revised_{event.lower()} AFTER {event} ON booking_caller "
                "BEGIN UPDATE municipality SET bookings_revision = bookings_revision + 1; END"
            )
    op.add_column("outbox", sa.Column("caller", sa.JSON(), nullable=True))
    op.add_column(
        "organisation", sa.Column("stands_for_public", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    # Until files say which it is: the one whose people are associations and residents.
    op.execute(
        "UPDATE organisation SET stands_for_public = true WHERE id = ("
        "SELECT person.organisation_id FROM person JOIN person_role ON person_role.person_id = person.id "
        "JOIN organisation AS theirs ON theirs.id = person.organisation_id "
        "WHERE person_role.role IN ('association', 'resident') AND NOT theirs.is_host "
        "GROUP BY person.organisation_id ORDER BY count(*) DESC, person.organisation_id LIMIT 1)"
    )
    for table, column in NEEDED_NO_MORE:
        _alter(table, column, nullable=True)


def downgrade() -> None:
    op.execute("UPDATE booking SET organiser_id = booked_by_id WHERE organiser_id IS NULL")
    op.execute("DELETE FROM outbox WHERE recipient_id IS NULL")
    for table, column in NEEDED_NO_MORE:
        _alter(table, column, nullable=False)
    op.drop_column("organisation", "stands_for_public")
    op.drop_column("outbox", "caller")
    op.drop_table("booking_caller")


def _alter(table: str, column: str, *, nullable: bool) -> None:
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        op.alter_column(table, column, nullable=nullable)
        return
    needed, free = f"{column} INTEGER NOT NULL", f"{column} INTEGER"
    version = connection.exec_driver_sql("PRAGMA schema_version").scalar_one()
    connection.exec_driver_sql("PRAGMA writable_schema = ON")
    connection.exec_driver_sql(
        "UPDATE sqlite_master SET sql = replace(sql, ?, ?) WHERE type = 'table' AND name = ?",
        (needed, free, table) if nullable else (free, needed, table),
    )
    connection.exec_driver_sql(f"PRAGMA schema_version = {version + 1}")  # others read the schema anew
    connection.exec_driver_sql("PRAGMA writable_schema = OFF")
