"""Which keys there are for whom: what may become of a party, in the words of the counter."""

from __future__ import annotations

from typing import NamedTuple

from flask_babel import gettext as _

from blueprints.line.zone import Here
from models.rules.line.outcomes import BOOKED, COULD_NOT
from models.rules.line.party import Party
from models.rules.line.states import LEFT_FOR_LATER
from models.rules.people.rights import services_coordinated_by


class Key(NamedTuple):
    """`verb`: as the address calls it."""

    verb: str
    label: str
    icon: str
    is_first: bool = False


def keys_for(party: Party, at: Here) -> list[Key]:
    """What whoever has the party may press; of colleagues' parties, what frees them: most of it for coordinators."""
    mine = party.by in (at.person.username, None)
    answers = mine or party.service in services_coordinated_by(at.person, at.house)
    if party.state in LEFT_FOR_LATER:
        back = [] if party.state == "interrupted" else [_back()]
        return [Key("resume", _("Go on"), "arrow-right"), *back] if answers else back
    if party.state == "not_come":
        return [_back()]
    if not mine:
        freed = _interrupt() if party.state == "begun" else _back()
        return [freed] if answers else []
    later = [Key("park", _("Park"), "clock"), Key("away", _("Fetches something"), "external")]
    if party.state == "begun":
        return [_interrupt(), *later]
    return [Key("begin", _("Is here: begin"), "check", True), _call_again(party, at), _back(), *later]


def _call_again(party: Party, at: Here) -> Key:
    most = at.zone.line.calls
    if party.calls >= most:
        return Key("again", _("Has not come"), "cancel")
    return Key("again", _("Call again (%(this)s of %(most)s)", this=party.calls + 1, most=most), "bell")


def _interrupt() -> Key:
    return Key("interrupt", _("Interrupt"), "pending")


def _back() -> Key:
    return Key("back", _("Back in line"), "repeat")


def outcomes() -> list[dict[str, str]]:
    """What was done, one key each."""
    said = {
        BOOKED: _("Done"),
        "paper_missing": _("A paper is missing"),
        "not_competent": _("Not ours to do"),
        "gave_up": _("Gave up"),
    }
    return [{"value": each, "label": said[each]} for each in (BOOKED, *COULD_NOT)]
