"""The calls of a zone as its screen tells them: a number of the day and where to go, in the languages of the town.
Nothing of who it is or what for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import force_locale
from flask_babel import gettext as _

from blueprints.booking.messages import space_name
from blueprints.web.language import offered_languages
from models.queries.line import Call, calls_of
from models.rules.house.house import House

FULL = timedelta(seconds=12)  # so long each call has the screen to itself
STAY = 4  # the last of whom nobody has begun with
LOOKED_BACK = timedelta(hours=2)
SPOKEN = ("nl", "fr")  # in this order, as far as the town has them


@dataclass(frozen=True, slots=True)
class Shown:
    """`key`: the same for one call, another when somebody is called again. `places`: where, in each of the screen's
    languages. `stays`: it is one of the last four of whom nobody has come yet."""

    key: str
    number: int
    at: datetime
    places: list[str]
    said: list[dict[str, str]]
    stays: bool


def screen_languages() -> tuple[str, ...]:
    """Of the town's languages those that a screen speaks; the first of all where it has neither."""
    offered = offered_languages()
    return tuple(each for each in SPOKEN if each in offered) or offered[:1]


def in_each_language(sentence: object) -> list[tuple[str, str]]:
    """A lazy sentence, by the languages of the screen."""
    said = []
    for language in screen_languages():
        with force_locale(f"{language}_BE"):
            said.append((language, str(sentence)))
    return said


def shown_calls(zone: str, house: House, now: datetime) -> list[Shown]:
    """The newest last: the last four that wait for whoever was called, and what was called within the time that each
    call has, whatever became of it meanwhile. One query."""
    last = _last_of_each(calls_of(zone, now - LOOKED_BACK, now))
    staying = [each for each in last if each.state == "called"][-STAY:]
    return [
        _shown(each, house, stays=each in staying) for each in last if each in staying or each.called_at > now - FULL
    ]


def _last_of_each(calls: Iterable[Call]) -> list[Call]:
    """Of a number that was called again the last call alone."""
    last: dict[int, Call] = {}
    for each in calls:
        last.pop(each.number, None)
        last[each.number] = each
    return list(last.values())


def _shown(call: Call, house: House, *, stays: bool) -> Shown:
    places, said = [], []
    for language in screen_languages():
        with force_locale(f"{language}_BE"):
            place = space_name(call.place, house)
            places.append(place)
            said.append(
                {"lang": f"{language}-BE", "text": _("Number %(number)s: %(place)s.", number=call.number, place=place)}
            )
    return Shown(f"{call.number} {call.called_at:%Y%m%d%H%M%S%f}", call.number, call.called_at, places, said, stays)
