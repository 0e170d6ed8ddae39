"""A proposal as the page shows it: where, when, why it ranks there, and the button that fills in the booking form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from flask import url_for
from flask_babel import gettext as _

from blueprints.booking.asking import values_at
from blueprints.booking.day import hours_words
from blueprints.booking.kind import KINDS
from blueprints.booking.messages import layout_word
from blueprints.booking.show import Look, day_words
from blueprints.find.seeking import Way
from blueprints.find.words import why_words
from blueprints.web.addresses import url_with
from blueprints.web.language import language
from models.rules.finding.finder import MOST
from models.rules.finding.quest import Proposal, Quest
from models.rules.times.interval import civil_date

NEAR_ME = frozenset({"same_zone", "same_floor"})


def proposal_rows(
    proposals: Iterable[Proposal], quest: Quest, look: Look, sent: Mapping[str, object] | None = None
) -> list[dict]:
    """`sent`: what is booked at once for somebody else, beside place and time; else the press leads to the form."""
    return [_row(each, quest, look, sent) for each in proposals]


def _row(proposal: Proposal, quest: Quest, look: Look, sent: Mapping[str, object] | None) -> dict:
    house, here = look.house, language()
    proposal = _without_reasons(proposal, look, is_for_another=sent is not None)
    space = house.spaces[proposal.space]
    policy = house.policy(space.code, civil_date(proposal.during.start, house.zone))
    kind, owner = KINDS[space.kind], house.organisations.get(space.owner or "")
    hours = hours_words(proposal.during, house)
    when = values_at(proposal.during, house, in_half_days=policy.in_half_days)
    layout = proposal.layout if proposal.layout != policy.default_layout else None
    return {
        "name": space.names.in_language(here),
        "code": space.code,
        "kind": space.kind,
        "url": url_for(f"{kind.name}.one_space", code=space.code, date=when["date"]),
        "day": day_words(proposal.during.start, look),
        "hours": hours,
        "places": None if policy.traits.one_person else policy.most_in(proposal.layout),
        "layout": layout_word(proposal.layout) if len(policy.capacities) > 1 else "",
        "floor": house.floors[space.floor].names.in_language(here),
        "equipment": ", ".join(space.equipment),
        "accessible": policy.accessible and not quest.accessible,
        "waits": bool(proposal.approvals),
        "organisation": owner.names.in_language(here) if owner else "",
        "organisation_colour": owner.colour if owner else "",
        "why": [
            {"phrase": phrase, "speaks_for": speaks_for} for phrase, speaks_for in why_words(proposal, quest, house)
        ],
        "book_url": url_with(
            f"{kind.name}.book_form",
            {
                "code": space.code,
                "attendees": quest.attendees,
                "layout": layout,
                **when,
            },
        ),
        "book_label": _("Request") if proposal.approvals else _("Book"),
        "press": None
        if sent is None
        else {
            "action": url_for(f"{kind.name}.book", code=space.code),
            "hidden": {"attendees": quest.attendees, "layout": layout, **when, **sent},
        },
    }


def _without_reasons(proposal: Proposal, look: Look, *, is_for_another: bool) -> Proposal:
    """Whoever gives the word that it waits for books at once; and what lies near is near to whoever asks, not to those
    they ask for."""
    if not is_for_another:
        return proposal
    approvals = proposal.approvals - look.person.roles
    left_out = NEAR_ME if approvals else NEAR_ME | {"waits"}
    reasons = tuple(each for each in proposal.reasons if each not in left_out)
    return replace(proposal, approvals=approvals, reasons=reasons)


def way_links(ways: Sequence[Way]) -> list[dict]:
    return [
        {
            "label": way.label,
            "url": url_with("find.show", way.asked.address()),
            "number": way.number,
            "or_more": way.number >= MOST,
        }
        for way in ways
    ]
