"""Refusals, warnings and what would work instead, as JSON."""

from __future__ import annotations

from collections.abc import Iterable

from blueprints.api.answers import moment
from blueprints.api.shapes import Alternative, Reason, RefusedDate
from blueprints.booking.messages import refusal_sentence, why_sentence
from blueprints.booking.told import told_here
from models.rules.finding import alternatives as rules
from models.rules.finding.occasion import Occasion
from models.rules.house.house import House
from models.rules.judging.told import Listed


def reason(refusal: Listed, house: House) -> Reason:
    return {
        "code": refusal.code,
        "rule": refusal.rule,
        "field": refusal.field,
        "scope": refusal.scope,
        "limit": refusal.limit,
        "actual": refusal.actual,
        "message": refusal_sentence(refusal, house),
        "set_by": refusal.set_by,
        "since": refusal.since,
    }


def reasons(refusals: Iterable[Listed], house: House) -> list[Reason]:
    """Each once: the dates of a series are often refused for the same reason."""
    return [reason(refusal, house) for refusal in dict.fromkeys(refusals)]


def alternatives(found: Iterable[rules.Alternative], house: House) -> list[Alternative]:
    return [
        {
            "space": each.space,
            "start": moment(each.during.start, house),
            "end": moment(each.during.end, house),
            "why": why_sentence(each, house),
        }
        for each in found
    ]


def refused_dates(dates: Iterable[Occasion], house: House) -> list[RefusedDate]:
    return [
        {
            "start": moment(date.start, house),
            "refusals": reasons(told_here(date.refusals, house), house),
            "alternatives": alternatives(date.alternatives, house),
        }
        for date in dates
    ]
