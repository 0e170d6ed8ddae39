"""The parts of a plan that other organisations see to: what its maker reads of them, and what their own people do."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext as _

from blueprints.manage.words.capacity import apart_words
from blueprints.web.dates import moment_text
from blueprints.web.language import language
from models.queries.plans import KeptPlan
from models.rules.house.house import House
from models.rules.plans.parts import Part


def part_row(part: Part, house: House) -> dict[str, str]:
    """How many of another organisation lie in a plan, of which only its own people learn which must move; of a plan
    that waits for them, whether they are ready."""
    [said] = apart_words({part.organisation: part.bookings}, house)
    return {"said": said, "state": "" if part.is_ready is None else "ready" if part.is_ready else "open"}


def waits_words(plan: KeptPlan, house: House, parts: Iterable[Part] = ()) -> str:
    """Until when a plan waits for others, for whom where its parts are known, or for whoever sees to this part of it;
    empty where it does not."""
    if not plan.is_waiting or plan.due_at is None:
        return ""
    until = moment_text(plan.due_at, "EEEE d MMMM HH:mm")
    late = [organisation_name(part.organisation, house) for part in parts if part.is_ready is False]
    if late:
        return _("It waits for %(whom)s until %(moment)s at the latest.", whom=", ".join(late), moment=until)
    if plan.part_of is None:
        return _("It waits for their part until %(moment)s at the latest.", moment=until)
    return _("It waits for you until %(moment)s at the latest.", moment=until)


def organisation_name(code: str, house: House) -> str:
    return house.organisations[code].names.in_language(language())
