"""Weekly duties from their CSV rows: at counters, by colleagues, and nobody in two places."""

from __future__ import annotations

from models.rules.files.draft import Draft, Entry
from models.rules.house.usual import whole
from models.rules.roster.clashes import clashes
from models.rules.roster.duties import COUNTER, HALF_DAYS, WEEKS, WeeklyDuty

# By clash, the cell to mend, and what is said of it.
AT_FAULT = {
    "roster_clash": ("username", "roster_clash_line"),
    "counter_taken": ("counter_code", "counter_taken_line"),
}


def open_duties(draft: Draft) -> None:
    """In a house of which nobody says who works there, nobody has a duty yet."""
    if _nobody_says(draft, "users"):
        for row in draft.rows("roster"):
            if row.values.get("username"):
                draft.assume_cell(row, "username", None)


def settle_roster(draft: Draft) -> None:
    """Refuse what is no counter, whoever works elsewhere than the service, and what clashes with an earlier line."""
    rows = draft.rows("roster")
    for row in rows:
        _judge_duty(draft, row)
    whole_rows = [row for row in rows if not row.bad]
    people = {row.values["username"]: number for number, row in enumerate(whole_rows, start=1)}
    weekly = [
        _weekly(row, people[row.values["username"]] if row.values["username"] else None, at)
        for at, row in enumerate(whole_rows)
    ]
    for clash in clashes(weekly):
        later, earlier = whole_rows[clash.later.id], whole_rows[clash.earlier.id]
        column, said = AT_FAULT[clash.code]
        counter = earlier.values["counter_code"]
        draft.fault(later, column, said, value=later.values[column], other=earlier.line, counter=counter)


def _nobody_says(draft: Draft, file: str) -> bool:
    return draft.is_absent(file) and not draft.known.of(file)


def _judge_duty(draft: Draft, row: Entry) -> None:
    if row.bad or draft.unreadable & {"spaces", "services", "users"}:
        return
    counter, service, person = (str(row.values[name]) for name in ("counter_code", "service_code", "username"))
    if draft.value("spaces", counter, "type") != COUNTER:
        draft.fault(row, "counter_code", "not_a_counter", value=counter)
    organisation = draft.value("services", service, "org_code")
    is_told = row.values["username"] and not _nobody_says(draft, "services")
    if is_told and draft.value("users", person, "org_code") != organisation:
        draft.fault(row, "username", "of_another_organisation", value=person)


def _weekly(row: Entry, person_id: int | None, at: int) -> WeeklyDuty:
    values = row.values
    return WeeklyDuty(
        whole(values, "weekday"),
        next(each for each in HALF_DAYS if each == values["half_day"]),
        str(values["counter_code"]),
        str(values["service_code"]),
        person_id,
        next(each for each in WEEKS if each == values["weeks"]),
        id=at,
    )
