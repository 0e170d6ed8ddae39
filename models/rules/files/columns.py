"""The municipality's CSV files as data: each file's columns, what a cell may hold, and what is assumed without one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from models.rules.bookings.fields import DETAILS
from models.rules.changes.closing import CLOSURE_KINDS
from models.rules.changes.hours import KINDS as HOURS_KINDS
from models.rules.changes.hours import WEEK_OF_MONTH, WEEKDAY
from models.rules.changes.place_wishes import ACCESS
from models.rules.changes.spaces import RULES
from models.rules.files.cells import codes
from models.rules.house.line_settings import CALLS as LINE_CALLS
from models.rules.house.line_settings import MINUTES as LINE_MINUTES
from models.rules.house.line_settings import USUAL_LINE
from models.rules.house.names import LANGUAGES
from models.rules.house.rule_parameters import MODES, RULE_CODES
from models.rules.house.rule_parameters import RULES as RULE_TABLE
from models.rules.house.usual import SORTS, default_longest, default_shortest, of_type, whole
from models.rules.people.person import ROLES
from models.rules.roster.duties import HALF_DAYS, WEEKS
from models.rules.values import (
    ALWAYS,
    CLOCK,
    CLOSING,
    CODE,
    COLOUR,
    DAY,
    EMAIL,
    FLAG,
    ITEM,
    LANGUAGE,
    LAYOUT,
    LENGTH,
    LINE,
    METRES,
    MINUTES,
    MINUTES_A_DAY,
    NOTE,
    PEOPLE,
    SOME_MINUTES,
    SOME_PEOPLE,
    SOME_PIECES,
    STANDS,
    AnyValue,
    Decimal,
    InOrder,
    Listed,
    OneOf,
    Text,
    TimeZone,
    Whole,
)

NOON = 12 * 60


@dataclass(frozen=True, slots=True)
class Column:
    """`default`: a value, or a function of what the row holds so far. `refers_to`: files whose codes it may name.

    `quiet`: its default means that nothing is set, which nobody needs to be told. `rare`: quiet, and written only where
    some row says something in it. `if_absent`: the default is for files without the column; an empty cell says: none.
    """

    name: str
    takes: AnyValue
    default: object = None
    required: bool = False
    refers_to: tuple[str, ...] = ()
    quiet: bool = False
    rare: bool = False
    if_absent: bool = False

    def default_for(self, row: Mapping[str, object]) -> object:
        return self.default(row) if callable(self.default) else self.default


@dataclass(frozen=True, slots=True)
class FileShape:
    """The columns of one file; by those of its `key` a row is known again."""

    columns: tuple[Column, ...]
    key: tuple[str, ...] = ("code",)
    ignored: frozenset[str] = frozenset()  # known columns that only explain others

    def column(self, name: str) -> Column | None:
        return next((column for column in self.columns if column.name == name), None)

    @property
    def own_code(self) -> str | None:
        """The column of a row's own code, by which others name it; None where rows have none."""
        return self.key[0] if self.key in (("code",), ("username",)) else None


def _own_code(row: Mapping[str, object]) -> object:
    return row.get("code") or row.get("username")


def _names(*, required: bool = False) -> tuple[Column, ...]:
    return (
        Column("name_nl", LINE, None if required else _own_code, required=required),
        *(Column(f"name_{language}", LINE, quiet=True, rare=language == "de") for language in ("fr", "en", "de")),
    )


def _half_day_closes(row: Mapping[str, object]) -> int | None:
    """A half day is the morning, unless it begins at noon or later."""
    if row["kind"] != "half_day":
        return None
    return NOON if whole(row, "opens") < NOON else MINUTES_A_DAY


def _flag(name: str, default: bool | Callable[[Mapping[str, object]], object] = False) -> Column:
    return Column(name, FLAG, default)


def _one_of(name: str, *allowed: str, default: object = None, quiet: bool = False) -> Column:
    return Column(name, OneOf(allowed), default, quiet=quiet)


def _rule(name: str, default: object = None, *, quiet: bool = False) -> Column:
    return Column(name, RULES[name], default, quiet=quiet)


def _refers(name: str, file: str) -> Column:
    return Column(name, CODE, refers_to=(file,))


def _set_of(name: str, *files: str) -> Column:
    return Column(name, Listed(CODE), (), refers_to=files)


def _duty(name: str, role: str) -> Column:
    """Services that somebody has by this role: their own, where nobody was asked."""

    def own(row: Mapping[str, object]) -> object:
        return (row["service_code"],) if row["service_code"] and role in codes(row, "roles") else ()

    return Column(name, Listed(CODE), own, refers_to=("services",), if_absent=True)


def _minutes(length: timedelta) -> int:
    return length // timedelta(minutes=1)


def _rare(name: str, takes: AnyValue) -> Column:
    return Column(name, takes, quiet=True, rare=True)


