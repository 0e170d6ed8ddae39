"""Triggers that raise revisions, whoever writes: what was read at one is true for as long as it stands.

Two numbers of the municipality only ever grow, one with each change of the house, one with each change of bookings,
people and their duties. Whatever changed is marked with the number that its change brought: of a booking each day of
each space that it stood or stands in, and its people; of anything its table, with the sum of both. So the highest of
several marks tells whether any of them moved.

On PostgreSQL a number is raised once a transaction, `revised_in` telling in which: a row that one transaction raises
thirty thousand times keeps thirty thousand versions, through which each further raise has to look. A mark, too, is set
once a transaction. SQLite, which keeps no versions and has no triggers for statements, raises with each row.
"""

from __future__ import annotations

from collections.abc import Iterator

HOUSE_TABLES = (
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
)
BOOKING_TABLES = (
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
    "person_language",
    "roster_duty",
    "roster_day",
    "absence",
)
# What belongs to a booking and stands in a table of its own: a change of it is one of the booking's days and people.
BESIDE_A_BOOKING = ("booking_caller", "approval")
# By number of the municipality: the function that raises it, in which transaction it did, and for which tables.
COUNTED = {
    "revision": ("house_is_revised", "revised_in", HOUSE_TABLES),
    "bookings_revision": ("bookings_revision_is_raised", "bookings_revised_in", BOOKING_TABLES),
}
MUNICIPALITY_COLUMNS = "code, name_nl, name_fr, name_en, name_de, languages, timezone, public_french"
EVENTS = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}

_TABLE_IS_REVISED = """
    INSERT INTO table_revision (name, revision)
    SELECT {table}, coalesce(max(revision + bookings_revision), 0) FROM municipality WHERE true
    ON CONFLICT (name) DO UPDATE SET revision = excluded.revision WHERE table_revision.revision <> excluded.revision
"""
# A composite's parts are marked beside it. A day is one of UTC; no booking touches more than three. What is no instant
# has no day, and the guard refuses it.
_DAYS_ARE_REVISED = """
    INSERT INTO space_day (space_id, day, revision)
    SELECT place.id, {day}, (SELECT coalesce(max(bookings_revision), 0) FROM municipality)
    FROM (SELECT {space_id} AS id UNION SELECT part_id FROM space_part WHERE composite_id = {space_id}) AS place,
         (SELECT 0 AS later UNION SELECT 1 UNION SELECT 2) AS days
    WHERE {day} <= {last_day}
    ON CONFLICT (space_id, day) DO UPDATE SET revision = excluded.revision
    WHERE space_day.revision <> excluded.revision
"""
_PEOPLE_ARE_REVISED = """
    INSERT INTO person_revision (person_id, revision)
    SELECT theirs.id, (SELECT coalesce(max(bookings_revision), 0) FROM municipality)
    FROM (SELECT {organiser_id} AS id UNION SELECT {booked_by_id}) AS theirs WHERE theirs.id IS NOT NULL
    ON CONFLICT (person_id) DO UPDATE SET revision = excluded.revision
    WHERE person_revision.revision <> excluded.revision
"""
_SQLITE_DAYS = {
    "day": "date({starts_at}, days.later || ' days')",
    "last_day": "date({ends_at}, '-0.001 seconds')",
}
_POSTGRESQL_DAYS = {
    "day": "({starts_at} AT TIME ZONE 'UTC')::date + days.later",
    "last_day": "(({ends_at} - interval '1 millisecond') AT TIME ZONE 'UTC')::date",
}
_COLUMNS = ("space_id", "starts_at", "ends_at", "organiser_id", "booked_by_id")


def statements(dialect: str) -> Iterator[str]:
    """What puts these triggers in place."""
    return _for_sqlite() if dialect == "sqlite" else _for_postgresql()


def _for_sqlite() -> Iterator[str]:
    """One trigger for all that an event raises: in which order SQLite runs several is nobody's promise."""
    for number, (_function, _within, tables) in COUNTED.items():
        for table in tables:
            raised = [f"UPDATE municipality SET {number} = {number} + 1", _revised(f"'{table}'")]
            for event, rows in EVENTS.items():
                body = "; ".join([*raised, *_marked(table, rows, _SQLITE_DAYS)])
                yield f"CREATE TRIGGER {table}_is_revised_{event.lower()} AFTER {event} ON {table} BEGIN {body}; END"
    itself = _revised("'municipality'")
    yield (
        f"CREATE TRIGGER municipality_is_revised AFTER UPDATE OF {MUNICIPALITY_COLUMNS} ON municipality "
        f"BEGIN UPDATE municipality SET revision = revision + 1; {itself}; END"
    )


def _for_postgresql() -> Iterator[str]:
    for number, (function, within, tables) in COUNTED.items():
        yield _function(
            function,
            f"UPDATE municipality SET {number} = {number} + 1, {within} = txid_current() "
            f"WHERE {within} <> txid_current();{_revised('TG_TABLE_NAME')};",
        )
        for table in tables:
            # Before the change, so that whoever writes takes locks in the order of write_transaction().
            yield (
                f"CREATE TRIGGER {table}_is_revised BEFORE INSERT OR UPDATE OR DELETE ON {table} "
                f"FOR EACH STATEMENT EXECUTE FUNCTION {function}()"
            )
    for table in ("booking", *BESIDE_A_BOOKING):
        yield _function(f"days_of_{table}_are_revised", " ".join(_by_operation(table)))
        yield (
            f"CREATE TRIGGER days_of_{table}_are_revised AFTER INSERT OR UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION days_of_{table}_are_revised()"
        )
    yield (
        f"CREATE TRIGGER municipality_is_revised AFTER UPDATE OF {MUNICIPALITY_COLUMNS} ON municipality "
        "FOR EACH STATEMENT EXECUTE FUNCTION house_is_revised()"
    )


def _function(name: str, body: str) -> str:
    return f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} RETURN NULL; END $$"


def _by_operation(table: str) -> Iterator[str]:
    for row, other in (("OLD", "INSERT"), ("NEW", "DELETE")):
        marked = "; ".join(_marked(table, (row,), _POSTGRESQL_DAYS))
        yield f"IF TG_OP <> '{other}' THEN {marked}; END IF;"


def _revised(table: str) -> str:
    return _TABLE_IS_REVISED.format(table=table)


def _marked(table: str, rows: tuple[str, ...], days: dict[str, str]) -> Iterator[str]:
    """Where a booking stood, or stands now, and whose it was, or is."""
    if table != "booking" and table not in BESIDE_A_BOOKING:
        return
    for row in rows:
        one = "{row}.{column}" if table == "booking" else "(SELECT {column} FROM booking WHERE id = {row}.booking_id)"
        values = {column: one.format(row=row, column=column) for column in _COLUMNS}
        yield _DAYS_ARE_REVISED.format(**values, **{name: how.format(**values) for name, how in days.items()})
        yield _PEOPLE_ARE_REVISED.format(**values)


def stepped_past(number: int) -> Iterator[str]:
    """After another database took the place of one whose revisions stood at no more than `number`: each revision is one
    that nobody has met."""
    yield (
        f"UPDATE municipality SET revision = {number} + 1, bookings_revision = {number} + 1, revised_in = 0,"
        " bookings_revised_in = 0"
    )
    yield f"UPDATE table_revision SET revision = 2 * ({number} + 1)"
    yield f"UPDATE space_day SET revision = {number} + 1"
    yield f"UPDATE person_revision SET revision = {number} + 1"
