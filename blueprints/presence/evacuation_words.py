"""What an evacuation, a drill and a test are called, how each looks, and what is still open: the same everywhere."""

from __future__ import annotations

from flask import url_for
from flask_babel import format_date, ngettext
from flask_babel import gettext as _

from blueprints.booking.day import wall_clock
from models.rules.house.house import House
from models.rules.presence.evacuation import Evacuation, Unsettled
from models.rules.times.interval import civil_date

# A colour and a shape each, so that nobody takes one for another: also without colour, and across a yard.
LOOKS = {"live": ("bad", "flag"), "drill": ("info", "repeat"), "test": ("off", "settings")}
NOTICES = {"live": "error", "drill": "info", "test": "quiet"}


def sort_badge(sort: str) -> dict[str, str]:
    said = {"live": _("Evacuation"), "drill": _("Drill"), "test": _("Test of the system")}
    tone, icon = LOOKS[sort]
    return {"text": said[sort], "tone": tone, "icon": icon}


def title_of(found: Evacuation, house: House) -> str:
    facts = {
        "day": format_date(civil_date(found.started_at, house.zone), "d MMMM y"),
        "time": wall_clock(found.started_at, house),
    }
    return {
        "live": _("Evacuation of %(day)s, %(time)s", **facts),
        "drill": _("Drill of %(day)s, %(time)s", **facts),
        "test": _("Test of the system of %(day)s, %(time)s", **facts),
    }[found.sort]


def running_notice(found: Evacuation, house: House) -> dict[str, str]:
    """That one runs, as a notice: {kind, icon, title}."""
    facts = {"time": wall_clock(found.started_at, house)}
    said = {
        "live": _("The building is being evacuated, since %(time)s", **facts),
        "drill": _("A drill is running, since %(time)s", **facts),
        "test": _("A test of the system is running, since %(time)s: nobody leaves the building", **facts),
    }
    return {"kind": NOTICES[found.sort], "icon": LOOKS[found.sort][1], "title": said[found.sort]}


def unsettled_words(found: Unsettled) -> list[dict[str, str]]:
    """Each thing that is open, the gravest first, or that nothing is: {kind, said}, the kind of a notice."""
    said = [
        (found.missing, "error", ngettext("%(num)d missing", "%(num)d missing", found.missing)),
        (found.lines, "warning", ngettext("%(num)d line not looked at", "%(num)d lines not looked at", found.lines)),
        (found.zones, "warning", ngettext("%(num)d zone not searched", "%(num)d zones not searched", found.zones)),
    ]
    if found.is_nothing:
        return [{"kind": "success", "said": _("Nobody missing: every line was looked at and every zone searched")}]
    return [{"kind": kind, "said": words} for number, kind, words in said if number]


def end_question(found: Evacuation, unsettled: Unsettled) -> str:
    if not unsettled.is_nothing:
        still = ", ".join(each["said"] for each in unsettled_words(unsettled))
        return _("%(still)s: end it all the same?", still=still)
    return {
        "live": _("Nobody is missing. End the evacuation?"),
        "drill": _("Nobody is missing. End the drill?"),
        "test": _("Nobody is missing. End the test?"),
    }[found.sort]


def end_label(sort: str) -> str:
    return {"live": _("End the evacuation"), "drill": _("End the drill"), "test": _("End the test")}[sort]


def running_told(found: Evacuation, house: House) -> dict[str, str]:
    """The same with where people are ticked off, for parts.html running_notice()."""
    return running_notice(found, house) | {"url": url_for("presence.drill", drill=found.handle)}


def joined_words(running: Evacuation, house: House) -> str:
    """What is told whoever wanted to begin another, and is led to this one."""
    return _("%(running)s. Nothing else was begun: this is its list.", running=running_notice(running, house)["title"])


def ends_words(running: Evacuation | None) -> str:
    """What becomes of the one that runs when something more serious begins."""
    if running is None:
        return ""
    return {"drill": _("The drill stops then."), "test": _("The test of the system stops then.")}[running.sort]


def begin_words(sort: str) -> dict[str, str]:
    """The question with which one is begun, what it sets going, and the button that answers it."""
    return {
        "live": {
            "question": _("Begin an evacuation?"),
            "body": _("Everybody leaves the building. The list is kept as it is now; wardens tick people off."),
            "label": _("Begin an evacuation"),
        },
        "drill": {
            "question": _("Begin a drill?"),
            "body": _(
                "People leave the building for practice. The list is kept as it is now; wardens tick people off."
            ),
            "label": _("Begin a drill"),
        },
        "test": {
            "question": _("Begin a test of the system?"),
            "body": _("Nobody leaves the building: wardens only try out the list on their telephones."),
            "label": _("Begin a test of the system"),
        },
    }[sort]
