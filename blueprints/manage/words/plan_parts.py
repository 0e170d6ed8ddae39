"""The parts of a plan that other organisations see to: what its maker reads of them, and what their own people do."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import format_datetime, ngettext
from flask_babel import gettext as _

from blueprints.web.language import language
from models.queries.plans import KeptPlan
from models.rules.house.house import House
from models.rules.plans.parts import Part


def part_row(part: Part, plan: KeptPlan, house: House) -> dict[str, str]:
    """How many there are of another organisation, of which only its own people learn which they are; and whether they
    are ready with them."""
    name, counts = organisation_name(part.organisation, house), part.counts
    facts = {"organisation": name, "moved": counts.moved}
    said = (
        ngettext(
            "%(num)d booking of %(organisation)s: %(moved)d moved. Only their own people see which.",
            "%(num)d bookings of %(organisation)s: %(moved)d moved. Only their own people see which.",
            counts.affected,
            **facts,
        )
        if plan.status == "applied"
        else ngettext(
            "%(num)d booking of %(organisation)s: another place for %(moved)d. Only their own people see which.",
            "%(num)d bookings of %(organisation)s: another place for %(moved)d. Only their own people see which.",
            counts.affected,
            **facts,
        )
    )
    state = "" if plan.status != "draft" or part.id is None else "ready" if part.is_ready else "open"
    return {"said": said, "state": state}


def waits_words(plan: KeptPlan, house: House, parts: Iterable[Part] = ()) -> str:
    """Until when a plan waits for others, for whom where its parts are known, or for whoever sees to this part of it;
    empty where it does not."""
    if not plan.is_waiting or plan.due_at is None:
        return ""
    until = format_datetime(plan.due_at.astimezone(house.zone), "EEEE d MMMM HH:mm", rebase=False)
    late = [organisation_name(part.organisation, house) for part in parts if part.id is not None and not part.is_ready]
    if late:
        return _("It waits for %(whom)s until %(moment)s at the latest.", whom=", ".join(late), moment=until)
    if plan.part_of is None:
        return _("It waits for their part until %(moment)s at the latest.", moment=until)
    return _("It waits for you until %(moment)s at the latest.", moment=until)


def organisation_name(code: str, house: House) -> str:
    return house.organisations[code].names.in_language(language())
