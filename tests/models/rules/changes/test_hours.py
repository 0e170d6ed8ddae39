"""A week as somebody sets it: what makes no sense in it, and what becomes of the weeks before and after."""

from __future__ import annotations

from datetime import date

import pytest

from models.rules.changes.change import owner_of, spaces_in
from models.rules.changes.hours import (
    MOST_ROWS,
    Period,
    SetHours,
    WeekRow,
    periods,
    place_with_hours,
    remaining,
    week_faults,
    week_on,
)
from models.rules.values import Scope
from tests.models.rules.builders import during, house, minute, wanted, why_not

MON, TUE, SAT = 1, 2, 6


def row(weekday: int, opens: str, closes: str, kind: str = "public", week: int | None = None, **more) -> WeekRow:
    return WeekRow(weekday, minute(opens), minute(closes), kind, week, **more)


GOOD = [
    [],  # hours of the next scope
    [row(MON, "09:00", "12:00")],
    [row(MON, "09:00", "12:00"), row(MON, "12:00", "13:00")],  # touching is no overlap
    [row(MON, "09:00", "12:00"), row(TUE, "09:00", "12:00")],
    [row(MON, "09:00", "12:00"), row(MON, "09:00", "12:00", "staff_access")],  # other sorts stand side by side
    [row(SAT, "09:00", "12:00", week=1), row(SAT, "09:00", "12:00", week=3)],
    [row(SAT, "09:00", "12:00"), row(SAT, "09:00", "14:00", week=1)],  # longer on the first one
    [row(MON, "00:00", "24:00")],
]


@pytest.mark.parametrize("week", GOOD)
def test_a_week_that_makes_sense_has_no_faults(week):
    assert list(week_faults(week)) == []


@pytest.mark.parametrize(
    ("week", "field", "code"),
    [
        ([row(MON, "12:00", "09:00")], "rows.0.closes", "closes_before_opens"),
        ([row(MON, "12:00", "12:00")], "rows.0.closes", "closes_before_opens"),
        ([row(0, "09:00", "12:00")], "rows.0.weekday", "unknown_choice"),
        ([row(8, "09:00", "12:00")], "rows.0.weekday", "unknown_choice"),
        ([row(MON, "09:00", "12:00", "open")], "rows.0.kind", "unknown_choice"),
        ([row(MON, "09:00", "12:00", week=0)], "rows.0.week_of_month", "unknown_choice"),
        ([row(MON, "09:00", "12:00", week=6)], "rows.0.week_of_month", "unknown_choice"),
        ([WeekRow(MON, -1, 60, "public")], "rows.0.opens", "outside_a_day"),
        ([WeekRow(MON, 60, 1441, "public")], "rows.0.closes", "outside_a_day"),
        ([row(MON, "09:00", "12:00"), row(MON, "11:59", "13:00")], "rows.1.opens", "hours_overlap"),
        (
            [row(MON, "09:00", "12:00"), row(TUE, "09:00", "12:00"), row(MON, "08:00", "18:00")],
            "rows.2.opens",
            "hours_overlap",
        ),
        ([row(SAT, "09:00", "12:00", week=1), row(SAT, "10:00", "11:00", week=1)], "rows.1.opens", "hours_overlap"),
        ([row(MON, "09:00", "12:00", label="x" * 201)], "rows.0.label", "too_long_text"),
        ([row(MON, "09:00", "12:00")] * (MOST_ROWS + 1), "rows", "too_many"),
    ],
)
def test_what_makes_no_sense_is_named_by_its_row_and_field(week, field, code):
    [fault] = week_faults(week)
    assert (fault.field, fault.code) == (field, code)


def test_every_fault_of_a_week_is_told():
    week = [row(MON, "12:00", "09:00"), row(TUE, "09:00", "12:00"), row(TUE, "10:00", "11:00")]
    assert [fault.field for fault in week_faults(week)] == ["rows.0.closes", "rows.2.opens"]


def day(text: str | None) -> date | None:
    return date.fromisoformat(f"2027-{text}") if text else None


