"""Head counts in words: a number for who may know it, a step such as "5 to 9" for everybody else."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import ngettext

from blueprints.booking.messages import place_name
from models.rules.people.discretion import Viewer
from models.rules.presence.occupancy import Place
from models.rules.presence.steps import STEP, most_beyond, place_told

FEW = (1, STEP - 1)


def figure_words(persons: int, most: int) -> str:
    """As it stands in a table. `most`: how many it can be; the same where the number is certain."""
    if most == persons:
        return str(persons)
    if (persons, most) == FEW:
        return _("fewer than five")
    return _("%(least)s to %(most)s", least=persons, most=most)


def people_words(persons: int, most: int) -> str:
    """As it stands in a sentence."""
    if most == persons:
        return ngettext("%(num)d person", "%(num)d people", persons)
    if (persons, most) == FEW:
        return _("fewer than five people")
    return _("%(least)s to %(most)s people", least=persons, most=most)


def left_words(persons: int, most: int, limit: int | None) -> str:
    """How many more could come, as it stands in a table; of what is not certain the least, if anything."""
    if limit is None:
        return ""
    if most == persons:
        return str(limit - persons)
    left = limit - most
    return _("at least %(num)s", num=left) if left > 0 else ""


def kept_words(place: Place, viewer: Viewer) -> str:
    """Which zones of a floor or building this viewer has no figure of, and what that does to its own."""
    house = viewer.house
    around = [each for each in house.zones.values() if getattr(each, place.sort) == place.code]
    zones = [Place("zone", each.code) for each in around]
    names = ", ".join(place_name(str(each), house) for each in zones if place_told(each, viewer) != each)
    if not names:
        return ""
    beyond = most_beyond(place, viewer)
    if not beyond:
        return _("Only counted with the whole floor: %(zones)s.", zones=names)
    return _(
        "Only counted with the whole floor, and in whole fives: %(zones)s. Up to %(most)s more people may be there.",
        zones=names,
        most=beyond,
    )


def state_words(state: str) -> str:
    return {
        "over": _("Above the limit"),
        "crowded": _("Above the limit if everybody comes"),
        "full": _("Full"),
        "near": _("Nearly full"),
        "calm": "",
    }[state]
