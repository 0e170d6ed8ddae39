"""Hours and closing days as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from blueprints.api.booking_json import booking_json, under_secrecy_json
from blueprints.api.hours_shapes import Closure, NoLongerFitting, NotFitting, OpeningHours, Week
from blueprints.booking.messages import place_name
from models.queries.effects import Effects
from models.queries.hours import KeptClosure
from models.rules.changes.hours import Period, clock, week_on
from models.rules.house.house import House
from models.rules.judging.unfit import Unfit
from models.rules.people.discretion import Viewer
from models.rules.values import Scope


def opening_hours_json(scope: Scope, weeks: Iterable[Period], house: House, today: date) -> OpeningHours:
    weeks, place = list(weeks), str(scope)
    planned = [week for week in weeks if week.first is not None and week.first > today]
    return {
        "scope": place,
        "name": place_name(place, house),
        **_week(week_on(today, weeks)),
        "planned": [_week(week) for week in planned],
    }


def closure_json(kept: KeptClosure, language: str) -> Closure:
    closure = kept.day
    return {
        "id": kept.id,
        "date": closure.day.isoformat(),
        "name": kept.names.in_language(language),
        "names": dict(kept.names),
        "kind": closure.kind,
        "opens": clock(closure.opens),
        "closes": clock(closure.closes),
        "organisations": sorted(closure.organisations),
    }


def unfit_json(effects: Effects, viewer: Viewer) -> NoLongerFitting:
    fitting = [_not_fitting(each, viewer) for each in effects.listed_for(viewer).unfit]
    return {"no_longer_fitting": fitting, "under_secrecy": under_secrecy_json(effects.apart)}


def _not_fitting(unfit: Unfit, viewer: Viewer) -> NotFitting:
    return {"booking": booking_json(unfit.booking, viewer), "codes": list(unfit.codes)}


def _week(week: Period) -> Week:
    return {
        "from": week.first.isoformat() if week.first else None,
        "to": week.last.isoformat() if week.last else None,
        "rows": [row.said() for row in week.rows],
    }
