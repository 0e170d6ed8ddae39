"""The house as CSV files that import as what they came from: the demo's columns, and others that say something."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date

from models.rules.csv_columns import ALWAYS, SHAPES
from models.rules.csv_draft import LAYOUT_PREFIX, Known
from models.rules.csv_sheet import FORMULA
from models.rules.policy import CUBIC_METRES_PER_PERSON

NAMES = "name_nl,name_fr,name_en"
HEADERS: Mapping[str, str] = {
    "municipality": f"code,{NAMES},languages,timezone,public_french",
    "organisations": f"code,{NAMES},legal_form,is_host,colour,text_colour,email_domain,professional_secrecy,"
                     "feed_detail_outside_org,feed_detail_inside_org,contact_phone,retention_days,cost_centre",
    "buildings": f"code,municipality_code,{NAMES},address,max_persons,valid_from,valid_to",
    "floors": f"code,building_code,{NAMES},level,net_m2,exits,exit_width_cm,egress,exit_capacity_persons,"
              "fire_max_persons,lift,public_access,refuge_wheelchair_places",
    "zones": f"code,floor_code,{NAMES},access,owner_org_code,bookable_by_orgs,area_m2,desk_count,max_persons,silent",
    "services": f"code,org_code,{NAMES},channel,default_minutes,appointment_required,privacy_level,max_party,"
                "requires_panic_button,home_zone_code,client_floor_code",
    "spaces": f"code,{NAMES},type,floor_code,zone_code,owner_org_code,bookable_by_orgs,composite_of,area_m2,fire_max,"
              "cap_default,default_layout,cap_boardroom,cap_ushape,cap_classroom,cap_theatre,cap_reception,"
              "min_attendees,ventilation_m3h,vent_level,vent_max_40,vent_max_25,accessible,wheelchair_places,"
              "hearing_loop,equipment,slot_minutes,min_minutes,max_minutes,buffer_before,buffer_after,advance_days,"
              "auto_release_minutes,approval_role,approval_for,public_bookable,after_hours_allowed,panic_button,"
              "sightline,second_exit,privacy_default,exclusive,active,notes",
    "opening_hours": "scope_type,scope_code,weekday,week_of_month,opens,closes,kind,label_nl,valid_from,valid_to",
    "closures": f"date,{NAMES},kind,opens,closes,org_codes",
    "occupancy_rules": "code,severity,scope,rule,parameter,applies_to,owner_role,override_allowed",
    "users": "username,display_name,email,org_code,service_code,roles,language,home_zone_code,preferred_equipment,"
             "show_name_to,login,active",
    "plan": "scope,code,floor_code,x_m,y_m,width_m,depth_m",
}
CLOCKS = ("opens", "closes")


def exported(present: Known, *, people: bool = True) -> dict[str, bytes]:
    """Every file by name, as `present` has the house; with `people`, users.csv among them. The same house gives the
    same bytes."""
    files = {file: [_row(file, values, present) for key, values in present.of(file).items()
                    if file != "occupancy_rules" or key[1] == ALWAYS] for file in HEADERS}
    return {f"{file}.csv": _written(file, rows) for file, rows in files.items() if people or file != "users"}


def cell(column: str, value: object) -> str:
    """A value as its column writes it, such as its reader reads back."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, tuple):
        return ";".join(map(str, value))
    if isinstance(value, float):
        text = f"{value:.12f}".rstrip("0").rstrip(".")
        return f"{value:.2f}" if column.endswith("_m") and float(f"{value:.2f}") == float(text) else text
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int) and column in CLOCKS:
        return f"{value // 60:02}:{value % 60:02}"
    return str(value)


def _row(file: str, values: Mapping[str, object], present: Known) -> dict[str, object]:
    row = dict(values)
    if file == "buildings":
        row["municipality_code"] = next(iter(present.of("municipality")), None)
    elif file == "occupancy_rules":
        del row["valid_from"]
    elif file == "spaces":
        places, air = row.pop("layouts", {}), row["ventilation_m3h"]
        row["cap_default"] = places.get(row["default_layout"])
        row |= {f"{LAYOUT_PREFIX}{layout}": number for layout, number in places.items()}
        row |= {f"vent_max_{per_person}": air // per_person if air is not None else None
                for per_person in CUBIC_METRES_PER_PERSON.values()}
    return row


def _columns(file: str, rows: Sequence[Mapping[str, object]]) -> list[str]:
    """The demo's, then those in which some row says something that no other column says."""
    usual = HEADERS[file].split(",")
    known = [column.name for column in SHAPES[file].columns]
    layouts = sorted({name for row in rows for name in row if name.startswith(LAYOUT_PREFIX)} - {*usual, *known})
    more = [name for name in (*known, *layouts) if name not in usual and any(
        row.get(name) is not None and name != f"{LAYOUT_PREFIX}{row.get('default_layout')}" for row in rows)]
    return usual + more


def _written(file: str, rows: Sequence[Mapping[str, object]]) -> bytes:
    columns, text = _columns(file, rows), io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_guarded(name, row.get(name)) for name in columns])
    return text.getvalue().encode()


def _guarded(column: str, value: object) -> str:
    """Text that a spreadsheet would take for a formula gets an apostrophe, which read_sheet() takes away again."""
    text = cell(column, value)
    if isinstance(value, str | tuple):
        text = unicodedata.normalize("NFC", text.strip())
        return f"'{text}" if re.match(FORMULA, text) else text
    return text
