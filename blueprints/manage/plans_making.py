"""From a change page into a plan: the same values, as a draft in which everybody displaced has a new place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from werkzeug.wrappers import Response

from blueprints.manage.plans_progress import plan_page_once_made
from blueprints.web.clock import now
from blueprints.web.identity import current_person
from models.actions.make_plan import make_plan
from models.rules.closing import ClosureWish
from models.rules.hours_change import WeekRow
from models.rules.house import House
from models.rules.refusals import BadRequest
from models.rules.what_if import UNCHANGED, CapacityChange

FIELDS_OF_FORMS = {"hours": "rows"}     # where a form calls it otherwise than the API does


def to_a_plan(changes: Iterable[Mapping], reason: str) -> Response:
    """Make it, and go to its page. Raises BadRequest with the field's name as a change's own page knows it."""
    raw, person, moment = list(changes), current_person(), now()
    try:
        return plan_page_once_made(
            lambda progress: make_plan(raw, person, moment, reason=reason, progress=progress))
    except BadRequest as wrong:
        raise BadRequest(_own_field(wrong.field), wrong.code, **wrong.facts) from None


def capacity_as_change(space: str, wish: CapacityChange) -> dict:
    values: dict[str, object] = {} if wish.ceiling is UNCHANGED else {"capacity": wish.ceiling}
    if wish.capacities:
        values["capacities"] = dict(wish.capacities)
    return change(f"space:{space}", values, wish.valid_from, wish.valid_to)


def out_of_use(space: str, first: date | None, back_on: date | None) -> dict:
    return change(f"space:{space}", {"active": False}, first, back_on and back_on - timedelta(days=1))


def week_as_change(scope: str, rows: Iterable[WeekRow], first: date | None, last: date | None) -> dict:
    return change(scope, {"hours": [
        {"weekday": row.weekday, "opens": _clock(row.opens), "closes": _clock(row.closes), "kind": row.kind,
         "week_of_month": row.week_of_month, "label": row.label} for row in rows]}, first, last)


def closing_as_changes(wish: ClosureWish, house: House) -> list[dict]:
    """One for each organisation that it closes; one for all where it closes everybody in the only building."""
    said = {"names": {language: name for language, name in wish.names.items() if name}, "kind": wish.kind}
    if wish.opens is not None and wish.closes is not None:
        said |= {"opens": _clock(wish.opens), "closes": _clock(wish.closes)}
    said["name"] = said["names"].pop("nl", "")
    if not wish.organisations and len(house.buildings) == 1:
        scopes = [f"building:{next(iter(house.buildings))}"]
    else:
        scopes = [f"organisation:{code}" for code in sorted(wish.organisations or house.organisations)]
    return [change(scope, {"closure": said}, wish.first, wish.last) for scope in scopes]


def rule_as_change(code: str, values: Mapping[str, object], first: date | None, last: date | None) -> dict:
    """Places are a set to the rules and a list to whoever reads a plan."""
    return change(f"rule:{code}", {name: sorted(value) if isinstance(value, frozenset) else value
                                   for name, value in values.items()}, first, last)


def change(scope: str, values: Mapping[str, object], first: date | None, last: date | None = None) -> dict:
    days = {"from": first.isoformat() if first else None, "to": last.isoformat() if last else None}
    return {"scope": scope, "set": dict(values)} | {name: day for name, day in days.items() if day}


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _own_field(name: str) -> str:
    """`changes.0.set.capacities.theatre` is `capacities.theatre` on the page where it was filled in."""
    parts = name.split(".")
    if parts[0] == "changes":
        parts = [part for part in parts[2:] if part not in ("set", "closure")]
    return ".".join(FIELDS_OF_FORMS.get(part, part) for part in parts) or name
