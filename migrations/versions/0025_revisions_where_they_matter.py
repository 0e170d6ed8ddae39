"""A revision for each table, each day of each space and each person's bookings, so that a change here leaves what is
kept in memory of elsewhere true; and on PostgreSQL raised once a transaction, however many rows it writes."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

COUNTED = {
    "revision": (
        "house_is_revised",
        "revised_in",
        (
            "building",
            "organisation",
            "service",
            "floor",
            "zone",
            "zone_bookable_by",
            "head_count_limit",
            "occupancy_rule",
            "space",
            "space_bookable_by",
            "space_part",
            "equipment",
            "plan_rectangle",
            "space_policy",
            "layout_capacity",
            "opening_hours",
            "closure",
            "closure_organisation",
            "announcement",
            "quota",
            "precedence",
            "outage",
        ),
    ),
    "bookings_revision": (
        "bookings_revision_is_raised",
        "bookings_revised_in",
        (
            "booking",
            "booking_caller",
            "approval",
            "series",
            "person",
            "person_role",
            "space_count",
            "person_coordinates",
            "person_heads",
            "person_delegate",
        ),
    ),
}
MARKING = ("booking", "booking_caller", "approval")
MUNICIPALITY_COLUMNS = "code, name_nl, name_fr, name_en, name_de, languages, timezone, public_french"
EVENTS = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}
COLUMNS = ("space_id", "starts_at", "ends_at", "organiser_id", "booked_by_id")

TABLE_IS_REVISED = """
    INSERT INTO table_revision (name, revision)
    SELECT {table}, coalesce(max(revision + bookings_revision), 0) FROM municipality WHERE true
    ON CONFLICT (name) DO UPDATE SET revision = excluded.revision WHERE table_revision.revision <> excluded.revision
"""
DAYS_ARE_REVISED = """
    INSERT INTO space_day (space_id, day, revision)
    SELECT place.id, {day}, (SELECT coalesce(max(bookings_revision), 0) FROM municipality)
    FROM (SELECT {space_id} AS id UNION SELECT part_id FROM space_part WHERE composite_id = {space_id}) AS place,
         (SELECT 0 AS later UNION SELECT 1 UNION SELECT 2) AS days
    WHERE {day} <= {last_day}
    ON CONFLICT (space_id, day) DO UPDATE SET revision = excluded.revision
    WHERE space_day.revision <> excluded.revision
"""
PEOPLE_ARE_REVISED = """
    INSERT INTO person_revision (person_id, revision)
    SELECT theirs.id, (SELECT coalesce(max(bookings_revision), 0) FROM municipality)
    FROM (SELECT {organiser_id} AS id UNION SELECT {booked_by_id}) AS theirs WHERE theirs.id IS NOT NULL
    ON CONFLICT (person_id) DO UPDATE SET revision = excluded.revision
    WHERE person_revision.revision <> excluded.revision
