"""My desk today and on the next working day: the one I have, or one press away: as last week, or one near my own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from flask import url_for
from flask_babel import gettext as _

from blueprints.booking.asking import new_key
from blueprints.booking.day import Day, hours_words
from blueprints.booking.forms import BLOCKS, block_during, block_of
from blueprints.booking.prefill import default_block
from blueprints.booking.show import Look, day_words
from blueprints.web.language import language
from models.queries.bookings import bookings_page
from models.queries.taken import facts_for
from models.rules.bookings.attendance import HELD_PLACE, HOLDS_PLACE
from models.rules.bookings.fields import Booked
from models.rules.finding.free import may_be_left
from models.rules.judging.facts import Facts, Wanted
from models.rules.judging.judge import judge
from models.rules.people.outsiders import may_book_in
from models.rules.times.interval import Interval, civil_date, civil_day

A_WEEK = timedelta(days=7)
DESK, OF_OTHERS_FIRST = "desk", "neighbourhood_first"
MOST_TRIED = 5  # desks that look free and that the rules then refuse: for the next one they will say the same


def desk_days(coming: Sequence[Booked], look: Look, day: Day) -> list[dict]:
    """Today, and the next day on which one works here. At most four queries."""
    zone = look.house.zone
    days = (day.date, _next_working_day(day))
    before = bookings_page(
        of_person=look.person.id,
        statuses=HELD_PLACE,
        limit=50,
        during=Interval(civil_day(days[0] - A_WEEK, zone).start, civil_day(days[1] - A_WEEK, zone).end),
    )
    mine = [each for each in (*coming, *before) if each.kind == DESK and each.organiser == look.person.username]
    held = {
        each: [
            booking
            for booking in mine
            if booking.status in HOLDS_PLACE and civil_date(booking.during.start, zone) == each
        ]
        for each in days
    }
    lacking = [each for each in days if not held[each]]
    offers = _offers(lacking, mine, day, look) if lacking else {}
    return [
        {
            "label": day_words(civil_day(each, zone).start, look),
            "have": [_held(booking, look) for booking in held[each]],
            "again": None,
            "free": None,
            **offers.get(each, {}),
            "url": url_for("desks.overview", date=each.isoformat()),
        }
        for each in days
    ]


def _next_working_day(day: Day) -> date:
    """From Monday to Friday, and no closing day of one's own organisation."""
    own = day.person.organisation
    closed = {each.day for each in day.house.closures if each.kind != "half_day" and each.is_for(own)}
    following = day.date + timedelta(days=1)
    while following.isoweekday() > 5 or following in closed:
        following += timedelta(days=1)
    return following


def _held(booking: Booked, look: Look) -> dict:
    return {
        "code": booking.space,
        "url": url_for("booking.one", handle=booking.handle),
        "hours": hours_words(booking.during, look.house),
    }


def _offers(days: Iterable[date], mine: Sequence[Booked], day: Day, look: Look) -> dict[date, dict]:
    """For each date what would be booked as shown: the rules have been asked, from one load of facts."""
    house, person = look.house, look.person
    building = house.building_of(person.home_zone)
    usual = {each: _as_last_week(each, mine, building, look) for each in days}
    blocks = {each: default_block(each, day) for each in days}
    windows = [
        block_during(each, block, house)
        for each, known in usual.items()
        for block in {blocks[each], known[1] if known else blocks[each]}
    ]
    facts = facts_for(house, building, windows, person, look.now, kinds=(DESK,))
    found = {}
    for each, known in usual.items():
        again = known if known and _accepts(*known, each, facts, look) else None
        near = next(
            (
                code
                for code in _near(each, blocks[each], facts, look)
                if _accepts(code, blocks[each], each, facts, look)
            ),
            None,
        )
        found[each] = {
            "again": again and _press(*again, each, look),
            "free": near and (not again or near != again[0]) and _press(near, blocks[each], each, look),
        }
    return found


def _as_last_week(day: date, mine: Sequence[Booked], building: str, look: Look) -> tuple[str, str] | None:
    """The desk of that weekday a week ago, and for which part of the day."""
    house = look.house
    before = next((each for each in mine if civil_date(each.during.start, house.zone) == day - A_WEEK), None)
    if before is None or house.spaces[before.space].building != building:
        return None
    return before.space, block_of(before.during, house)


def _near(day: date, block: str, facts: Facts, look: Look) -> list[str]:
    """Desks that nobody holds then: of the own zone, those with the equipment one prefers first; where none of these
    can be had, one of each other zone, those of the same floor first."""
    house, person = look.house, look.person
    during, home = block_during(day, block, house), house.zones.get(person.home_zone or "")
    free = [
        space
        for space in house.spaces.values()
        if space.kind == DESK
        and may_book_in(person, space)
        and facts.house.is_in_use(space, day)
        and may_be_left(during, house.policy(space.code, day), facts)
    ]
    own = sorted(
        (space for space in free if space.zone == person.home_zone),
        key=lambda space: (person.preferred_equipment not in space.equipment, space.code),
    )
    first_of = {
        space.zone: space
        for space in sorted(free, key=lambda space: space.code, reverse=True)
        if space.zone != person.home_zone
    }
    elsewhere = sorted(
        first_of.values(),
        key=lambda space: (home is None or space.floor != home.floor, house.zones[space.zone].silent, space.code),
    )
    return [space.code for space in (*own[:MOST_TRIED], *elsewhere[:MOST_TRIED])]


def _accepts(code: str, block: str, day: date, facts: Facts, look: Look) -> bool:
    """What another neighbourhood comes first for is not proposed, though it could be booked."""
    person = look.person
    wanted = Wanted(code, block_during(day, block, look.house), person, person, attendees=1)
    verdict = judge(wanted, look.house.policy(code, day), facts, look.now)
    return verdict.accepted and not any(each.code == OF_OTHERS_FIRST for each in verdict.warnings)


def _press(code: str, block: str, day: date, look: Look) -> dict:
    """For a form that is one button."""
    words = dict(zip(BLOCKS, (_("Morning"), _("Afternoon"), _("Whole day")), strict=True))
    space = look.house.spaces[code]
    is_near = space.zone == look.person.home_zone
    zone = "" if is_near else look.house.zones[space.zone].names.in_language(language())
    return {
        "code": code,
        "part": words[block],
        "equipment": ", ".join(space.equipment),
        "zone": zone,
        "action": url_for("desks.book", code=code),
        "hidden": {"date": day.isoformat(), "block": block, "key": new_key()},
    }
