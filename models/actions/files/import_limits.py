"""Imported limits and rules: what a file changes holds from today on, and what held before stays to be looked up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from models.actions.files.import_writer import Writer
from models.queries.import_rows import LIMITED, attributes, limits_by_scope, rule_rows
from models.rules.files.cells import codes, day
from models.rules.files.coming import (
    coming,
    coming_rule,
    is_first_word,
    is_lifted_since,
    last_said,
    rule_of,
    standing,
    stated,
)
from models.rules.files.municipality import Reading, Record
from models.rules.values import ALWAYS
from models.tables.municipality import HeadCountLimit, OccupancyRule

RULES = "occupancy_rules"
Where = tuple[str, str]  # a rule, and the zone for which alone it is; empty: the whole house


def import_limits(writer: Writer, reading: Reading) -> None:
    """A new place's limit holds from the beginning; another one for a place that is there, from today on, and after it
    in what managers planned for later too."""
    dates, stored = writer.dates, limits_by_scope()
    for file, scope in LIMITED.items():
        column = "fire_max_persons" if file == "floors" else "max_persons"
        for record in reading.records[file]:
            code, before = str(record.values["code"]), dates.present.of(file).get(record.values["code"])
            persons = coming(file, record, dates.said, dates.present)[column]
            if before is None:
                if persons is not None:
                    writer.add(_limit(writer, scope, code, persons, ALWAYS))
                continue
            if persons != before[column]:
                _limit_from_today(writer, stored[scope, code], scope, code, persons)
            writer.keep_statement(file, code, dates.said.of(file).get(code, {}), stated(file, record.values))


def _limit(writer: Writer, scope: str, code: str, persons: object, since: date) -> HeadCountLimit:
    return HeadCountLimit(
        scope_type=scope, scope_code=code, max_persons=persons, valid_from=since, **writer.dates.signature()
    )


def _limit_from_today(writer: Writer, rows: list[HeadCountLimit], scope: str, code: str, persons: object) -> None:
    today = writer.dates.today
    if not any(row.valid_from == today for row in rows):
        writer.add(_limit(writer, scope, code, persons, today))
    for row in rows:
        if row.valid_from == today:
            writer.change(row, {"max_persons": persons, "legal_basis": None, **writer.dates.signature()})
        elif row.valid_from > today:  # planned without knowing of this: the file is the later word on the number
            writer.change(row, {"max_persons": persons})


def import_rules(writer: Writer, records: Iterable[Record]) -> None:
    """Rules that nobody knew are written with their days. Of one that is known, what the file says of days to come, and
    from today on what it says otherwise than before; in a single zone too."""
    records, today = list(records), writer.dates.today
    stored: dict[Where, dict[date, OccupancyRule]] = defaultdict(dict)
    for (code, zone, since), row in rule_rows().items():
        stored[code, zone][since] = row
    in_force = standing(records, today)
    for record in records:
        where, since = _where(record), day(record.values, "valid_from")
        if is_first_word(record, writer.dates.present) or since > today:
            _rule_on(writer, stored[where], where, since, _columns(record.values))
        elif in_force[rule_of(record.values)] is record:
            _rule_from_today(writer, stored[where], record)


def _where(record: Record) -> Where:
    return str(record.values["code"]), str(record.values["zone_code"] or "")


def _rule_on(
    writer: Writer, rows: dict[date, OccupancyRule], where: Where, since: date, says: dict[str, object]
) -> None:
    row, (code, zone) = rows.get(since), where
    if row is None:
        writer.add(OccupancyRule(code=code, zone_code=zone, valid_from=since, **writer.dates.signature(), **says))
    elif row.lifted or any(getattr(row, name) != value for name, value in says.items()):
        writer.change(row, {**says, "lifted": False, "legal_basis": None, **writer.dates.signature()})


def _rule_from_today(writer: Writer, rows: dict[date, OccupancyRule], record: Record) -> None:
    dates, (code, zone) = writer.dates, _where(record)
    before = dates.present.of(RULES).get((*rule_of(record.values), ALWAYS), {})
    after = coming_rule(record, dates.said, dates.present)
    changed = _columns({name: value for name, value in after.items() if name not in before or value != before[name]})
    if changed and not is_lifted_since(record, dates.said, dates.present):
        planned = {since: row for since, row in rows.items() if since > dates.today and not row.lifted}
        _rule_on(writer, rows, (code, zone), dates.today, _columns(after))
        for row in planned.values():
            writer.change(row, changed)
    writer.keep_statement(RULES, f"{code}@{zone}" if zone else code, last_said(record, dates.said), record.values)


def _columns(values: Mapping[str, object]) -> dict[str, object]:
    """As the table holds them; `applies_to` is one text there."""
    names = attributes(OccupancyRule, RULES)
    told = {
        name: values[column.name]
        for name, column in names.items()
        if column.name in values and name not in ("code", "valid_from")
    }
    return told | ({"applies_to": ";".join(codes(values, "applies_to"))} if "applies_to" in values else {})
