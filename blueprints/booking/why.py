"""Why a booking was accepted, refused, moved or declined: every decision on it, rule by rule, in plain words."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from flask import render_template, url_for
from flask_babel import format_datetime
from flask_babel import gettext as _

from blueprints.booking import blueprint
from blueprints.booking.messages import (
    amount_words,
    place_name,
    refusal_sentence,
    role_word,
    set_by_words,
    space_name,
    when_words,
)
from blueprints.booking.show import booking_at
from blueprints.booking.told import told_here
from blueprints.manage.words.rules import rule_title
from blueprints.web.identity import signed_in
from blueprints.web.rights import needs
from models.queries.house import the_house
from models.queries.receipts import Receipt, receipt_under, receipts_of
from models.rules.house.house import House
from models.rules.house.timeline import held_on
from models.rules.judging.explained import Line, lines_of
from models.rules.judging.receipt import judge_again
from models.rules.judging.told import lines_told
from models.rules.people.discretion import Viewer
from models.rules.people.person import Person
from models.rules.people.rights import may_read_refusal
from models.rules.refusals import NotFound
from models.rules.times.interval import civil_date


@blueprint.get("/bookings/<handle>/why")
@needs("see_bookings")
def why(handle: str):
    """For whoever sees the booking in full: counts of people and hours stand on it."""
    house, booking = the_house(), booking_at(handle, least="full")
    return render_template(
        "booking/why.html",
        title=_("Why: %(place)s", place=space_name(booking.space, house)),
        when=when_words(booking.during, house),
        back=url_for("booking.one", handle=handle),
        decisions=[decision_shown(each, house) for each in receipts_of(booking.id)],
        reason=booking.status_reason,
    )


@blueprint.get("/refusals/<receipt>")
@needs("see_own_bookings")
def refusal_explained(receipt: str):
    """A wish that came to nothing: for whoever asked, and for whom."""
    house, kept = the_house(), receipt_under(receipt)
    if kept is None or not is_of(signed_in(), kept):
        raise NotFound
    space = house.spaces.get(kept.met.wanted.space)
    return render_template(
        "booking/why.html",
        title=_("Why not: %(place)s", place=space_name(space.code, house) if space else ""),
        when=when_words(kept.met.wanted.during, house),
        back=url_for("home.today"),
        decisions=[decision_shown(kept, house)],
        reason=None,
    )


def is_of(person: Person, receipt: Receipt) -> bool:
    """Whether it is that of a refusal, which this person asked for or for whom it was asked."""
    return receipt.booking_id is None and may_read_refusal(person, receipt.actor_id, receipt.asked_for_id)


def decision_shown(receipt: Receipt, house: House) -> dict:
    """One decision: what it was, its reasons in words, and each rule with its limit and what was counted."""
    verdict = judge_again(receipt.rulebook, receipt.met)
    return {
        "word": decision_word(receipt.decision),
        "is_refusal": receipt.decision in ("refused", "declined", "displaced"),
        "at": format_datetime(receipt.at.astimezone(house.zone), "d MMMM y HH:mm", rebase=False),
        "by": receipt.actor_name or "",
        "reasons": [
            {"sentence": refusal_sentence(each, house), "set_by": set_by_words(each)}
            for each in told_here(receipt.reasons, house)
        ],
        "lines": [
            _line_shown(each, receipt, house)
            for each in lines_told(
                lines_of(receipt.rulebook, receipt.met, verdict), verdict.refusals, Viewer.of(signed_in(), house)
            )
        ],
        "same": tuple((*verdict.refusals, *verdict.warnings)) == receipt.reasons,
    }


def _line_shown(line: Line, receipt: Receipt, house: House) -> dict:
    return {
        "code": line.rule,
        "title": rule_title(line.rule),
        "place": _where(line, house),
        "counted": _counted(line),
        "outcome": line.outcome,
        "outcome_word": outcome_word(line.outcome),
        "version": _version(line, receipt),
    }


def _where(line: Line, house: House) -> str:
    scope, _colon, code = line.scope.partition(":")
    if scope == "role":
        return role_word(code)
    return _("You alone") if scope == "person" else place_name(line.scope, house)


def _counted(line: Line) -> str:
    limit, actual = _number(line, line.limit), _number(line, line.actual)
    if limit and not actual:
        return _("limit %(limit)s", limit=limit)
    return _("%(actual)s of %(limit)s", actual=actual, limit=limit) if limit else actual


def _number(line: Line, number) -> str:
    if number is None or number == "":
        return ""
    if line.rule == "R19":
        return ", ".join(role_word(role) for role in str(number).split(";"))
    if line.per:
        return amount_words(line.per.split()[0], number)
    return str(number)


def _version(line: Line, receipt: Receipt) -> str:
    """Which version of the rule held, once it was ever changed: this decision was taken on that one."""
    rulebook, day = receipt.rulebook, civil_date(receipt.met.wanted.during.start, ZoneInfo(receipt.rulebook.timezone))
    own = {(code, zone): timeline for code, zone, timeline in rulebook.zone_rules}.get(
        (line.rule, rulebook.zone.code), ()
    )
    rule = held_on(own, day) or held_on(rulebook.rules.get(line.rule, ()), day)
    return str(rule.version) if rule and rule.version > 1 else ""


def decision_word(decision: str) -> str:
    return {
        "accepted": _("Accepted"),
        "changed": _("Change accepted"),
        "refused": _("Refused"),
        "declined": _("Declined"),
        "displaced": _("No longer fitting"),
        "moved": _("Moved to another place"),
    }.get(decision, decision)


def outcome_word(outcome: str) -> str:
    return {"kept": _("Kept"), "refused": _("Refused"), "warned": _("Remarked"), "waived": _("Set aside")}[outcome]
