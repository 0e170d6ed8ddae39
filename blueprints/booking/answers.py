"""What a refusal looks like on a page: every reason as a sentence, every way out as a button that books at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.datastructures import MultiDict

from blueprints.booking.asking import approvers, values_at
from blueprints.booking.forms import CALLER, BookingForm
from blueprints.booking.kind import KINDS
from blueprints.booking.messages import refusal_sentence, set_by_words, when_words, why_sentence
from blueprints.booking.told import sentences, told_here
from blueprints.web.faults import fault_sentence
from blueprints.web.language import language
from models.actions.bookings.book import Answer
from models.queries.bookings import handles_of
from models.rules.finding.alternatives import Alternative
from models.rules.house.house import House
from models.rules.judging.judge import Verdict
from models.rules.refusals import BadRequest, Refusal, Refused, SeriesRefused

NOT_KEPT = frozenset({"csrf_token", "date", "start", "end", "block", "space"})
AnyRefusal = TypeVar("AnyRefusal", bound=Refusal)
FIELD_OF = {"recurrence": "repeat", "caller": CALLER[0]}
WITH_DATES_SHOWN = 30


def blame(form: BookingForm, error: BadRequest) -> None:
    """Say it at the field it is about, or over the whole form where that field is not on it."""
    name = FIELD_OF.get(error.field, error.field.replace(".", "_"))
    if name in form:
        form[name].errors = [fault_sentence(error)]
    else:
        form.form_errors.append(fault_sentence(error))


def refusal_rows(refusals: Iterable[Refusal], house: House, form: BookingForm | None = None) -> list[dict]:
    """Each reason with its rule, and a link to the field where the remedy is sought."""
    rows = []
    for each in told_here(refusals, house):
        field = "date" if each.field == "start" and form is not None and "start" not in form else each.field
        shown = form is not None and field in form
        rows.append(
            {
                "message": refusal_sentence(each, house),
                "rule": each.rule,
                "set_by": set_by_words(each),
                "url": f"#{field}" if shown else "",
            }
        )
    return rows


def of_the_building(refusal: AnyRefusal, house: House) -> AnyRefusal:
    """What is so for every space of a kind is said of the building, not of the first that was tried."""
    kind, _sep, code = (refusal.scope or "").partition(":")
    return replace(refusal, scope=f"building:{house.spaces[code].building}") if kind == "space" else refusal


def said_of_all(verdicts: Iterable[Verdict], house: House, but: Collection[str]) -> tuple[str, ...]:
    """Why none of these can be had, where it is the same for all of them: a closed day, a desk held already."""
    said = [
        {each.code: each for each in told_here(verdict.refusals, house) if each.code not in but} for verdict in verdicts
    ]
    everywhere = set.intersection(*map(set, said)) if said else set()
    return tuple(
        refusal_sentence(of_the_building(refusal, house), house)
        for code, refusal in (said[0].items() if said else ())
        if code in everywhere
    )


def alternative_rows(
    alternatives: Iterable[Alternative], posted: Mapping[str, str], house: House, *, action: str = ""
) -> list[dict]:
    """One POST each: what was filled in, at another time or in another space. `action` stays the same for a change,
    which names its space among its values; a new booking goes to the other space's own address."""
    kept = {name: value for name, value in posted.items() if name not in NOT_KEPT}
    rows = []
    for each in alternatives:
        space = house.spaces[each.space]
        kind = KINDS[space.kind]
        hidden = kept | values_at(each.during, house, in_half_days=kind.in_half_days)
        if action:
            hidden["space"] = space.code
        elif each.why != "same_space" and not _offers(space.code, hidden.get("layout"), each, house):
            hidden.pop("layout", None)
        rows.append(
            {
                "when": when_words(each.during, house),
                "space": space.names.in_language(language()),
                "code": space.code,
                "why": why_sentence(each, house),
                "hidden": hidden,
                "label": _("Book this"),
                "action": action or url_for(f"{kind.name}.book", code=space.code),
            }
        )
    return rows


