"""The words in which people present, expected and unknown are told apart, the same on every page and on paper."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from flask_babel import gettext as _
from flask_babel import ngettext

from blueprints.booking.day import wall_clock
from blueprints.booking.messages import kind_word
from blueprints.occupancy.words import figure_words
from blueprints.web.language import language
from models.rules.house.house import House, Space, Thing
from models.rules.presence.counts import SORTS, Crowd
from models.rules.presence.steps import step_of, top_of


def people_words(number: int) -> str:
    return ngettext("%(num)d person", "%(num)d people", number)


def sort_word(sort: str) -> str:
    return {
        "checked_in": _("Checked in"),
        "counted": _("Counted without a name"),
        "expected": _("Expected, not checked in"),
        "unknown": _("Unknown"),
    }[sort]


def since_words(sort: str, since: datetime | None, house: House) -> str:
    """On what the number rests."""
    if since is None:
        return ""
    facts = {"time": wall_clock(since, house)}
    if sort == "checked_in":
        return _("latest check-in at %(time)s", **facts)
    if sort == "counted":
        return _("as counted at %(time)s", **facts)
    return _("booked from %(time)s", **facts) if sort == "expected" else _("since %(time)s", **facts)


def sorts_of(crowd: Crowd, house: House) -> list[dict]:
    """For the list of figures of a place."""
    return [
        {
            "sort": sort,
            "label": sort_word(sort),
            "value": crowd.persons[sort],
            "note": since_words(sort, crowd.since.get(sort), house),
        }
        for sort in SORTS
    ]


def steps_of(crowd: Crowd) -> list[dict]:
    """The same for whoever learns only the step in which each lies: since when would tell when somebody came."""
    return [
        {
            "sort": sort,
            "label": sort_word(sort),
            "value": step and figure_words(step, top_of(step)),
            "note": "",
        }
        for sort in SORTS
        for step in [step_of(crowd.persons[sort])]
    ]


def what_word(space: Space, house: House, day: date) -> str:
    """What goes on in a space, in one word that tells nothing: a talk, a desk, a meeting room."""
    return _("Talk") if house.policy(space.code, day).traits.is_talk else kind_word(space.kind)


def name_in(names: Mapping[str, Thing], code: str) -> str:
    """Of a place that may be gone since: then its code."""
    return names[code].names.in_language(language()) if code in names else code


def length_words(length: timedelta) -> str:
    minutes, seconds = divmod(int(length.total_seconds()), 60)
    return _("%(minutes)s min %(seconds)s s", minutes=minutes, seconds=seconds)
