"""Hours and closing days as JSON, and from the JSON of a request to a week."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from blueprints.api.booking_json import booking_json
from blueprints.api.hours_shapes import Closure, HoursBody, HoursRow, NotFitting, OpeningHours, Week
from blueprints.booking.day import CLOCK
from blueprints.booking.messages import place_name
from models.queries.hours import KeptClosure
from models.rules.discretion import Viewer
from models.rules.hours import Scope
from models.rules.hours_change import Period, WeekRow, week_on
from models.rules.house import House
from models.rules.unfit import Unfit


def week_of_body(body: HoursBody) -> tuple[WeekRow, ...]:
    return tuple(WeekRow(row.weekday, row.opens, row.closes, row.kind, row.week_of_month,
                         (row.label or "").strip() or None) for row in body.rows)


def opening_hours_json(scope: Scope, weeks: Iterable[Period], house: House, today: date) -> OpeningHours:
    weeks, place = list(weeks), ":".join(scope)
    planned = [week for week in weeks if week.first is not None and week.first > today]
    return {"scope": place, "name": place_name(place, house), **_week(week_on(today, weeks)),
            "planned": [_week(week) for week in planned]}


def closure_json(kept: KeptClosure, language: str) -> Closure:
    closure = kept.day
    return {"id": kept.id, "date": closure.day.isoformat(), "name": kept.names.in_language(language),
            "names": dict(kept.names), "kind": closure.kind, "opens": _clock(closure.opens),
            "closes": _clock(closure.closes), "organisations": sorted(closure.organisations)}


def not_fitting_json(unfit: Unfit, viewer: Viewer) -> NotFitting:
    return {"booking": booking_json(unfit.booking, viewer), "codes": list(unfit.codes)}


def _week(week: Period) -> Week:
    return {"from": week.first.isoformat() if week.first else None, "to": week.last.isoformat() if week.last else None,
            "rows": [_row(row) for row in week.rows]}


def _row(row: WeekRow) -> HoursRow:
    return {"weekday": row.weekday, "opens": _clock(row.opens), "closes": _clock(row.closes), "kind": row.kind,
            "week_of_month": row.week_of_month, "label": row.label}


def _clock(minute: int | None) -> str | None:
    return None if minute is None else CLOCK[minute]