@pytest.mark.parametrize(
    ("held", "taken", "left"),
    [
        ((None, None), ("05-01", None), [(None, "04-30")]),
        ((None, None), ("05-01", "08-31"), [(None, "04-30"), ("09-01", None)]),
        (("03-01", "12-31"), ("05-01", "08-31"), [("03-01", "04-30"), ("09-01", "12-31")]),
        (("06-01", None), ("05-01", None), []),  # was planned for later: another week comes
        (("06-01", "07-01"), ("05-01", "08-31"), []),
        (("06-01", None), ("05-01", "08-31"), [("09-01", None)]),
        (("03-01", "04-01"), ("05-01", None), [("03-01", "04-01")]),  # over before: stays as it was
        (("10-01", None), ("05-01", "08-31"), [("10-01", None)]),
        (("05-01", "05-01"), ("05-01", "05-01"), []),
    ],
)
def test_a_row_keeps_the_days_that_no_other_week_takes(held, taken, left):
    found = remaining(Period(day(held[0]), day(held[1]), ()), day(taken[0]), day(taken[1]))
    assert [(each.first, each.last) for each in found] == [(day(first), day(last)) for first, last in left]


def test_rows_of_many_dates_read_as_weeks_that_follow_one_another():
    always, summer, autumn = (row(MON, "09:00", closes) for closes in ("12:00", "11:00", "16:00"))
    weeks = periods(
        [
            Period(None, day("06-30"), (always,)),
            Period(day("07-01"), day("08-31"), (summer,)),
            Period(day("10-01"), None, (autumn,)),
        ]
    )
    assert [(week.first, week.last, week.rows) for week in weeks] == [
        (None, day("06-30"), (always,)),
        (day("07-01"), day("08-31"), (summer,)),
        (day("09-01"), day("09-30"), ()),
        (day("10-01"), None, (autumn,)),
    ]
    assert week_on(day("08-31"), weeks).rows == (summer,)
    assert week_on(day("09-15"), weeks).rows == ()
    assert periods([]) == ()


def test_the_same_week_in_two_pieces_reads_as_one():
    nine = row(MON, "09:00", "12:00")
    [week] = periods([Period(None, day("06-30"), (nine,)), Period(day("07-01"), None, (nine,))])
    assert (week.first, week.last) == (None, None)


def test_a_week_holds_from_its_first_day_to_its_last_and_not_beside_them():
    small = house()
    day = date(2027, 3, 15)
    after = SetHours(Scope("zone", "HAL"), (row(MON, "13:00", "16:00"),), first=day, last=day).imagined(small)
    for monday, morning in (("2027-03-08", set()), ("2027-03-15", {"outside_hours"}), ("2027-03-22", set())):
        assert why_not(after, wanted("BOOTH", f"{monday}T09:00", "10:00")) == morning, monday
        assert why_not(small, wanted("BOOTH", f"{monday}T09:00", "10:00")) == set()
    assert after.hours.of_kind("staff_access", [("building", "AC")], date(2027, 3, 15)) == (
        during("2027-03-15T07:00", "19:00"),
    )


def test_an_empty_week_leaves_a_zone_to_its_building_and_closed_to_residents():
    after = SetHours(Scope("zone", "HAL"), (), first=date(2027, 3, 1)).imagined(house())
    assert why_not(after, wanted("BOOTH", "09:00", "10:00")) == {"outside_hours"}
    assert why_not(after, wanted("SALON", "09:00", "10:00")) == set()


def test_a_scope_names_a_place_that_may_have_hours():
    small = house()
    assert [place_with_hours(text, small) for text in ("building:AC", "zone:HAL", "space:ROOM")] == [
        ("building", "AC"),
        ("zone", "HAL"),
        ("space", "ROOM"),
    ]
    none = ("floor:F1", "zone:ROOM", "zone", "", ":", "zone:HAL:1")
    assert [place_with_hours(text, small) for text in none] == [None] * 6
    assert owner_of(Scope("building", "AC"), small) is None
    assert spaces_in(Scope("zone", "BUR"), small) == {"DESK-1", "DESK-2"}
    assert spaces_in(Scope("building", "AC"), small) == small.spaces.keys()
    assert spaces_in(Scope("space", "X"), small) == {"X"}
