"""Which booths are free at this moment, best fit first, and the form for whoever stands there with a visitor."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from flask import url_for
from flask_babel import gettext as _

from blueprints.booking.asking import new_key, services_for
from blueprints.booking.day import Day, Taken, free_stretches, wall_clock
from blueprints.booking.kind import KINDS
from blueprints.booking.listing import judged
from blueprints.booking.overview import as_viewed, taken_on
from blueprints.web.language import language
from models.rules.finding.soonest import talk_now
from models.rules.house.house import House, Service, Space
from models.rules.people.outsiders import may_book_in
from models.rules.people.person import Person
from models.rules.people.rights import holds, services_coordinated_by

BOOTH = "booth"
USUAL_MINUTES = 30
QUICK_BUTTONS = 6


def booth_overview(page: dict, spaces: Sequence[Space]) -> Mapping[str, object]:
    """What the list of booths shows beside the common: for today, who is free now and the walk-in form."""
    day = page["day"]
    found: dict[str, object] = {"walk_in": None, "free_now": []}
    if day.is_today and can_walk_in(day.person, day.house):
        found = {"walk_in": walk_in_facts(day), "free_now": free_now(spaces, day, taken_on(spaces, day))}
    return found | as_viewed(KINDS[BOOTH], page["view"], spaces, page["asked"], day, page["floor"])


def can_walk_in(person: Person, house: House) -> bool:
    return not person.is_outside and holds(person, "book") and bool(booth_services(person, house))


def booth_services(person: Person, house: House) -> list[Service]:
    return services_for(person, house, KINDS[BOOTH].service_channels[BOOTH])


def walk_in_facts(day: Day) -> dict[str, object]:
    """Names to type from, and buttons for the services one coordinates or belongs to."""
    person, here = day.person, language()
    services = booth_services(person, day.house)
    near = services_coordinated_by(person, day.house) | {person.service}
    return {
        "names": [each.names.in_language(here) for each in services],
        "most": max((each.max_quantity for each in services), default=1),
        "key": new_key(),
        "quick": [
            {"code": each.code, "name": each.names.in_language(here), "minutes": each.default_minutes}
            for each in services
            if each.code in near
        ][:QUICK_BUTTONS],
        "action": url_for("booths.walk_in"),
        "hold": url_for("booths.hold"),
    }


def by_fit(spaces: Iterable[Space], day: Day) -> list[Space]:
    """Booths kept for few organisations first, then small ones and those not needed for a wheelchair: what is asked for
    most stays free longest."""

    def order(space: Space) -> tuple:
        policy = day.policy(space)
        return (len(policy.bookable_by) or 99, policy.accessible, policy.effective_capacity(), space.code)

    return sorted((space for space in spaces if space.kind == BOOTH), key=order)


def suitable(person: Person, house: House) -> list[Space]:
    """The booths that this person may give to somebody: those of the building where they work."""
    here = house.building_of(person.home_zone)
    booths = (each for each in house.spaces.values() if each.kind == BOOTH and each.building == here)
    return [each for each in booths if may_book_in(person, each)]


def free_now(spaces: Iterable[Space], day: Day, taken: Taken) -> list[dict]:
    """Booths that a usual talk could take at this moment, each with how long it stays free."""
    booths = by_fit(spaces, day)
    if not booths:
        return []
    steps = max(day.policy(booth).slot_minutes for booth in booths)
    during = talk_now(USUAL_MINUTES, steps, day.now, day.house.zone)
    verdicts = judged(booths, during, day.person, day.house, day.now)
    rows = []
    for booth in booths:
        free = next((each for each in free_stretches(booth, day, taken[booth.code]) if each.has(during.start)), None)
        if not verdicts[booth.code].accepted or free is None:
            continue
        rows.append(
            {
                "name": booth.names.in_language(language()),
                "code": booth.code,
                "places": day.policy(booth).effective_capacity(),
                "accessible": day.policy(booth).accessible,
                "until": _("free until %(time)s", time=wall_clock(free.end, day.house)),
                "url": url_for(
                    "booths.book_form",
                    code=booth.code,
                    date=day.date.isoformat(),
                    start=wall_clock(during.start, day.house),
                ),
            }
        )
    return rows
