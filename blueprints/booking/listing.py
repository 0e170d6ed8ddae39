"""A list of spaces that says of each what is free, what the rules say to the hours asked for, and why not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from urllib.parse import urlencode

from flask_babel import gettext as _

from blueprints.booking.asking import values_at
from blueprints.booking.crisis import set_aside
from blueprints.booking.day import CLOCK, Day, Taken, free_query
from blueprints.booking.filters import Filter
from blueprints.booking.horizon import opening_in_brief, opening_words
from blueprints.booking.kind import address_of
from blueprints.booking.messages import short_length
from blueprints.booking.told import sentences
from blueprints.booking.week import strip_of
from blueprints.web.base_url import base_path
from blueprints.web.language import language
from models.queries.taken import facts_for
from models.rules.bookings.fields import Booked
from models.rules.finding.free import Left, left_of
from models.rules.finding.untaken import opens_at
from models.rules.house.house import House, Service, Space
from models.rules.house.policy import SpacePolicy
from models.rules.judging.facts import Facts, Wanted
from models.rules.judging.judge import Verdict, approvals_needed, judge
from models.rules.people.outsiders import may_book_in
from models.rules.people.person import Person
from models.rules.times.interval import Interval

IN_ORDER = ("mine", "free", "approval", "pending", "taken", "closed", "out")


def list_rows(
    spaces: Sequence[Space], day: Day, taken: Taken, asked: Filter, verdicts: dict[str, Verdict]
) -> list[dict]:
    """Mine and free ones first. With hours asked for, what the rules say to those; otherwise how much is free that
    day."""
    rows, words = [], Words()
    for space in spaces:
        row, verdict = _common(space, day), verdicts.get(space.code)
        if not day.policy(space).active:
            row |= {"state": "out", "state_label": _("Out of service")}
        elif (aside := set_aside(day.policy(space), day)) and not taken[space.code]:
            row |= {"state": "out", "state_label": aside[0], "why": aside[1]}
        else:
            row |= (
                _as_judged(verdict, space, day, taken[space.code])
                if verdict
                else as_left(space, day, taken[space.code], words)
            )
        if query := row.pop("query", ""):
            people = f"&attendees={asked.attendees}" if asked.attendees else ""
            row["book_url"] = f"{address_of(space)}/book?{query}{people}"
        rows.append(row)
    return sorted(rows, key=lambda row: (IN_ORDER.index(row["state"]), "book_url" not in row))


def _common(space: Space, day: Day) -> dict:
    here, policy = language(), day.policy(space)
    owner = day.house.organisations.get(space.owner or "")
    return {
        "name": space.names.in_language(here),
        "code": space.code,
        "kind": space.kind,
        "url": f"{address_of(space)}?date={day.date}",
        "places": None if policy.traits.one_person else policy.effective_capacity(),
        "floor": day.house.floors[space.floor].names.in_language(here),
        "equipment": space.equipment,
        "accessible": policy.accessible,
        "why": "",
        "organisation": owner.names.in_language(here) if owner else "",
        "organisation_colour": owner.colour if owner else "",
    }


def _as_judged(verdict: Verdict, space: Space, day: Day, taken: Sequence[Booked]) -> dict:
    policy, who = day.policy(space), day.person.username
    if verdict.accepted:
        query = urlencode(values_at(verdict.during, day.house, in_half_days=policy.in_half_days))
        return {"query": query} | (
            {"state": "approval", "state_label": _("Free, after approval")}
            if verdict.approvals
            else {"state": "free", "state_label": _("Free")}
        )
    own = [each for each in taken if who == each.organiser and each.during.overlaps(verdict.during)]
    if own:
        state, label = ("pending", _("You asked for it")) if own[0].status == "pending" else ("mine", _("Yours"))
        return {"state": state, "state_label": label, "url": f"{base_path()}/bookings/{own[0].handle}"}
    if is_too_early(verdict):
        return _not_yet(day.gone(verdict.during.start), space, day)
    clash = any(each.clash for each in verdict.refusals)
    return {
        "state": "taken" if clash else "closed",
        "state_label": _("Taken") if clash else _("Not possible"),
        "why": sentences(verdict.refusals, day.house)[0],
    }


def is_too_early(verdict: Verdict) -> bool:
    """Whether nothing is wrong with it but that it lies too far ahead."""
    return {each.code for each in verdict.refusals} == {"too_far_ahead"}


def _not_yet(start: int, space: Space, day: Day) -> dict:
    opens = opens_at(start, day.policy(space), day)
    return {
        "state": "closed",
        "state_label": opening_words(opens, day, short=True),
        "state_brief": opening_in_brief(opens, day),
        "why": opening_words(opens, day),
    }


class Words:
    """How full a day is, translated once for all rows."""

    def __init__(self) -> None:
        self.until, self.between = _("Free until %(time)s"), _("Free %(start)s–%(end)s")
        self.nearly_full, self.length, self.waits = _("Nearly full"), cache(short_length), _("%(free)s, after approval")
        # Of the whole day, or of the rest of it.
        self.nothing = _("Nothing is taken yet."), _("Nothing is taken for the rest of the day.")
        self.places = _("There are places all day."), _("There are places for the rest of the day.")
        self.taken = (
            _("Longest free stretch %(hours)s (%(length)s). %(percent)s %% of the day is taken."),
            _("Longest free stretch %(hours)s (%(length)s). %(percent)s %% of the rest of the day is taken."),
        )


def as_left(space: Space, day: Day, taken: Sequence[Booked], words: Words) -> dict:
    left = left_of(day.policy(space), day, taken)
    if left.free:
        return _as_free(left, day.policy(space), day, words) | {"strip": strip_of(left.opened, left.taken, day)}
    if left.room:
        return _not_yet(left.room[0][0], space, day)
    if not may_book_in(day.person, space):
        return {"state": "closed", "state_label": _("Not for your organisation")}
    still_open = any(end > day.gone(day.now) for _start, end in left.opened)
    return (
        {"state": "taken", "state_label": _("Full")} if still_open else {"state": "closed", "state_label": _("Closed")}
    )


def _as_free(left: Left, policy: SpacePolicy, day: Day, words: Words) -> dict:
    """By the longest free stretch and how much is taken of the hours to come, so that a few minutes at seven make no
    free day; a stretch that is running now says until when."""
    now, longest = day.gone(day.now), left.longest
    percent, is_nearly_full = left.how_full(now)
    running = next((each for each in (longest, *left.free) if each[0] <= now > 0), None)
    (start, end), (first, last) = day.on_wall(running or longest), day.on_wall(longest)
    said = words.taken if percent else words.nothing if policy.exclusive else words.places
    row = {
        "query": free_query((start, end), day, policy.in_half_days),
        "why": said[now > left.opened[0][0]]
        % {"hours": f"{CLOCK[first]}–{CLOCK[last]}", "length": words.length(last - first), "percent": percent},
    }
    if is_nearly_full:
        return row | {"state": "taken", "state_label": words.nearly_full}
    free = words.until % {"time": CLOCK[end]} if running else words.between % {"start": CLOCK[start], "end": CLOCK[end]}
    wish = Wanted(policy.space, day.during, day.person, day.person) if policy.approval_role else None
    if wish and approvals_needed(wish, policy, is_evening=False):
        return row | {"state": "approval", "state_label": words.waits % {"free": free}}
    return row | {"state": "free", "state_label": free}


def judged(
    spaces: Iterable[Space],
    during: Interval,
    person: Person,
    house: House,
    now: datetime,
    *,
    attendees: int | None = None,
    service: Service | None = None,
    wheelchair: int = 0,
) -> dict[str, Verdict]:
    """What booking each of these spaces for that time would come to. Two queries for each building among them."""
    facts: dict[str, Facts] = {}
    found = {}
    for space in spaces:
        if space.building not in facts:
            facts[space.building] = facts_for(house, space.building, [during], person, now, service=service)
        known = facts[space.building]
        wanted = Wanted(space.code, during, person, person, attendees=attendees, service=service, wheelchair=wheelchair)
        found[space.code] = judge(wanted, house.policy(space.code, known.date_of(during)), known, now)
    return found
