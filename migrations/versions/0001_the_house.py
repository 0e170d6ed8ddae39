"""The house, its people and its bookings."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# The guard as it was on the day of this migration: see models/tables/guard.py for what it is now.
HOLDS_PLACE = "('pending', 'confirmed', 'checked_in')"
MUNICIPALITY_COLUMNS = "code, name_nl, name_fr, name_en, name_de, languages, timezone, public_french"
COUNTED = (
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
)
RAISED = "UPDATE municipality SET revision = revision + 1"
OCCUPY = """
    INSERT INTO occupation (booking_id, space_id, starts_at, ends_at, apart)
    SELECT NEW.id, place.id, {starts_at}, {ends_at},
           CASE WHEN NEW.exclusive OR (SELECT exclusive FROM space WHERE id = NEW.space_id) THEN NEW.id ELSE 0 END
    FROM (SELECT part_id AS id FROM space_part WHERE composite_id = NEW.space_id
          UNION ALL
          SELECT NEW.space_id WHERE NOT EXISTS (SELECT 1 FROM space_part WHERE composite_id = NEW.space_id)) AS place
"""

# SQLite compares instants as text. However raw SQL writes one, it stands in `occupation` as SQLAlchemy would write it;
# what is no instant becomes NULL there and is refused.
AS_TEXT = "strftime('%Y-%m-%d %H:%M:%f', NEW.{column}) || '000'"
SQLITE_OCCUPY = OCCUPY.format(starts_at=AS_TEXT.format(column="starts_at"), ends_at=AS_TEXT.format(column="ends_at"))

SQLITE_CLASH = """
    SELECT RAISE(ABORT, 'booking longer than a day')
     WHERE julianday(NEW.ends_at) - julianday(NEW.starts_at) > 1.00001;
    SELECT RAISE(ABORT, 'space_taken') WHERE EXISTS (
        SELECT 1 FROM occupation AS other
         WHERE other.space_id = NEW.space_id AND other.starts_at < NEW.ends_at AND other.ends_at > NEW.starts_at
           AND other.starts_at >= datetime(NEW.starts_at, '-1 day') AND other.apart <> NEW.apart);
"""

SQLITE = {
    "booking_takes_its_place": f"AFTER INSERT ON booking WHEN NEW.status IN {HOLDS_PLACE} BEGIN {SQLITE_OCCUPY}; END",
    "booking_changes_its_place": f"""AFTER UPDATE ON booking BEGIN
        DELETE FROM occupation WHERE booking_id = OLD.id;
        {SQLITE_OCCUPY} WHERE NEW.status IN {HOLDS_PLACE};
        END""",
    "booking_leaves_its_place": """AFTER DELETE ON booking BEGIN
        DELETE FROM occupation WHERE booking_id = OLD.id;
        END""",
    "occupation_is_not_shared_insert": f"BEFORE INSERT ON occupation BEGIN {SQLITE_CLASH} END",
    "occupation_is_not_shared_update": f"BEFORE UPDATE ON occupation BEGIN {SQLITE_CLASH} END",
    "municipality_is_revised": f"AFTER UPDATE OF {MUNICIPALITY_COLUMNS} ON municipality BEGIN {RAISED}; END",
    **{
        f"{table}_is_revised_{event.lower()}": f"AFTER {event} ON {table} BEGIN {RAISED}; END"
        for table in COUNTED
        for event in ("INSERT", "UPDATE", "DELETE")
    },
}

POSTGRESQL = f"""
CREATE EXTENSION IF NOT EXISTS btree_gist;
ALTER TABLE booking ADD CONSTRAINT ck_booking_at_most_a_day CHECK (ends_at - starts_at <= interval '24 hours');
ALTER TABLE occupation ADD CONSTRAINT space_taken EXCLUDE USING gist
    (space_id WITH =, tstzrange(starts_at, ends_at) WITH &&, apart WITH <>);
