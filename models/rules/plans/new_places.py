"""What a place costs a booking that has to leave its own: which places could hold it, and how much each is worse.

What a new place costs, over all criteria; the lower, the better. A criterion counts its weight times a share of 0 to 1.

criterion    weight  in full, when                                         in part
waits         1,000  it must wait for a word that it need not await now: only where no other place is left
floor            24  it is on another floor                                .4 in another zone of its floor
layout           20  it is set up in another way
places           16  nearly all places stay empty                          by the share that does
sort             16  it is another sort of space: a ceremonial hall
owner            12  it leaves its own organisation's space                .5 to a space of another one
shared           10  it had a space to itself, and shares this one
equipment         8  nothing of what it had is there                       by the share that is not
composite         8  it takes several physical spaces
accessible        6  it needs no accessible space, and takes one

Capacity, a layout that is offered, equipment it cannot do without, wheelchairs and panic buttons are no criteria: a
place without them is none. To have no place costs more than the worst of places: NO_PLACE, and more for many people or
for a booking that needs what is rare.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from models.rules.bookings.fields import Booked
from models.rules.house.house import House, Space
from models.rules.house.policy import SpacePolicy, is_for
from models.rules.judging.judge import approvals_needed
from models.rules.judging.rejudging import Scene, wanted_again
from models.rules.times.interval import civil_date

WEIGHTS = {
    "waits": 1_000,
    "floor": 24,
    "layout": 20,
    "places": 16,
    "sort": 16,
    "owner": 12,
    "shared": 10,
    "equipment": 8,
    "composite": 8,
    "accessible": 6,
}
OTHER_ZONE, FOREIGN = 0.4, 0.5
# A place that waits for nobody costs 120 at most, all other weights together. To leave one without a place pays only if
# it spares many others, be it a word that each would have to wait for.
NO_PLACE, A_PERSON, RARE, MOST_COUNTED = 10_000.0, 1.0, 500.0, 400


@dataclass(frozen=True, slots=True)
class Place:
    """`waits`: it would have to wait there for a word that it need not await where it is."""

    space: str
    layout: str
    cost: float
    waits: bool = False


def cost_of_none(booking: Booked) -> float:
    """What it costs a booking to have no place at all: more than the worst of places."""
    needs = bool(booking.wheelchair or booking.equipment)
    return NO_PLACE + A_PERSON * min(booking.persons or 0, MOST_COUNTED) + RARE * needs


def places_for(booking: Booked, scene: Scene, house: House) -> list[Place]:
    """Every place that could hold it if nobody else were there, the best first."""
    found = possible_places(booking, scene, house, settings_for(booking, house))
    return sorted(found.values(), key=best_first)


@dataclass(frozen=True, slots=True)
class Setting:
    """A space on a date, with what each of hundreds of bookings asks of it worked out once."""

    space: Space
    policy: SpacePolicy
    places: dict[str, int]  # by layout
    wheelchairs: int


def settings_for(booking: Booked, house: House) -> list[Setting]:
    """The spaces of its kind and building that are in use on its date."""
    day, home = civil_date(booking.during.start, house.zone), house.spaces[booking.space]
    found = []
    for space in house.spaces.values():
        if (space.kind, space.building) == (home.kind, home.building) and house.is_in_use(space, day):
            policy = house.policy(space.code, day)
            if policy.active and all(house.policy(part, day).active for part in policy.parts if part != space.code):
                found.append(
                    Setting(
                        space,
                        policy,
                        {layout: places.limit for layout, places in policy.by_layout().items()},
                        policy.wheelchair_places if policy.accessible else 0,
                    )
                )
    return found


def possible_places(booking: Booked, scene: Scene, house: House, settings: Iterable[Setting]) -> dict[str, Place]:
    """By space, the places among `settings` that could hold a booking, and how much each is worse than its own; its own
    as it stands is none."""
    old = scene.before.house.policy(booking.space, civil_date(booking.during.start, house.zone))
    wanted = wanted_again(booking, scene.people, scene.planner, scene.before.house)
    asked_now = approvals_needed(wanted, old, is_evening=False)
    service = house.services.get(booking.service or "")
    needs_panic_button = service is not None and service.requires_panic_button
    needs, home = frozenset(booking.equipment), house.spaces[booking.space]
    found = {}
    for setting in settings:
        space, policy = setting.space, setting.policy
        if (
            not is_for(policy, booking.organisation or "")
            or (booking.wheelchair or 0) > setting.wheelchairs
            or not needs <= policy.equipment
            or (needs_panic_button and not policy.panic_button)
        ):
            continue
        layout = _layout(booking, setting)
        # Its own space is a place too, set up in another way: a limit on one layout sends nobody out of the room.
        if layout is None or (space.code == booking.space and layout == booking.layout):
            continue
        waits = bool(policy.approval_role or wanted.exclusive) and not (
            approvals_needed(wanted, policy, is_evening=False) <= asked_now
        )
        found[space.code] = Place(space.code, layout, _cost(booking, home, old, setting, layout, waits), waits)
    return found


def _layout(booking: Booked, setting: Setting) -> str | None:
    """Its own layout where that is offered and holds it, else the usual one, else the smallest that does. Unknown
    attendance is as many people as it counted for."""
    people, places = max(booking.attendees or booking.persons or 1, 1), setting.places
    for layout in (booking.layout, setting.policy.default_layout):
        if places.get(layout, 0) >= people:
            return layout
    return min(
        (layout for layout, most in places.items() if most >= people),
        key=lambda layout: (places[layout], layout),
        default=None,
    )


def _cost(booking: Booked, home: Space, old: SpacePolicy, setting: Setting, layout: str, waits: bool) -> float:
    space, policy, places = setting.space, setting.policy, setting.places[layout]
    cost = 0.0
    if waits:
        cost += WEIGHTS["waits"]
    if space.zone != home.zone:
        cost += WEIGHTS["floor"] * (OTHER_ZONE if space.floor == home.floor else 1)
    if layout != booking.layout:
        cost += WEIGHTS["layout"]
    cost += WEIGHTS["places"] * (1 - min((booking.persons or 1) / places, 1))
    if space.sort != home.sort:
        cost += WEIGHTS["sort"]
    if space.owner != home.owner and home.owner == booking.organisation:
        cost += WEIGHTS["owner"]
    elif space.owner is not None and space.owner != booking.organisation:
        cost += WEIGHTS["owner"] * FOREIGN
    if home.exclusive and not space.exclusive:
        cost += WEIGHTS["shared"]
    if old.equipment and not old.equipment <= policy.equipment:
        cost += WEIGHTS["equipment"] * len(old.equipment - policy.equipment) / len(old.equipment)
    if len(policy.parts) > 1:
        cost += WEIGHTS["composite"]
    if policy.accessible and not booking.wheelchair:
        cost += WEIGHTS["accessible"]
    return cost


def best_first(place: Place) -> tuple[float, str]:
    """A key to sort by: the least cost, and of equal ones always the same."""
    return place.cost, place.space
