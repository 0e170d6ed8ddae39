"""Why a place is proposed, and how long it is wanted, in words: for the finder's page and for programs."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import ngettext

from blueprints.booking.asking import approvers
from blueprints.booking.messages import layout_word
from blueprints.web.language import language
from models.rules.finding.quest import Proposal, Quest
from models.rules.finding.ranking import DRAWBACKS
from models.rules.house.house import House
from models.rules.times.interval import civil_date


def why_words(proposal: Proposal, quest: Quest, house: House) -> list[tuple[str, bool]]:
    """Each reason as a phrase of its own, the most telling first, and whether it speaks for the place."""
    return [(_phrase(reason, proposal, quest, house), reason not in DRAWBACKS) for reason in proposal.reasons]


def why_sentence(proposal: Proposal, quest: Quest, house: House) -> str:
    """The same as one text for programs: a phrase, a full stop."""
    phrases = [phrase for phrase, _speaks_for in why_words(proposal, quest, house)]
    return " ".join(f"{phrase}." for phrase in phrases or [_("Free at that time")])


def _phrase(reason: str, proposal: Proposal, quest: Quest, house: House) -> str:
    space, people = house.spaces[proposal.space], quest.attendees or 0
    policy = house.policy(space.code, civil_date(proposal.during.start, house.zone))
    return {
        "first_moment": lambda: _("The first free moment"),
        "just_right": lambda: ngettext("Just right for %(num)d person", "Just right for %(num)d people", people),
        "large": lambda: ngettext(
            "Large for %(num)d person: it takes %(places)s",
            "Large for %(num)d people: it takes %(places)s",
            people,
            places=policy.most_in(proposal.layout),
        ),
        "few_people": lambda: ngettext(
            "Meant for at least %(num)d person", "Meant for at least %(num)d people", policy.min_attendees
        ),
        "shared": lambda: _("Shared with others at the same time"),
        "equipment": lambda: _("With %(things)s", things=", ".join(sorted(quest.equipment))),
        "liked": lambda: _("With %(things)s, as you like it", things=quest.person.preferred_equipment),
        "accessible": lambda: _("Wheelchair accessible"),
        "same_zone": lambda: (
            _("In your neighbourhood")
            if quest.near == quest.person.home_zone
            else _("In %(zone)s", zone=house.zones[space.zone].names.in_language(language()))
        ),
        "same_floor": lambda: (
            _("On your floor")
            if quest.near is None or quest.near == quest.person.home_zone
            else _("On the same floor as %(zone)s", zone=house.zones[quest.near].names.in_language(language()))
        ),
        "own": lambda: _("Of your own organisation"),
        "layout": lambda: _("In layout %(layout)s", layout=layout_word(proposal.layout)),
        "other_layout": lambda: _("Set up otherwise: %(layout)s", layout=layout_word(proposal.layout)),
        "for_residents": lambda: _("Meant for talks with residents"),
        "waits": lambda: _("After approval by %(who)s", who=approvers(proposal.approvals)),
    }[reason]()
