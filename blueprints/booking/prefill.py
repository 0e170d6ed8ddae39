"""What a form starts with: as much as the address, the hour and the space already say."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from blueprints.booking.asking import services_for
from blueprints.booking.day import Day, free_stretches
from blueprints.booking.forms import BLOCKS
from blueprints.booking.kind import SpaceKind
from blueprints.web.addresses import digits
from models.queries.timelines import bookings_of
from models.rules.house.house import Service, Space
from models.rules.judging.when import desk_blocks, slot_start
from models.rules.times.interval import nearest_utc
from models.rules.values import DAY, BadValue

FIRST_HOUR = time(9)


def first_values(kind: SpaceKind, space: Space, query: Mapping[str, str], day: Day) -> dict[str, object]:
    """Date and hours for a form, where the query does not say them (its `start` may be 09:00 or 2027-03-09T09:00): from
    the running slot for today, from nine o'clock for another date, for the kind's usual length and not beyond the free
    stretch it lies in. At most two queries."""
    start_date, _t, start_time = query.get("start", "").rpartition("T")
    wished = _date(start_date) or _date(query.get("date")) or day.date
    values: dict[str, object] = {"date": wished.isoformat(), "layout": _layout(space, query, day)}
    if day.policy(space).in_half_days:
        asked = query.get("block")
        return values | {"block": asked if asked in BLOCKS else default_block(wished, day)}
    wall = datetime.combine(wished, _time(start_time) or _first_hour(wished, space, day))
    start = nearest_utc(wall, day.house.zone)
    policy, service = day.policy(space), _own_service(kind, space, query, day)
    usual = service.default_minutes if service else kind.default_minutes
    end = start + timedelta(minutes=min(max(usual, policy.min_minutes), policy.max_minutes))
    if ends := _time(query.get("end")):
        end = nearest_utc(datetime.combine(wished, ends), day.house.zone)
    else:
        end = min(end, _free_until(start, space, Day(wished, day.viewer, day.now)) or end)
    return values | {
        "service": service.code if service else None,
        "start": f"{start.astimezone(day.house.zone):%H:%M}",
        "end": f"{end.astimezone(day.house.zone):%H:%M}",
    }


def _free_until(start: datetime, space: Space, day: Day) -> datetime | None:
    taken = bookings_of([space], day.near, day.viewer, day.now)[space.code]
    return next((free.end for free in free_stretches(space, day, taken) if free.has(start)), None)


def _layout(space: Space, query: Mapping[str, str], day: Day) -> str:
    """The one asked for, else the usual one; where more people come than it takes, the one that fits them closest."""
    policy, wanted = day.policy(space), digits(query.get("attendees")) or 0
    if query.get("layout") in policy.capacities:
        return query["layout"]
    if wanted <= policy.effective_capacity():
        return policy.default_layout
    fitting = {layout: places.limit for layout, places in policy.by_layout().items() if places.limit >= wanted}
    return min(sorted(fitting), key=lambda layout: fitting[layout], default=policy.default_layout)


def _own_service(kind: SpaceKind, space: Space, query: Mapping[str, str], day: Day) -> Service | None:
    """Where talks take place, the service asked for, else one's own."""
    if not day.policy(space).traits.receives_public:
        return None
    person = day.person
    offered = {each.code: each for each in services_for(person, day.house, kind.service_channels[space.kind])}
    return offered.get(query.get("service") or person.service or "")


def default_block(wished: date, day: Day) -> str:
    """The whole day, or what is left of it."""
    morning, afternoon, _whole = desk_blocks(wished, day.house.zone)
    return "afternoon" if wished == day.date and morning.end <= day.now < afternoon.end else "day"


def _first_hour(wished: date, space: Space, day: Day) -> time:
    if wished != day.date:
        return FIRST_HOUR
    return slot_start(day.now, day.policy(space).slot_minutes, day.house.zone).astimezone(day.house.zone).time()


def _date(text: str | None) -> date | None:
    try:
        return DAY.from_text(text or "")
    except BadValue:
        return None


def _time(text: str | None) -> time | None:
    try:
        return datetime.strptime(text or "", "%H:%M").time()  # noqa: DTZ007 - a time on the wall has no zone
    except ValueError:
        return None