CREATE FUNCTION booking_takes_its_place() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        DELETE FROM occupation WHERE booking_id = OLD.id;
    END IF;
    IF NEW.status IN {HOLDS_PLACE} THEN
        {OCCUPY.format(starts_at="NEW.starts_at", ends_at="NEW.ends_at")};
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER booking_takes_its_place AFTER INSERT OR UPDATE ON booking
    FOR EACH ROW EXECUTE FUNCTION booking_takes_its_place();
CREATE FUNCTION house_is_revised() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {RAISED}; RETURN NULL; END $$;
CREATE TRIGGER municipality_is_revised AFTER UPDATE OF {MUNICIPALITY_COLUMNS} ON municipality
    FOR EACH STATEMENT EXECUTE FUNCTION house_is_revised();
""" + "".join(
    f"""
CREATE TRIGGER {table}_is_revised BEFORE INSERT OR UPDATE OR DELETE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION house_is_revised();"""
    for table in COUNTED
)


def upgrade() -> None:
    op.create_table(
        "building",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("name_nl", sa.String(), nullable=False),
        sa.Column("name_fr", sa.String(), nullable=True),
        sa.Column("name_en", sa.String(), nullable=True),
        sa.Column("name_de", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("valid_to >= valid_from", name=op.f("ck_building_ends_after_it_starts")),
        sa.PrimaryKeyConstraint("id", name="pk_building"),
        sa.UniqueConstraint("code", name="uq_building_code"),
    )
    op.create_table(
        "closure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("opens_minute", sa.Integer(), nullable=True),
        sa.Column("closes_minute", sa.Integer(), nullable=True),
        sa.Column("name_nl", sa.String(), nullable=False),
        sa.Column("name_fr", sa.String(), nullable=True),
        sa.Column("name_en", sa.String(), nullable=True),
        sa.Column("name_de", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint(
            "kind <> 'half_day' OR closes_minute > opens_minute", name=op.f("ck_closure_half_day_has_hours")
        ),
        sa.PrimaryKeyConstraint("id", name="pk_closure"),
    )
    op.create_index("ix_closure_day", "closure", ["day"], unique=False)
    op.create_table(
        "idempotency_key",
        sa.Column("caller", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("body_hash", sa.String(), nullable=False),
        sa.Column("booking_ids", sa.JSON(), nullable=False),
        sa.Column("answer", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("caller", "key", name="pk_idempotency_key"),
    )
    op.create_index("ix_idempotency_key_created_at", "idempotency_key", ["created_at"], unique=False)
    op.create_table(
        "municipality",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("languages", sa.String(), nullable=False),
        sa.Column("timezone", sa.String(), nullable=False),
        sa.Column("public_french", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.Integer(), server_default="1", nullable=False),
        sa.Column("name_nl", sa.String(), nullable=False),
        sa.Column("name_fr", sa.String(), nullable=True),
        sa.Column("name_en", sa.String(), nullable=True),
        sa.Column("name_de", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_municipality"),
        sa.UniqueConstraint("code", name="uq_municipality_code"),
    )
    op.create_table(
        "occupancy_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("severity", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("parameter", sa.String(), nullable=True),
        sa.Column("applies_to", sa.String(), nullable=False),
        sa.Column("owner_role", sa.String(), nullable=False),
        sa.Column("override_allowed", sa.Boolean(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint(
            "severity IN ('hard', 'warn', 'soft', 'percent', 'auto')", name=op.f("ck_occupancy_rule_severity_known")
        ),
        sa.PrimaryKeyConstraint("id", name="pk_occupancy_rule"),
        sa.UniqueConstraint("code", "valid_from", name="uq_occupancy_rule_code_valid_from"),
    )
    op.create_table(
        "opening_hours",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scope_type", sa.String(), nullable=False),
        sa.Column("scope_code", sa.String(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("week_of_month", sa.Integer(), nullable=True),
        sa.Column("opens_minute", sa.Integer(), nullable=False),
        sa.Column("closes_minute", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("label_nl", sa.String(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint(
            "kind IN ('staff_access', 'public', 'after_hours', 'protected_break')",
            name=op.f("ck_opening_hours_kind_known"),
        ),
        sa.CheckConstraint("scope_type IN ('building', 'zone', 'space')", name=op.f("ck_opening_hours_scope_known")),
        sa.CheckConstraint(
            "opens_minute >= 0 AND closes_minute > opens_minute AND closes_minute <= 1440",
            name=op.f("ck_opening_hours_within_a_day"),
        ),
        sa.CheckConstraint("week_of_month BETWEEN 1 AND 5", name=op.f("ck_opening_hours_week_of_month_known")),
        sa.CheckConstraint("weekday BETWEEN 1 AND 7", name=op.f("ck_opening_hours_weekday_known")),
        sa.PrimaryKeyConstraint("id", name="pk_opening_hours"),
    )
    op.create_index("ix_opening_hours_scope", "opening_hours", ["scope_type", "scope_code"], unique=False)
    op.create_table(
        "organisation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("legal_form", sa.String(), nullable=True),
        sa.Column("is_host", sa.Boolean(), nullable=False),
        sa.Column("colour", sa.String(), nullable=False),
        sa.Column("text_colour", sa.String(), nullable=False),
        sa.Column("email_domain", sa.String(), nullable=True),
        sa.Column("professional_secrecy", sa.Boolean(), nullable=False),
        sa.Column("feed_detail_outside", sa.String(), nullable=False),
        sa.Column("feed_detail_inside", sa.String(), nullable=False),
        sa.Column("contact_phone", sa.String(), nullable=True),
        sa.Column("retention_days", sa.Integer(), nullable=False),
        sa.Column("cost_centre", sa.String(), nullable=True),
        sa.Column("ovo_code", sa.String(), nullable=True),
        sa.Column("kbo", sa.String(), nullable=True),
        sa.Column("name_nl", sa.String(), nullable=False),
        sa.Column("name_fr", sa.String(), nullable=True),
        sa.Column("name_en", sa.String(), nullable=True),
        sa.Column("name_de", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint(
            "feed_detail_inside IN ('busy', 'title', 'full')", name=op.f("ck_organisation_detail_inside_known")
        ),
        sa.CheckConstraint(
            "feed_detail_outside IN ('busy', 'title', 'full')", name=op.f("ck_organisation_detail_outside_known")
        ),
        sa.CheckConstraint("retention_days >= 0", name=op.f("ck_organisation_retention_not_negative")),
        sa.PrimaryKeyConstraint("id", name="pk_organisation"),
        sa.UniqueConstraint("code", name="uq_organisation_code"),
    )
    op.create_table(
        "sign_in_attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("username", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sign_in_attempt"),
    )
    op.create_index("ix_sign_in_attempt_address_at", "sign_in_attempt", ["address", "at"], unique=False)
    op.create_index("ix_sign_in_attempt_username_at", "sign_in_attempt", ["username", "at"], unique=False)
    op.create_table(
        "closure_organisation",
        sa.Column("closure_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["closure_id"], ["closure.id"], name="fk_closure_organisation_closure_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_closure_organisation_organisation_id"
        ),
        sa.PrimaryKeyConstraint("closure_id", "organisation_id", name="pk_closure_organisation"),
    )
    op.create_table(
        "floor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("building_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("net_m2", sa.Double(), nullable=True),
        sa.Column("exits", sa.Integer(), nullable=True),
        sa.Column("exit_width_cm", sa.Integer(), nullable=True),
        sa.Column("egress", sa.String(), nullable=True),
        sa.Column("exit_capacity_persons", sa.Integer(), nullable=True),
        sa.Column("lift", sa.Boolean(), nullable=False),
        sa.Column("public_access", sa.Boolean(), nullable=False),
        sa.Column("refuge_wheelchair_places", sa.Integer(), nullable=True),
        sa.Column("name_nl", sa.String(), nullable=False),
        sa.Column("name_fr", sa.String(), nullable=True),
        sa.Column("name_en", sa.String(), nullable=True),
        sa.Column("name_de", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["building_id"], ["building.id"], name="fk_floor_building_id"),
        sa.PrimaryKeyConstraint("id", name="pk_floor"),
        sa.UniqueConstraint("code", name="uq_floor_code"),
    )
    op.create_table(
        "plan_rectangle",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scope_type", sa.String(), nullable=False),
        sa.Column("scope_code", sa.String(), nullable=False),
        sa.Column("floor_id", sa.Integer(), nullable=False),
        sa.Column("x_m", sa.Double(), nullable=False),
        sa.Column("y_m", sa.Double(), nullable=False),
        sa.Column("width_m", sa.Double(), nullable=False),
        sa.Column("depth_m", sa.Double(), nullable=False),
        sa.CheckConstraint("scope_type IN ('zone', 'space')", name=op.f("ck_plan_rectangle_scope_known")),
        sa.CheckConstraint("width_m > 0 AND depth_m > 0", name=op.f("ck_plan_rectangle_has_area")),
        sa.ForeignKeyConstraint(["floor_id"], ["floor.id"], name="fk_plan_rectangle_floor_id"),
        sa.PrimaryKeyConstraint("id", name="pk_plan_rectangle"),
        sa.UniqueConstraint("scope_type", "scope_code", name="uq_plan_rectangle_scope_type_scope_code"),
    )
    op.create_table(
        "zone",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("floor_id", sa.Integer(), nullable=False),
        sa.Column("access", sa.String(), nullable=False),
        sa.Column("owner_organisation_id", sa.Integer(), nullable=True),
        sa.Column("area_m2", sa.Double(), nullable=True),
        sa.Column("desk_count", sa.Integer(), nullable=True),
        sa.Column("silent", sa.Boolean(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("name_nl", sa.String(), nullable=False),
        sa.Column("name_fr", sa.String(), nullable=True),
        sa.Column("name_en", sa.String(), nullable=True),
        sa.Column("name_de", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint(
            "access IN ('public', 'semi_public', 'staff', 'restricted', 'partner')", name=op.f("ck_zone_access_known")
        ),
        sa.ForeignKeyConstraint(["floor_id"], ["floor.id"], name="fk_zone_floor_id"),
        sa.ForeignKeyConstraint(["owner_organisation_id"], ["organisation.id"], name="fk_zone_owner_organisation_id"),
        sa.PrimaryKeyConstraint("id", name="pk_zone"),
        sa.UniqueConstraint("code", name="uq_zone_code"),
    )
    op.create_table(
        "service",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("default_minutes", sa.Integer(), nullable=False),
        sa.Column("appointment_required", sa.Boolean(), nullable=False),
        sa.Column("privacy_level", sa.String(), nullable=False),
        sa.Column("max_party", sa.Integer(), nullable=True),
        sa.Column("requires_panic_button", sa.Boolean(), nullable=False),
        sa.Column("home_zone_id", sa.Integer(), nullable=True),
        sa.Column("client_floor_id", sa.Integer(), nullable=True),
        sa.Column("ipdc_id", sa.String(), nullable=True),
        sa.Column("name_nl", sa.String(), nullable=False),
        sa.Column("name_fr", sa.String(), nullable=True),
        sa.Column("name_en", sa.String(), nullable=True),
        sa.Column("name_de", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint(
            "channel IN ('quick_desk', 'counter', 'booth', 'group', 'internal')", name=op.f("ck_service_channel_known")
        ),
        sa.CheckConstraint(
            "privacy_level IN ('standard', 'confidential', 'secret')", name=op.f("ck_service_privacy_level_known")
        ),
        sa.CheckConstraint("default_minutes > 0", name=op.f("ck_service_minutes_positive")),
        sa.ForeignKeyConstraint(["client_floor_id"], ["floor.id"], name="fk_service_client_floor_id"),
        sa.ForeignKeyConstraint(["home_zone_id"], ["zone.id"], name="fk_service_home_zone_id"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_service_organisation_id"),
        sa.PrimaryKeyConstraint("id", name="pk_service"),
        sa.UniqueConstraint("code", name="uq_service_code"),
    )
    op.create_table(
        "space",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("sort", sa.String(), nullable=False),
        sa.Column("floor_id", sa.Integer(), nullable=False),
        sa.Column("zone_id", sa.Integer(), nullable=False),
        sa.Column("owner_organisation_id", sa.Integer(), nullable=True),
        sa.Column("exclusive", sa.Boolean(), nullable=False),
        sa.Column("area_m2", sa.Double(), nullable=True),
        sa.Column("second_exit", sa.Boolean(), nullable=False),
        sa.Column("hearing_loop", sa.Boolean(), nullable=False),
        sa.Column("public_bookable", sa.Boolean(), nullable=False),
        sa.Column("notes", sa.String(), nullable=True),
        sa.Column("name_nl", sa.String(), nullable=False),
        sa.Column("name_fr", sa.String(), nullable=True),
        sa.Column("name_en", sa.String(), nullable=True),
        sa.Column("name_de", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint(
            "kind IN ('meeting_room', 'desk', 'booth', 'counter', 'meeting_space')", name=op.f("ck_space_kind_known")
        ),
        sa.ForeignKeyConstraint(["floor_id"], ["floor.id"], name="fk_space_floor_id"),
        sa.ForeignKeyConstraint(["owner_organisation_id"], ["organisation.id"], name="fk_space_owner_organisation_id"),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name="fk_space_zone_id"),
        sa.PrimaryKeyConstraint("id", name="pk_space"),
        sa.UniqueConstraint("code", name="uq_space_code"),
    )
    op.create_index("ix_space_zone_id", "space", ["zone_id"], unique=False)
    op.create_table(
        "zone_bookable_by",
        sa.Column("zone_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_zone_bookable_by_organisation_id"),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name="fk_zone_bookable_by_zone_id"),
        sa.PrimaryKeyConstraint("zone_id", "organisation_id", name="pk_zone_bookable_by"),
    )
    op.create_table(
        "equipment",
        sa.Column("space_id", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name="fk_equipment_space_id"),
        sa.PrimaryKeyConstraint("space_id", "item", name="pk_equipment"),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("username", sa.String(), nullable=False),
        sa.Column("display_name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("home_zone_id", sa.Integer(), nullable=True),
        sa.Column("preferred_equipment", sa.String(), nullable=True),
        sa.Column("show_name_to", sa.String(), nullable=False),
        sa.Column("login", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("login IN ('local', 'oidc')", name=op.f("ck_person_login_known")),
        sa.CheckConstraint("show_name_to IN ('nobody', 'team', 'org')", name=op.f("ck_person_show_name_to_known")),
        sa.ForeignKeyConstraint(["home_zone_id"], ["zone.id"], name="fk_person_home_zone_id"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_person_organisation_id"),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name="fk_person_service_id"),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
        sa.UniqueConstraint("username", name="uq_person_username"),
    )
    op.create_index("ix_person_organisation_id", "person", ["organisation_id"], unique=False)
    op.create_table(
        "series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("space_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name="fk_series_space_id"),
        sa.PrimaryKeyConstraint("id", name="pk_series"),
        sa.UniqueConstraint("uid", name="uq_series_uid"),
    )
    op.create_table(
        "space_bookable_by",
        sa.Column("space_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_space_bookable_by_organisation_id"),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name="fk_space_bookable_by_space_id"),
        sa.PrimaryKeyConstraint("space_id", "organisation_id", name="pk_space_bookable_by"),
    )
    op.create_table(
        "space_part",
        sa.Column("composite_id", sa.Integer(), nullable=False),
        sa.Column("part_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("composite_id <> part_id", name=op.f("ck_space_part_not_its_own_part")),
        sa.ForeignKeyConstraint(["composite_id"], ["space.id"], name="fk_space_part_composite_id"),
        sa.ForeignKeyConstraint(["part_id"], ["space.id"], name="fk_space_part_part_id"),
        sa.PrimaryKeyConstraint("composite_id", "part_id", name="pk_space_part"),
    )
    op.create_index("ix_space_part_part_id", "space_part", ["part_id"], unique=False)
    op.create_table(
        "api_token",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("scope IN ('read', 'write', 'manage')", name=op.f("ck_api_token_scope_known")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_api_token_person_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_api_token"),
        sa.UniqueConstraint("token_hash", name="uq_api_token_token_hash"),
    )
    op.create_index("ix_api_token_person_id", "api_token", ["person_id"], unique=False)
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("thing", sa.String(), nullable=False),
        sa.Column("thing_id", sa.String(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["person.id"], name="fk_audit_entry_actor_id"),
        sa.PrimaryKeyConstraint("id", name="pk_audit_entry"),
    )
    op.create_index("ix_audit_entry_at", "audit_entry", ["at"], unique=False)
    op.create_index("ix_audit_entry_thing", "audit_entry", ["thing", "thing_id"], unique=False)
    op.create_table(
        "booking",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=True),
        sa.Column("occurrence_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("space_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("exclusive", sa.Boolean(), nullable=False),
        sa.Column("attendees", sa.Integer(), nullable=True),
        sa.Column("persons", sa.Integer(), nullable=False),
        sa.Column("visitors", sa.Integer(), nullable=True),
        sa.Column("wheelchair", sa.Integer(), server_default="0", nullable=False),
        sa.Column("layout", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("visitor_code", sa.String(), nullable=True),
        sa.Column("privacy", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=True),
        sa.Column("organiser_id", sa.Integer(), nullable=False),
        sa.Column("booked_by_id", sa.Integer(), nullable=False),
        sa.Column("key_holder_id", sa.Integer(), nullable=True),
        sa.Column("evacuation_buddy_id", sa.Integer(), nullable=True),
        sa.Column("channel", sa.String(), server_default="web", nullable=False),
        sa.Column("status_reason", sa.String(), nullable=True),
        sa.Column("warnings", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("checked_in_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sequence", sa.Integer(), server_default="0", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint(
            "channel IN ('web', 'phone', 'counter', 'post', 'mail', 'api')", name=op.f("ck_booking_channel_known")
        ),
        sa.CheckConstraint("privacy IN ('busy', 'title', 'public')", name=op.f("ck_booking_privacy_known")),
        sa.CheckConstraint(
            "status IN ('pending', 'confirmed', 'checked_in', 'completed', 'cancelled', 'declined', 'released')",
            name=op.f("ck_booking_status_known"),
        ),
        sa.CheckConstraint("attendees >= 1 AND attendees <= 100000", name=op.f("ck_booking_attendees_sane")),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_booking_ends_after_it_starts")),
        sa.CheckConstraint("persons >= 0", name=op.f("ck_booking_persons_not_negative")),
        sa.CheckConstraint("visitors >= 0", name=op.f("ck_booking_visitors_not_negative")),
        sa.CheckConstraint("wheelchair >= 0 AND wheelchair <= 100000", name=op.f("ck_booking_wheelchair_sane")),
        sa.ForeignKeyConstraint(["booked_by_id"], ["person.id"], name="fk_booking_booked_by_id"),
        sa.ForeignKeyConstraint(["evacuation_buddy_id"], ["person.id"], name="fk_booking_evacuation_buddy_id"),
        sa.ForeignKeyConstraint(["key_holder_id"], ["person.id"], name="fk_booking_key_holder_id"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_booking_organisation_id"),
        sa.ForeignKeyConstraint(["organiser_id"], ["person.id"], name="fk_booking_organiser_id"),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name="fk_booking_series_id"),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name="fk_booking_service_id"),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name="fk_booking_space_id"),
        sa.PrimaryKeyConstraint("id", name="pk_booking"),
        sa.UniqueConstraint("series_id", "occurrence_at", name="uq_booking_series_id_occurrence_at"),
    )
    op.create_index("ix_booking_booked_by_id_starts_at", "booking", ["booked_by_id", "starts_at"], unique=False)
    op.create_index("ix_booking_organiser_id_starts_at", "booking", ["organiser_id", "starts_at"], unique=False)
    op.create_index("ix_booking_series_id", "booking", ["series_id"], unique=False)
    op.create_index("ix_booking_space_id_starts_at", "booking", ["space_id", "starts_at"], unique=False)
    op.create_index("ix_booking_starts_at", "booking", ["starts_at"], unique=False)
    op.create_index("ix_booking_uid", "booking", ["uid"], unique=False)
    op.create_table(
        "feed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_feed_person_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_feed"),
        sa.UniqueConstraint("token_hash", name="uq_feed_token_hash"),
    )
    op.create_index("ix_feed_person_id", "feed", ["person_id"], unique=False)
    op.create_table(
        "head_count_limit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scope_type", sa.String(), nullable=False),
        sa.Column("scope_code", sa.String(), nullable=False),
        sa.Column("max_persons", sa.Integer(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("legal_basis", sa.String(), nullable=True),
        sa.Column("set_by_id", sa.Integer(), nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("scope_type IN ('zone', 'floor', 'building')", name=op.f("ck_head_count_limit_scope_known")),
        sa.CheckConstraint("max_persons >= 0", name=op.f("ck_head_count_limit_not_negative")),
        sa.ForeignKeyConstraint(["set_by_id"], ["person.id"], name="fk_head_count_limit_set_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_head_count_limit"),
        sa.UniqueConstraint(
            "scope_type", "scope_code", "valid_from", name="uq_head_count_limit_scope_type_scope_code_valid_from"
        ),
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("recipient_id", sa.Integer(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["recipient_id"], ["person.id"], name="fk_outbox_recipient_id"),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("message_id", name="uq_outbox_message_id"),
    )
    op.create_index("ix_outbox_waiting", "outbox", ["sent_at", "due_at"], unique=False)
    op.create_table(
        "person_role",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_person_role_person_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("person_id", "role", name="pk_person_role"),
    )
    op.create_table(
        "session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_session_person_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_session"),
        sa.UniqueConstraint("token_hash", name="uq_session_token_hash"),
    )
    op.create_index("ix_session_ends_at", "session", ["ends_at"], unique=False)
    op.create_index("ix_session_person_id", "session", ["person_id"], unique=False)
    op.create_table(
        "space_policy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("space_id", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("default_layout", sa.String(), nullable=False),
        sa.Column("ceiling", sa.Integer(), nullable=True),
        sa.Column("fire_max", sa.Integer(), nullable=True),
        sa.Column("ventilation_m3h", sa.Integer(), nullable=True),
        sa.Column("air_level", sa.String(), nullable=False),
        sa.Column("min_attendees", sa.Integer(), nullable=False),
        sa.Column("slot_minutes", sa.Integer(), nullable=False),
        sa.Column("min_minutes", sa.Integer(), nullable=False),
        sa.Column("max_minutes", sa.Integer(), nullable=False),
        sa.Column("buffer_before", sa.Integer(), nullable=False),
        sa.Column("buffer_after", sa.Integer(), nullable=False),
        sa.Column("advance_days", sa.Integer(), nullable=False),
        sa.Column("auto_release_minutes", sa.Integer(), nullable=False),
        sa.Column("approval_role", sa.String(), nullable=True),
        sa.Column("approval_for", sa.String(), nullable=False),
        sa.Column("privacy_default", sa.String(), nullable=False),
        sa.Column("after_hours_allowed", sa.Boolean(), nullable=False),
        sa.Column("panic_button", sa.Boolean(), nullable=False),
        sa.Column("sightline", sa.Boolean(), nullable=False),
        sa.Column("accessible", sa.Boolean(), nullable=False),
        sa.Column("wheelchair_places", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("set_by_id", sa.Integer(), nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("air_level IN ('A', 'B')", name=op.f("ck_space_policy_air_level_known")),
        sa.CheckConstraint("approval_for IN ('all', 'outside')", name=op.f("ck_space_policy_approval_for_known")),
        sa.CheckConstraint(
            "privacy_default IN ('busy', 'title', 'public')", name=op.f("ck_space_policy_privacy_known")
        ),
        sa.CheckConstraint("advance_days >= 0", name=op.f("ck_space_policy_horizon_not_negative")),
        sa.CheckConstraint(
            "buffer_before >= 0 AND buffer_after >= 0", name=op.f("ck_space_policy_buffers_not_negative")
        ),
        sa.CheckConstraint("ceiling >= 0", name=op.f("ck_space_policy_ceiling_not_negative")),
        sa.CheckConstraint("fire_max >= 0", name=op.f("ck_space_policy_fire_max_not_negative")),
        sa.CheckConstraint(
            "min_minutes > 0 AND max_minutes >= min_minutes AND max_minutes <= 1440",
            name=op.f("ck_space_policy_length_sane"),
        ),
        sa.CheckConstraint(
            "slot_minutes >= 0 AND slot_minutes <= 1440", name=op.f("ck_space_policy_slot_within_a_day")
        ),
        sa.CheckConstraint("ventilation_m3h >= 0", name=op.f("ck_space_policy_ventilation_not_negative")),
        sa.CheckConstraint("wheelchair_places >= 0", name=op.f("ck_space_policy_wheelchair_places_not_negative")),
        sa.ForeignKeyConstraint(["set_by_id"], ["person.id"], name="fk_space_policy_set_by_id"),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name="fk_space_policy_space_id"),
        sa.PrimaryKeyConstraint("id", name="pk_space_policy"),
        sa.UniqueConstraint("space_id", "valid_from", name="uq_space_policy_space_id_valid_from"),
    )
    op.create_table(
        "approval",
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["approved_by_id"], ["person.id"], name="fk_approval_approved_by_id"),
        sa.ForeignKeyConstraint(["booking_id"], ["booking.id"], name="fk_approval_booking_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("booking_id", "role", name="pk_approval"),
    )
    op.create_index("ix_approval_waiting", "approval", ["role", "approved_at"], unique=False)
    op.create_table(
        "layout_capacity",
        sa.Column("policy_id", sa.Integer(), nullable=False),
        sa.Column("layout", sa.String(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.CheckConstraint("places >= 0", name=op.f("ck_layout_capacity_not_negative")),
        sa.ForeignKeyConstraint(
            ["policy_id"], ["space_policy.id"], name="fk_layout_capacity_policy_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("policy_id", "layout", name="pk_layout_capacity"),
    )
    op.create_table(
        "occupation",
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column("space_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("apart", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["booking_id"], ["booking.id"], name="fk_occupation_booking_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name="fk_occupation_space_id"),
        sa.PrimaryKeyConstraint("booking_id", "space_id", name="pk_occupation"),
    )
    op.create_index("ix_occupation_space_id_starts_at", "occupation", ["space_id", "starts_at"], unique=False)
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(POSTGRESQL)
    else:
        for name, body in SQLITE.items():
            connection.exec_driver_sql(f"CREATE TRIGGER {name} {body}")


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION booking_takes_its_place, house_is_revised CASCADE")
    op.drop_table("occupation")
    op.drop_table("layout_capacity")
    op.drop_table("approval")
    op.drop_table("space_policy")
    op.drop_table("session")
    op.drop_table("person_role")
    op.drop_table("outbox")
    op.drop_table("head_count_limit")
    op.drop_table("feed")
    op.drop_table("booking")
    op.drop_table("audit_entry")
    op.drop_table("api_token")
    op.drop_table("space_part")
    op.drop_table("space_bookable_by")
    op.drop_table("series")
    op.drop_table("person")
    op.drop_table("equipment")
    op.drop_table("zone_bookable_by")
    op.drop_table("space")
    op.drop_table("service")
    op.drop_table("zone")
    op.drop_table("plan_rectangle")
    op.drop_table("floor")
    op.drop_table("closure_organisation")
    op.drop_table("sign_in_attempt")
    op.drop_table("organisation")
    op.drop_table("opening_hours")
    op.drop_table("occupancy_rule")
    op.drop_table("municipality")
    op.drop_table("idempotency_key")
    op.drop_table("closure")
    op.drop_table("building")