def _offers(space: str, layout: str | None, alternative: Alternative, house: House) -> bool:
    day = alternative.during.start.astimezone(house.zone).date()
    return layout is None or layout in house.policy(space, day).capacities


def refused_page(
    refused: Refused, posted: Mapping[str, str], house: House, form: BookingForm | None, action: str = ""
) -> dict[str, object]:
    """What the page of a refused form shows first."""
    posted = as_posted(posted)
    why = url_for("booking.refusal_explained", receipt=refused.receipt) if refused.receipt is not None else ""
    if isinstance(refused, SeriesRefused):
        return {
            "why_url": why,
            "refused_dates": date_rows(refused.dates, house),
            "posted": _resend(posted),
            "refusals": [],
            "alternatives": [],
        }
    return {
        "why_url": why,
        "refusals": refusal_rows(refused.refusals, house, form),
        "refused_dates": [],
        "posted": posted,
        "alternatives": alternative_rows(refused.alternatives, posted, house, action=action),
    }


def as_posted(form: Mapping[str, str]) -> dict[str, str]:
    """What was filled in, one value a field: see ItemsField."""
    if not isinstance(form, MultiDict):
        return dict(form)
    return {name: ";".join(values) for name, values in form.lists()}


def date_rows(dates: Iterable, house: House) -> list[dict]:
    """The dates of a series that are refused, each with its reasons."""
    rows = []
    for each in list(dates)[:WITH_DATES_SHOWN]:
        when = when_words(each.verdict.during, house)
        # Of an hour that does not exist, only the day.
        rows.append(
            {
                "when": when if each.facts else when.partition(",")[0],
                "refusals": sentences(each.refusals, house),
            }
        )
    return rows


def _resend(posted: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in posted.items() if name not in ("csrf_token", "on_conflict")}


def booked_sentence(answer: Answer, house: House) -> str:
    """What to say of bookings just made: where and when, never what for; a cookie carries it to the next page."""
    first = answer.bookings[0]
    facts = {"place": house.spaces[first.space].names.in_language(language()), "when": when_words(first.during, house)}
    if answer.series:
        said = ngettext(
            "%(num)d date booked: %(place)s, first on %(when)s.",
            "%(num)d dates booked: %(place)s, first on %(when)s.",
            len(answer.bookings),
            **facts,
        )
        left = len(answer.refused)
        return said + (
            " " + ngettext("%(num)d date was left out.", "%(num)d dates were left out.", left) if left else ""
        )
    if first.status == "pending":
        return _(
            "Requested: %(place)s, %(when)s. This waits for approval by: %(who)s.",
            who=approvers(first.awaited_roles),
            **facts,
        )
    return _("Booked: %(place)s, %(when)s.", **facts)


def first_booked(answer: Answer) -> str:
    """The handle of what was booked, or of its first date; also where the same form came twice."""
    if answer.kept is None:
        return answer.bookings[0].handle
    [number, *_others] = answer.kept["booking_ids"]
    return handles_of([number])[number]


def check_page(answer: Answer, house: House) -> dict[str, object]:
    """What a check found where booking is possible."""
    return verdict_page(answer.verdicts, house) | {
        "dates": len(answer.verdicts) if answer.series is not None else 0,
        "refused_dates": date_rows(answer.refused, house),
    }


def verdict_page(verdicts: Sequence[Verdict], house: House) -> dict[str, object]:
    waits = frozenset().union(*(each.approvals for each in verdicts))
    warnings = {said: None for each in verdicts for said in sentences(each.warnings, house)}
    return {
        "possible": True,
        "when": when_words(verdicts[0].during, house),
        "warnings": list(warnings),
        "approval": approvers(waits) if waits else "",
        "dates": len(verdicts) if len(verdicts) > 1 else 0,
        "refused_dates": [],
    }