"""
DAYS = {
    "sqlite": {"day": "date({starts_at}, days.later || ' days')", "last_day": "date({ends_at}, '-0.001 seconds')"},
    "postgresql": {
        "day": "({starts_at} AT TIME ZONE 'UTC')::date + days.later",
        "last_day": "(({ends_at} - interval '1 millisecond') AT TIME ZONE 'UTC')::date",
    },
}


def upgrade() -> None:
    op.create_table(
        "table_revision",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_table_revision")),
    )
    op.create_table(
        "space_day",
        sa.Column("space_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("space_id", "day", name=op.f("pk_space_day")),
    )
    op.create_index("ix_space_day_space_id_revision", "space_day", ["space_id", "revision"])
    op.create_table(
        "person_revision",
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_person_revision")),
    )
    for _function, within, _tables in COUNTED.values():
        op.add_column("municipality", sa.Column(within, sa.BigInteger(), server_default="0", nullable=False))
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        _upgrade_postgresql(connection)
        return
    _drop_sqlite(connection)
    for number, (_raised_by, _within, tables) in COUNTED.items():
        for table in tables:
            raised = [f"UPDATE municipality SET {number} = {number} + 1", _revised(f"'{table}'")]
            for event, rows in EVENTS.items():
                _trigger(connection, table, event, "; ".join([*raised, *_marked(table, rows, "sqlite")]))
    itself = _revised("'municipality'")
    _trigger_of_municipality(connection, f"UPDATE municipality SET revision = revision + 1; {itself}")


def _upgrade_postgresql(connection: sa.Connection) -> None:
    for number, (function, within, _tables) in COUNTED.items():
        raised = (
            f"UPDATE municipality SET {number} = {number} + 1, {within} = txid_current() "
            f"WHERE {within} <> txid_current();{_revised('TG_TABLE_NAME')};"
        )
        _function(connection, function, raised)
    for table in MARKING:
        parts = []
        for row, other in (("OLD", "INSERT"), ("NEW", "DELETE")):
            parts.append(f"IF TG_OP <> '{other}' THEN {'; '.join(_marked(table, (row,), 'postgresql'))}; END IF;")
        _function(connection, f"days_of_{table}_are_revised", " ".join(parts))
        connection.exec_driver_sql(
            f"CREATE TRIGGER days_of_{table}_are_revised AFTER INSERT OR UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION days_of_{table}_are_revised()"
        )


def downgrade() -> None:
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        functions = ", ".join(f"days_of_{table}_are_revised" for table in MARKING)
        connection.exec_driver_sql(f"DROP FUNCTION {functions} CASCADE")
        for number, (function, _within, _tables) in COUNTED.items():
            _function(connection, function, f"UPDATE municipality SET {number} = {number} + 1;")
    else:
        _drop_sqlite(connection)
        for number, (_raised_by, _within, tables) in COUNTED.items():
            for table in tables:
                for event in EVENTS:
                    _trigger(connection, table, event, f"UPDATE municipality SET {number} = {number} + 1")
        _trigger_of_municipality(connection, "UPDATE municipality SET revision = revision + 1")
    for _raised_by, within, _tables in COUNTED.values():
        op.drop_column("municipality", within)
    for table in ("person_revision", "space_day", "table_revision"):
        op.drop_table(table)


def _drop_sqlite(connection: sa.Connection) -> None:
    for _raised_by, _within, tables in COUNTED.values():
        for table in tables:
            for event in EVENTS:
                connection.exec_driver_sql(f"DROP TRIGGER {table}_is_revised_{event.lower()}")
    connection.exec_driver_sql("DROP TRIGGER municipality_is_revised")


def _trigger(connection: sa.Connection, table: str, event: str, body: str) -> None:
    connection.exec_driver_sql(
        f"CREATE TRIGGER {table}_is_revised_{event.lower()} AFTER {event} ON {table} BEGIN {body}; END"
    )


def _trigger_of_municipality(connection: sa.Connection, body: str) -> None:
    connection.exec_driver_sql(
        f"CREATE TRIGGER municipality_is_revised AFTER UPDATE OF {MUNICIPALITY_COLUMNS} ON municipality "
        f"BEGIN {body}; END"
    )


def _function(connection: sa.Connection, name: str, body: str) -> None:
    connection.exec_driver_sql(
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} RETURN NULL; END $$"
    )


def _revised(table: str) -> str:
    return TABLE_IS_REVISED.format(table=table)


def _marked(table: str, rows: tuple[str, ...], dialect: str) -> list[str]:
    """Where a booking stood, or stands now, and whose it was, or is."""
    if table not in MARKING:
        return []
    marked = []
    for row in rows:
        one = "{row}.{column}" if table == "booking" else "(SELECT {column} FROM booking WHERE id = {row}.booking_id)"
        values = {column: one.format(row=row, column=column) for column in COLUMNS}
        days = {name: how.format(**values) for name, how in DAYS[dialect].items()}
        marked += [DAYS_ARE_REVISED.format(**values, **days), PEOPLE_ARE_REVISED.format(**values)]
    return marked
