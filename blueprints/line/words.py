"""The line in sentences: who is next and why, since when somebody waits, where somebody was left for later."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from flask_babel import gettext as _
from flask_babel import ngettext

from blueprints.booking.day import wall_clock
from blueprints.booking.messages import space_name
from blueprints.line.zone import Here
from models.rules.line.order import APPOINTMENT, CAME_LATE, NOT_YET, URGENT, Turn, in_order, turn_of
from models.rules.line.party import Party


def next_sentence(parties: Sequence[Party], here: Here) -> str:
    """Who is next, and why: one sentence. Where nobody may be called, why not."""
    settings, house = here.zone.line, here.house
    line = in_order(parties, settings, here.now)
    if not line:
        return _("Nobody is waiting.")
    first, turn = line[0], turn_of(line[0], settings, here.now)
    facts = {"number": first.number, "time": wall_clock(turn.since, house)}
    if turn.why == URGENT:
        return _("%(number)s is next, before others: %(reason)s", number=first.number, reason=first.reason)
    if turn.why == APPOINTMENT:
        return _("%(number)s is next: the appointment is at %(time)s.", **facts)
    if turn.why == CAME_LATE:
        return _("%(number)s is next: too late for the appointment, and waiting since %(time)s.", **facts)
    if turn.why == NOT_YET:
        return _(
            "Nobody to call yet: the appointment of %(number)s is at %(time)s.",
            **facts,
        )
    return _("%(number)s is next: waiting longest, since %(time)s.", **facts)


def turn_words(party: Party, turn: Turn, here: Here) -> str:
    """Why somebody stands where they do, on their line of the list."""
    time = wall_clock(turn.since, here.house)
    if turn.why == URGENT:
        return _("before others: %(reason)s", reason=party.reason)
    if turn.why in (APPOINTMENT, NOT_YET):
        return _("appointment at %(time)s", time=time)
    if turn.why == CAME_LATE:
        return _("late for the appointment, here since %(time)s", time=time)
    return _("here since %(time)s", time=time)


def waited_words(party: Party, now: datetime) -> str:
    minutes = int((now - party.arrived_at).total_seconds() // 60)
    return ngettext("%(num)d minute", "%(num)d minutes", minutes)


def left_words(party: Party, here: Here) -> str:
    """By whom and where somebody was left for later. Colleagues are not named: the place tells them apart."""
    facts = {
        "place": space_name(party.place, here.house) if party.place else _("no place"),
        "time": wall_clock(party.state_at or party.arrived_at, here.house),
    }
    mine = party.by == here.person.username
    if party.state == "parked":
        said = (
            _("Parked by you at %(place)s, %(time)s", **facts) if mine else _("Parked at %(place)s, %(time)s", **facts)
        )
    elif party.state == "away":
        said = _("Gone to fetch something since %(time)s, comes back to %(place)s", **facts)
    elif party.state == "not_come":
        said = _("Called in vain to %(place)s, %(time)s", **facts)
    elif party.state == "interrupted":
        said = _("Interrupted at %(place)s, %(time)s", **facts)
    elif party.state == "begun":
        said = _("In a talk at %(place)s since %(time)s", **facts)
    else:
        said = _("Called to %(place)s, %(time)s", **facts)
    return said


def helped_words(today: int, median: timedelta | None) -> str:
    """How many were helped at the quick desk today, and how long half of them took at most."""
    said = ngettext("%(num)d helped today.", "%(num)d helped today.", today)
    if median is None:
        return said
    minutes = max(1, round(median.total_seconds() / 60))
    return f"{said} " + ngettext("Half took %(num)d minute at most.", "Half took %(num)d minutes at most.", minutes)
