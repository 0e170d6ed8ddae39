"""How many people each booking brings to a building, in rows that lie together by building and time: what a limit is
held to is found without looking at the bookings of other buildings."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

HOLDS_PLACE = ("pending", "confirmed", "checked_in")
IN_REFUGE = "CASE WHEN {row}.evacuation_buddy_id IS NULL THEN {row}.wheelchair ELSE 0 END"
COLUMNS = "building_id, starts_at, booking_id, ends_at, floor_id, zone_id, persons, in_refuge"
JOIN = """
    INSERT INTO crowd (building_id, starts_at, booking_id, ends_at, floor_id, zone_id, persons, in_refuge)
    SELECT floor.building_id, {starts_at}, NEW.id, {ends_at}, space.floor_id, space.zone_id, NEW.persons, {in_refuge}
    FROM space JOIN floor ON floor.id = space.floor_id WHERE space.id = NEW.space_id
"""
LEAVE = "DELETE FROM crowd WHERE booking_id = OLD.id"
HERE = f"NEW.status IN {HOLDS_PLACE}"
SPACE_MOVES = """
    UPDATE crowd SET floor_id = NEW.floor_id, zone_id = NEW.zone_id,
        building_id = (SELECT building_id FROM floor WHERE id = NEW.floor_id)
    WHERE booking_id IN (SELECT id FROM booking WHERE space_id = NEW.id)
"""
FLOOR_MOVES = "UPDATE crowd SET building_id = NEW.building_id WHERE floor_id = NEW.id"


def upgrade() -> None:
    connection = op.get_bind()
    is_sqlite = connection.dialect.name == "sqlite"
    instant = sa.DateTime(timezone=True)
    op.create_table(
        "crowd",
        sa.Column("building_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", instant, nullable=False),
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column("ends_at", instant, nullable=False),
        sa.Column("floor_id", sa.Integer(), nullable=False),
        sa.Column("zone_id", sa.Integer(), nullable=False),
        sa.Column("persons", sa.Integer(), nullable=False),
        sa.Column("in_refuge", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["building_id"], ["building.id"], name=op.f("fk_crowd_building_id")),
        sa.ForeignKeyConstraint(["booking_id"], ["booking.id"], name=op.f("fk_crowd_booking_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("building_id", "starts_at", "booking_id", name=op.f("pk_crowd")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_crowd_booking_id", "crowd", ["booking_id"])
    times = [f"strftime('%Y-%m-%d %H:%M:%f', {{row}}.{each}) || '000'" for each in ("starts_at", "ends_at")]
    starts_at, ends_at = times if is_sqlite else ("{row}.starts_at", "{row}.ends_at")
    connection.exec_driver_sql(
        f"INSERT INTO crowd ({COLUMNS}) SELECT floor.building_id, {starts_at.format(row='booking')}, booking.id, "
        f"{ends_at.format(row='booking')}, space.floor_id, space.zone_id, booking.persons, "
        f"{IN_REFUGE.format(row='booking')} FROM booking JOIN space ON space.id = booking.space_id "
        f"JOIN floor ON floor.id = space.floor_id WHERE booking.status IN {HOLDS_PLACE}"
    )
    in_refuge = IN_REFUGE.format(row="NEW")
    join = JOIN.format(starts_at=starts_at.format(row="NEW"), ends_at=ends_at.format(row="NEW"), in_refuge=in_refuge)
    for statement in _sqlite(join) if is_sqlite else _postgresql(join):
        connection.exec_driver_sql(statement)


def _sqlite(join: str):
    for name, body in {
        "booking_joins_the_crowd": f"AFTER INSERT ON booking WHEN {HERE} BEGIN {join}; END",
        "booking_changes_its_crowd": f"AFTER UPDATE ON booking BEGIN {LEAVE}; {join} AND {HERE}; END",
        "booking_leaves_the_crowd": f"AFTER DELETE ON booking BEGIN {LEAVE}; END",
        "space_takes_its_crowd_along": f"AFTER UPDATE OF floor_id, zone_id ON space BEGIN {SPACE_MOVES}; END",
        "floor_takes_its_crowd_along": f"AFTER UPDATE OF building_id ON floor BEGIN {FLOOR_MOVES}; END",
    }.items():
        yield f"CREATE TRIGGER {name} {body}"


def _postgresql(join: str):
    joins = f"IF TG_OP = 'UPDATE' THEN {LEAVE}; END IF; IF {HERE} THEN {join}; END IF;"
    for name, body, when in (
        ("booking_joins_the_crowd", joins, "INSERT OR UPDATE ON booking"),
        ("space_takes_its_crowd_along", f"{SPACE_MOVES};", "UPDATE OF floor_id, zone_id ON space"),
        ("floor_takes_its_crowd_along", f"{FLOOR_MOVES};", "UPDATE OF building_id ON floor"),
    ):
        yield f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} RETURN NULL; END $$"
        yield f"CREATE TRIGGER {name} AFTER {when} FOR EACH ROW EXECUTE FUNCTION {name}()"


def downgrade() -> None:
    connection = op.get_bind()
    names = ["booking_joins_the_crowd", "space_takes_its_crowd_along", "floor_takes_its_crowd_along"]
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"DROP FUNCTION {', '.join(names)} CASCADE")
    else:
        for name in (*names, "booking_changes_its_crowd", "booking_leaves_the_crowd"):
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
    op.drop_table("crowd")