OWN_CODE, SHORT = Column("code", CODE, required=True), Text(60)
VALIDITY = Column("valid_from", STANDS, quiet=True), Column("valid_to", STANDS, quiet=True)


SHAPES: dict[str, FileShape] = {
    "municipality": FileShape(
        (
            Column("code", CODE, quiet=True),
            *_names(),
            Column("languages", InOrder(OneOf(LANGUAGES)), "nl;en"),
            Column("timezone", TimeZone(), "Europe/Brussels"),
            _flag("public_french"),
        )
    ),
    "organisations": FileShape(
        (
            OWN_CODE,
            *_names(),
            Column("legal_form", LINE),
            _flag("is_host"),
            Column("colour", COLOUR, "#444444"),
            Column("text_colour", COLOUR, "#FFFFFF"),
            Column("email_domain", Text(253)),
            _flag("professional_secrecy"),
            _one_of("feed_detail_outside_org", *DETAILS, default="busy"),
            _one_of("feed_detail_inside_org", *DETAILS, default="title"),
            Column("contact_phone", SHORT),
            Column("retention_days", PEOPLE, 395),
            Column("cost_centre", SHORT),
            Column("stands_for_public", FLAG, False, quiet=True, rare=True),
            _rare("contact_email", EMAIL),
            _rare("reply_to", EMAIL),
            _rare("ovo_code", SHORT),
            _rare("kbo", SHORT),
        )
    ),
    "buildings": FileShape(
        (
            OWN_CODE,
            Column("municipality_code", CODE, quiet=True),
            *_names(),
            Column("address", Text(300)),
            Column("max_persons", PEOPLE),
            *VALIDITY,
        )
    ),
    "floors": FileShape(
        (
            OWN_CODE,
            _refers("building_code", "buildings"),
            *_names(),
            Column("level", Whole(-50, 500), 0),
            Column("net_m2", Decimal()),
            Column("exits", PEOPLE),
            Column("exit_width_cm", PEOPLE),
            Column("egress", SHORT),
            Column("exit_capacity_persons", PEOPLE),
            Column("fire_max_persons", PEOPLE),
            _rare("max_persons", PEOPLE),
            _flag("lift"),
            _flag("public_access"),
            Column("refuge_wheelchair_places", PEOPLE),
        )
    ),
    "zones": FileShape(
        (
            OWN_CODE,
            _refers("floor_code", "floors"),
            *_names(),
            _one_of("access", *ACCESS, default="staff"),
            _refers("owner_org_code", "organisations"),
            _set_of("bookable_by_orgs", "organisations"),
            Column("area_m2", Decimal()),
            Column("desk_count", PEOPLE),
            Column("max_persons", PEOPLE),
            _flag("silent"),
            Column("line_early_minutes", LINE_MINUTES, _minutes(USUAL_LINE.early), quiet=True, rare=True),
            Column("line_late_minutes", LINE_MINUTES, _minutes(USUAL_LINE.late), quiet=True, rare=True),
            Column("line_calls", LINE_CALLS, USUAL_LINE.calls, quiet=True, rare=True),
            _rare("valid_from", STANDS),
            _rare("valid_to", STANDS),
        )
    ),
    "services": FileShape(
        (
            OWN_CODE,
            _refers("org_code", "organisations"),
            *_names(),
            _one_of("channel", "quick_desk", "counter", "booth", "group", "internal", default="internal"),
            Column("default_minutes", SOME_MINUTES, 30),
            _flag("appointment_required"),
            _one_of("privacy_level", "standard", "confidential", "secret", default="standard"),
            Column("max_party", SOME_PEOPLE),
            _flag("requires_panic_button"),
            _refers("home_zone_code", "zones"),
            _refers("client_floor_code", "floors"),
            _rare("ipdc_id", SHORT),
            Column("max_quantity", SOME_PIECES, 1, quiet=True, rare=True),
            Column("minutes_per_extra", MINUTES, 0, quiet=True, rare=True),
        )
    ),
    "spaces": FileShape(
        (
            OWN_CODE,
            *_names(required=True),
            Column("type", OneOf(SORTS), required=True),
            _refers("floor_code", "floors"),
            _refers("zone_code", "zones"),
            _refers("owner_org_code", "organisations"),
            _set_of("bookable_by_orgs", "organisations"),
            _set_of("composite_of", "spaces"),
            Column("area_m2", Decimal()),
            _rule("fire_max"),
            Column("cap_default", PEOPLE, quiet=True),
            Column("default_layout", LAYOUT, quiet=True),
            _rare("ceiling", PEOPLE),
            _rule("min_attendees", 1),
            _rule("ventilation_m3h"),
            Column("vent_level", RULES["air_level"], "A"),
            _flag("accessible"),
            _rule("wheelchair_places", lambda row: 1 if row["accessible"] else 0),
            _flag("hearing_loop"),
            Column("equipment", Listed(ITEM), ()),
            _rule("slot_minutes", of_type("slot_minutes")),
            _rule("min_minutes", default_shortest),
            _rule("max_minutes", default_longest),
            _rule("buffer_before", 0),
            _rule("buffer_after", 0),
            _rule("advance_days", of_type("advance_days")),
            _rule("auto_release_minutes", 0),
            _rule("approval_role"),
            _rule("approval_for", "all", quiet=True),
            _flag("public_bookable"),
            _flag("after_hours_allowed"),
            _flag("panic_button"),
            _flag("sightline"),
            _flag("second_exit"),
            _rule("privacy_default", of_type("privacy_default")),
            _flag("exclusive", of_type("exclusive")),
            _flag("active", True),
            Column("notes", NOTE, quiet=True),
        ),
        ignored=frozenset({"vent_max_40", "vent_max_25"}),
    ),
    "opening_hours": FileShape(
        (
            _one_of("scope_type", "building", "zone", "space", quiet=True),
            Column("scope_code", CODE, quiet=True),
            Column("weekday", WEEKDAY, quiet=True),
            Column("week_of_month", WEEK_OF_MONTH, quiet=True),
            Column("opens", CLOCK, 7 * 60),
            Column("closes", CLOSING, 19 * 60),
            _one_of("kind", *HOURS_KINDS, default="staff_access"),
            Column("label_nl", LINE, quiet=True),
            *VALIDITY,
        ),
        key=(),
    ),
    "closures": FileShape(
        (
            Column("date", DAY, required=True),
            Column("name_nl", LINE, "Gesloten"),
            *_names()[1:],
            _one_of(
                "kind",
                *CLOSURE_KINDS,
                default=lambda row: "half_day" if row.get("opens") is not None else "local_closure",
            ),
            Column("opens", CLOCK, lambda row: 0 if row["kind"] == "half_day" else None),
            Column("closes", CLOSING, _half_day_closes),
            _set_of("org_codes", "organisations"),
        ),
        key=(),
    ),
    "occupancy_rules": FileShape(
        (
            Column("code", OneOf(RULE_CODES), required=True),
            _one_of(
                "severity",
                "hard",
                "warn",
                "soft",
                "percent",
                "auto",
                default=lambda row: RULE_TABLE[row["code"]].severity if row.get("code") in RULE_TABLE else "hard",
            ),
            Column("scope", SHORT, "space"),
            Column("rule", Text(500), "", quiet=True),
            Column("parameter", LINE, quiet=True),
            _set_of("applies_to", "buildings", "floors", "zones", "spaces"),
            _one_of("owner_role", *ROLES, "system", default="facility_manager"),
            _flag("override_allowed"),
            Column("mode", OneOf(MODES), quiet=True, rare=True),
            Column("zone_code", CODE, quiet=True, rare=True, refers_to=("zones",)),
            Column("valid_from", STANDS, ALWAYS, quiet=True, rare=True),
        ),
        key=("code", "zone_code", "valid_from"),
    ),
    "users": FileShape(
        (
            Column("username", CODE, required=True),
            Column("display_name", LINE, _own_code),
            Column("email", EMAIL),
            _refers("org_code", "organisations"),
            _refers("service_code", "services"),
            Column("roles", Listed(OneOf(ROLES)), ("staff",)),
            _one_of("language", *LANGUAGES, default="nl"),
            _refers("home_zone_code", "zones"),
            Column("preferred_equipment", InOrder(ITEM), quiet=True),
            _one_of("show_name_to", "nobody", "team", "org", default="nobody"),
            _one_of("login", "local", "oidc", default="local"),
            _flag("active", True),
            _duty("coordinates", "counter_coordinator"),
            _duty("heads", "service_head"),
            _set_of("delegates", "users"),
            Column("speaks", Listed(LANGUAGE), (), quiet=True),
        ),
        key=("username",),
    ),
    "roster": FileShape(
        (
            Column("weekday", WEEKDAY, required=True),
            Column("half_day", OneOf(HALF_DAYS), required=True),
            Column("counter_code", CODE, required=True, refers_to=("spaces",)),
            Column("service_code", CODE, required=True, refers_to=("services",)),
            Column("username", CODE, quiet=True, refers_to=("users",)),
            _one_of("weeks", *WEEKS, default="all", quiet=True),
        ),
        key=(),
    ),
    "plan": FileShape(
        (
            _one_of("scope", "zone", "space", quiet=True),
            Column("code", CODE, required=True),
            _refers("floor_code", "floors"),
            Column("x_m", METRES, required=True),
            Column("y_m", METRES, required=True),
            Column("width_m", LENGTH, required=True),
            Column("depth_m", LENGTH, required=True),
        ),
        key=("scope", "code"),
    ),
}
