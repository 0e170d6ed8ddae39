"""What held from when, and who said so: the register behind a space's places, a place's limit and a rule."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from flask_babel import format_datetime
from flask_babel import gettext as _

from blueprints.booking.messages import layout_word
from blueprints.manage.words.capacity import people, since_words
from blueprints.manage.words.places import rules_said
from blueprints.manage.words.rules import rule_words
from models.actions.files.import_writer import REASON as IMPORTED
from models.queries.people import people_by_id
from models.queries.policies import limit_rows, policy_rows, rows_of_rule
from models.rules.changes.rules import own_timeline
from models.rules.house.house import House, Space
from models.rules.times.interval import civil_date


def policy_history(space: Space, house: House, now: datetime) -> list[dict]:
    """Newest first. Three queries."""
    rows = policy_rows(space.id)
    return _history(
        rows,
        house,
        now,
        lambda row: _places_words(
            row.ceiling, {each.layout: each.places for each in row.capacities}, row.default_layout
        ),
    )


def rules_history(space: Space, house: House, now: datetime) -> list[dict]:
    """What each change of a space's rules was about, newest first. Three queries."""
    rows = policy_rows(space.id)
    said = {row.id: rules_said(before, row) for before, row in zip([None, *rows], rows, strict=False)}
    return _history(rows, house, now, lambda row: said[row.id])


def limit_history(scope: str, code: str, house: House, now: datetime) -> list[dict]:
    """Newest first. Two queries."""
    return _history(limit_rows(scope, code), house, now, lambda row: people(row.max_persons))


def rule_history(code: str, house: House, now: datetime, zone: str | None = None) -> list[dict]:
    """Of the house, or of a zone alone. Newest first. What nobody ever set and no file named has none. Two queries."""
    held = dict(own_timeline(house, code, zone) if zone else house.rules.get(code, ()))
    return _history(
        (row for row in rows_of_rule(code) if row.zone_code == (zone or "") and row.valid_from in held),
        house,
        now,
        lambda row: rule_words(rule, house, zone) if (rule := held[row.valid_from]) else _("As in the whole house"),
    )


def _history(rows: Iterable, house: House, now: datetime, what) -> list[dict]:
    rows, today = list(rows), civil_date(now, house.zone)
    people_named = people_by_id({row.set_by_id for row in rows if row.set_by_id})
    current = max((row.valid_from for row in rows if row.valid_from <= today), default=date.min)
    return [
        {
            "since": since_words(row.valid_from),
            "is_planned": row.valid_from > today,
            "is_current": row.valid_from == current,
            "what": what(row),
            "why": _("Imported") if row.set_by_id is None or row.reason == IMPORTED else row.reason or _("New"),
            "ground": getattr(row, "legal_basis", None),
            "who": people_named[row.set_by_id].name if row.set_by_id in people_named else "",
            "when": format_datetime(row.set_at, "d MMMM y HH:mm") if row.set_at else "",
        }
        for row in reversed(rows)
    ]


def _places_words(ceiling: int | None, capacities: dict[str, int], default_layout: str) -> str:
    """The ceiling where there is one, then each layout, the default one first."""
    ordered = sorted(capacities, key=lambda layout: (layout != default_layout, layout))
    said = [f"{layout_word(layout)} {capacities[layout]}" for layout in ordered]
    if ceiling is not None:
        said.insert(0, _("at most %(people)s in every layout", people=people(ceiling)))
    return "; ".join(said)
