"""The list of desks: which are free in a part of the day, by neighbourhood, each with a button that books it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from urllib.parse import urlencode

from flask import url_for
from flask_babel import gettext as _

from blueprints.booking.answers import said_of_all
from blueprints.booking.asking import lasting_key
from blueprints.booking.crisis import set_aside
from blueprints.booking.day import Day
from blueprints.booking.floors import floor_plan_of
from blueprints.booking.forms import BLOCKS, block_during
from blueprints.booking.horizon import opening_words
from blueprints.booking.kind import KINDS, address_of
from blueprints.booking.listing import is_too_early, judged
from blueprints.booking.overview import DRAWN, taken_on
from blueprints.booking.prefill import default_block
from blueprints.web.language import language
from models.rules.bookings.fields import Booked
from models.rules.finding.untaken import opens_at
from models.rules.house.house import Space
from models.rules.judging.judge import Verdict
from models.rules.people.outsiders import may_book_in
from models.rules.people.person import Person
from models.rules.times.interval import Interval

TAKEN_UP = frozenset({"space_taken", "person_busy", "quota_reached"})  # the desk itself could be had

SAID_OTHERWISE = frozenset({"space_taken", "too_far_ahead"})


def desk_overview(page: dict, spaces: Sequence[Space]) -> Mapping[str, object]:
    """What the list of desks shows beside the common. One load of facts for all desks together."""
    day, asked, kind = page["day"], page["asked"], KINDS["desk"]
    person = day.person
    own = [space for space in spaces if may_book_in(person, space)]
    block = asked.block or default_block(day.date, day)
    during = block_during(day.date, block, day.house)
    taken = taken_on(own, day)
    mine = [
        each
        for space in own
        for each in taken[space.code]
        if each.organiser == person.username and each.during.overlaps(day.during)
    ]
    reasons: list[str] = []
    found = {"block": block, "blocks": _blocks(page, block), "mine": _mine_rows(mine, day), "reasons": reasons}
    if page["view"] in DRAWN:
        return {**found, **DRAWN[page["view"]](kind, own, day)}
    verdicts = judged(own, during, person, day.house, day.now, attendees=1)
    rows = {space.code: _row(space, verdicts[space.code], taken[space.code], during, block, day) for space in own}
    reasons.extend(said_of_all(verdicts.values(), day.house, SAID_OTHERWISE))
    if own and not page["not_yet"] and all(map(is_too_early, verdicts.values())):
        reasons.append(_opens(own[0], during, day))
    if page["view"] == "plan":
        return found | {"plan": floor_plan_of(page["floor"], own, day, list(rows.values()))}
    return found | {"zones": _by_zone(own, rows, person, day)}


def _row(space: Space, verdict: Verdict, taken: Sequence[Booked], during: Interval, block: str, day: Day) -> dict:
    person = day.person
    here = [each for each in taken if each.during.overlaps(during)]
    state, aside = "free", set_aside(day.policy(space), day)
    if any(each.organiser == person.username for each in here):
        state = "mine"
    elif here:
        state = "taken"
    elif aside:
        state = "out"
    elif any(refusal.code not in TAKEN_UP for refusal in verdict.refusals):
        state = "closed" if day.policy(space).active else "out"
    label = _opens(space, during, day, short=True) if is_too_early(verdict) else ""
    if aside and state == "out":
        label = aside[0]
    query = {"date": day.date.isoformat(), "block": block}
    address = address_of(space)
    return {
        "code": space.code,
        "name": space.names.in_language(language()),
        "state": state,
        "state_label": label,
        "state_brief": label,  # said of a desk, never written: its place is too small
        "why": aside[1] if aside and state == "out" else "",
        "url": f"{address}?date={day.date}",
        "book_url": f"{address}/book?{urlencode(query)}" if verdict.accepted else "",
        "action": f"{address}/book" if verdict.accepted else "",
        "hidden": {**query, "key": lasting_key(person, space.code, *query.values())},
        "equipment": space.equipment,
        "accessible": day.policy(space).accessible,
        "suits": bool(person.preferred_equipment) and person.preferred_equipment in space.equipment,
    }


def _opens(space: Space, during: Interval, day: Day, *, short: bool = False) -> str:
    return opening_words(opens_at(day.gone(during.start), day.policy(space), day), day, short=short)


def _by_zone(spaces: Sequence[Space], rows: Mapping[str, dict], person: Person, day: Day) -> list[dict]:
    """Neighbourhoods, the own first, then those of the same floor."""
    house, here = day.house, language()
    home = house.zones.get(person.home_zone or "")

    def distance(space: Space) -> tuple:
        return (
            space.zone != person.home_zone,
            home is None or space.floor != home.floor,
            house.floors[space.floor].level,
            space.zone,
            not rows[space.code]["suits"],
            space.code,
        )

    zones = []
    for code, here_in in groupby(sorted(spaces, key=distance), key=lambda space: space.zone):
        desks = [rows[space.code] for space in here_in]
        zone = house.zones[code]
        zones.append(
            {
                "name": zone.names.in_language(here),
                "code": code,
                "desks": desks,
                "silent": zone.silent,
                "floor": house.floors[zone.floor].names.in_language(here),
                "is_mine": code == person.home_zone,
                "free": sum(desk["state"] == "free" for desk in desks),
            }
        )
    return zones


def _blocks(page: dict, block: str) -> list[dict]:
    words = dict(zip(BLOCKS, (_("Morning"), _("Afternoon"), _("Whole day")), strict=True))
    return [{"label": words[each], "url": page["address"](block=each), "current": each == block} for each in BLOCKS]


def _mine_rows(mine: Sequence[Booked], day: Day) -> list[dict]:
    return [
        {
            "code": each.space,
            "url": url_for("booking.one", handle=each.handle),
            "hours": "–".join(
                f"{instant.astimezone(day.house.zone):%H:%M}" for instant in (each.during.start, each.during.end)
            ),
        }
        for each in mine
    ]
