"""The municipality's CSV files as data: each file's columns, what a cell may hold, and what is assumed without one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from models.rules.csv_cells import (
    BadCell,
    Reader,
    clock,
    closing_clock,
    code,
    colour,
    day,
    decimal,
    email,
    flag,
    in_order,
    layout,
    listed,
    one_of,
    percents,
    text,
    timezone,
    whole,
)
from models.rules.names import LANGUAGES
from models.rules.person import ROLES
from models.rules.usual import (
    SORTS,
    default_longest,
    default_shortest,
    of_type,
)

ALWAYS = date(1, 1, 1)      # the first day of what a municipality's files say: before every booking
MINUTES_A_DAY = 24 * 60
NOON = 12 * 60
RULE_CODES = tuple(f"R{number:02}" for number in range(1, 24))
USUAL_SEVERITY = {"R07": "warn", "R09": "percent", "R16": "soft", "R18": "auto", "R23": "warn"}


@dataclass(frozen=True, slots=True)
class Column:
    """`default`: a value, or a function of what the row holds so far. `refers_to`: files whose codes it may name.

    `quiet`: its default means that nothing is set, which nobody needs to be told.
    """

    name: str
    read: Reader
    default: object = None
    required: bool = False
    refers_to: tuple[str, ...] = ()
    quiet: bool = False

    def default_for(self, row: Mapping[str, object]) -> object:
        return self.default(row) if callable(self.default) else self.default


@dataclass(frozen=True, slots=True)
class FileShape:
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ("code",)
    ignored: frozenset[str] = frozenset()      # known columns that only explain others

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)


def _own_code(row: Mapping[str, object]) -> object:
    return row.get("code") or row.get("username")


def _names(*, required: bool = False) -> tuple[Column, ...]:
    return (Column("name_nl", text(), None if required else _own_code, required=required),
            *(Column(f"name_{language}", text(), quiet=True) for language in LANGUAGES[1:]))


def _half_day_opens(row: Mapping[str, object]) -> int | None:
    return 0 if row["kind"] == "half_day" else None


def _half_day_closes(row: Mapping[str, object]) -> int | None:
    """A half day is the morning, unless it begins at noon or later."""
    if row["kind"] != "half_day":
        return None
    return NOON if row["opens"] < NOON else MINUTES_A_DAY


def _flag(name: str, default: bool | Callable = False) -> Column:
    return Column(name, flag, default)


def _refers(name: str, file: str) -> Column:
    return Column(name, code, refers_to=(file,))


def _set_of(name: str, file: str) -> Column:
    return Column(name, listed(code), (), refers_to=(file,))


def _validity() -> tuple[Column, ...]:
    return Column("valid_from", day, quiet=True), Column("valid_to", day, quiet=True)


def _rule_code(cell: str) -> str:
    if cell not in RULE_CODES:
        raise BadCell("not_a_rule", first=RULE_CODES[0], last=RULE_CODES[-1])
    return cell


CODE = Column("code", code, required=True)
FEED_DETAIL = one_of("busy", "title", "full")
ROLE = one_of(*ROLES)
RULE_PARAMETERS: Mapping[str, Reader] = {
    "R09": percents, "R12": clock, "R16": whole(0, 8760), "R17": whole(), "R23": whole(1),
}

SHAPES: dict[str, FileShape] = {
    "municipality": FileShape((
        Column("code", code, quiet=True), *_names(),
        Column("languages", in_order(one_of(*LANGUAGES)), "nl;en"),
        Column("timezone", timezone, "Europe/Brussels"),
        _flag("public_french"))),
    "organisations": FileShape((
        CODE, *_names(),
        Column("legal_form", text()), _flag("is_host"),
        Column("colour", colour, "#444444"), Column("text_colour", colour, "#FFFFFF"),
        Column("email_domain", text(253)), _flag("professional_secrecy"),
        Column("feed_detail_outside_org", FEED_DETAIL, "busy"), Column("feed_detail_inside_org", FEED_DETAIL, "title"),
        Column("contact_phone", text(60)), Column("retention_days", whole(), 395), Column("cost_centre", text(60)),
        Column("ovo_code", text(60), quiet=True), Column("kbo", text(60), quiet=True))),
    "buildings": FileShape((
        CODE, Column("municipality_code", code, quiet=True), *_names(),
        Column("address", text(300)), Column("max_persons", whole()), *_validity())),
    "floors": FileShape((
        CODE, _refers("building_code", "buildings"), *_names(),
        Column("level", whole(-50, 500), 0), Column("net_m2", decimal()), Column("exits", whole()),
        Column("exit_width_cm", whole()), Column("egress", text(60)), Column("exit_capacity_persons", whole()),
        Column("fire_max_persons", whole()), Column("max_persons", whole(), quiet=True),
        _flag("lift"), _flag("public_access"), Column("refuge_wheelchair_places", whole()))),
    "zones": FileShape((
        CODE, _refers("floor_code", "floors"), *_names(),
        Column("access", one_of("public", "semi_public", "staff", "restricted", "partner"), "staff"),
        _refers("owner_org_code", "organisations"), _set_of("bookable_by_orgs", "organisations"),
        Column("area_m2", decimal()), Column("desk_count", whole()), Column("max_persons", whole()),
        _flag("silent"), *_validity())),
    "services": FileShape((
        CODE, _refers("org_code", "organisations"), *_names(),
        Column("channel", one_of("quick_desk", "counter", "booth", "group", "internal"), "internal"),
        Column("default_minutes", whole(1, MINUTES_A_DAY), 30), _flag("appointment_required"),
        Column("privacy_level", one_of("standard", "confidential", "secret"), "standard"),
        Column("max_party", whole(1)), _flag("requires_panic_button"),
        _refers("home_zone_code", "zones"), _refers("client_floor_code", "floors"),
        Column("ipdc_id", text(60), quiet=True))),
    "spaces": FileShape((
        CODE, *_names(required=True), Column("type", one_of(*SORTS), required=True),
        _refers("floor_code", "floors"), _refers("zone_code", "zones"), _refers("owner_org_code", "organisations"),
        _set_of("bookable_by_orgs", "organisations"), _set_of("composite_of", "spaces"),
        Column("area_m2", decimal()), Column("fire_max", whole()),
        Column("default_layout", layout, quiet=True), Column("cap_default", whole(), quiet=True),
        Column("ceiling", whole(), quiet=True),
        Column("min_attendees", whole(), 1), Column("ventilation_m3h", whole(most=10_000_000)),
        Column("vent_level", one_of("A", "B"), "A"),
        _flag("accessible"), Column("wheelchair_places", whole(), lambda row: 1 if row["accessible"] else 0),
        _flag("hearing_loop"), Column("equipment", listed(text(100)), ()),
        Column("slot_minutes", whole(0, MINUTES_A_DAY), of_type("slot_minutes")),
        Column("min_minutes", whole(1, MINUTES_A_DAY), default_shortest),
        Column("max_minutes", whole(1, MINUTES_A_DAY), default_longest),
        Column("buffer_before", whole(most=MINUTES_A_DAY), 0), Column("buffer_after", whole(most=MINUTES_A_DAY), 0),
        Column("advance_days", whole(), of_type("advance_days")),
        Column("auto_release_minutes", whole(most=MINUTES_A_DAY), 0),
        Column("approval_role", ROLE), Column("approval_for", one_of("all", "outside"), "all", quiet=True),
        _flag("public_bookable"), _flag("after_hours_allowed"), _flag("panic_button"), _flag("sightline"),
        _flag("second_exit"),
        Column("privacy_default", one_of("busy", "title", "public"), of_type("privacy_default")),
        Column("exclusive", flag, of_type("exclusive")), _flag("active", True),
        Column("notes", text(2000, line_breaks=True), quiet=True)),
        ignored=frozenset({"vent_max_40", "vent_max_25"})),
    "opening_hours": FileShape((
        Column("scope_type", one_of("building", "zone", "space"), quiet=True), Column("scope_code", code, quiet=True),
        Column("weekday", whole(1, 7), quiet=True), Column("week_of_month", whole(1, 5), quiet=True),
        Column("opens", clock, 7 * 60), Column("closes", closing_clock, 19 * 60),
        Column("kind", one_of("staff_access", "public", "after_hours", "protected_break"), "staff_access"),
        Column("label_nl", text(), quiet=True), *_validity()), key=()),
    "closures": FileShape((
        Column("date", day, required=True), Column("name_nl", text(), "Gesloten"), *_names()[1:],
        Column("kind", one_of("public_holiday", "local_closure", "bridging_day", "half_day"),
               lambda row: "half_day" if row.get("opens") is not None else "local_closure"),
        Column("opens", clock, _half_day_opens),
        Column("closes", closing_clock, _half_day_closes), _set_of("org_codes", "organisations")), key=()),
    "occupancy_rules": FileShape((
        Column("code", _rule_code, required=True),
        Column("severity", one_of("hard", "warn", "soft", "percent", "auto"),
               lambda row: USUAL_SEVERITY.get(str(row.get("code")), "hard")),
        Column("scope", text(60), "space"), Column("rule", text(500), "", quiet=True),
        Column("parameter", text(), quiet=True),
        Column("applies_to", listed(code), (), refers_to=("buildings", "floors", "zones", "spaces")),
        Column("owner_role", one_of(*ROLES, "system"), "facility_manager"), _flag("override_allowed"),
        Column("mode", one_of("enforce", "warn", "off"), quiet=True),
        Column("valid_from", day, ALWAYS, quiet=True)), key=("code", "valid_from")),
    "users": FileShape((
        Column("username", code, required=True), Column("display_name", text(), _own_code),
        Column("email", email), _refers("org_code", "organisations"), _refers("service_code", "services"),
        Column("roles", listed(ROLE), ("staff",)), Column("language", one_of(*LANGUAGES), "nl"),
        _refers("home_zone_code", "zones"), Column("preferred_equipment", in_order(text(100)), quiet=True),
        Column("show_name_to", one_of("nobody", "team", "org"), "nobody"),
        Column("login", one_of("local", "oidc"), "local"), _flag("active", True)), key=("username",)),
    "plan": FileShape((
        Column("scope", one_of("zone", "space"), quiet=True), Column("code", code, required=True),
        _refers("floor_code", "floors"),
        Column("x_m", decimal(), required=True), Column("y_m", decimal(), required=True),
        Column("width_m", decimal(above=True), required=True), Column("depth_m", decimal(above=True), required=True)),
        key=("scope", "code")),
}
