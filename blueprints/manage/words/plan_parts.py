"""The parts of a plan that other organisations see to themselves, as its maker reads of them."""

from __future__ import annotations

from flask_babel import ngettext

from blueprints.web.language import language
from models.queries.plan_parts import Part
from models.queries.plans import KeptPlan
from models.rules.house.house import House


def part_words(part: Part, plan: KeptPlan, house: House) -> str:
    """How many there are of another organisation, of which only its own people learn which they are."""
    facts = {
        "organisation": house.organisations[part.organisation].names.in_language(language()),
        "moved": part.counts.moved,
    }
    if plan.status == "applied":
        return ngettext(
            "%(num)d booking of %(organisation)s: %(moved)d moved. Only their own people see which.",
            "%(num)d bookings of %(organisation)s: %(moved)d moved. Only their own people see which.",
            part.counts.affected,
            **facts,
        )
    return ngettext(
        "%(num)d booking of %(organisation)s: another place for %(moved)d. Only their own people see which.",
        "%(num)d bookings of %(organisation)s: another place for %(moved)d. Only their own people see which.",
        part.counts.affected,
        **facts,
    )
