"""What a form starts with: as much as the address, the hour and the space already say."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from flask_babel import gettext as _

from blueprints.booking.asking import services_for, values_at
from blueprints.booking.day import Day, date_words, free_stretches
from blueprints.booking.forms import BLOCKS
from blueprints.booking.horizon import LOOKED_BACK
from blueprints.booking.kind import SpaceKind
from blueprints.web.addresses import digits
from models.queries.finding import first_stretch
from models.queries.timelines import bookings_of
from models.rules.finding.free import left_of
from models.rules.house.house import Service, Space
from models.rules.judging.facts import Wanted
from models.rules.judging.when import desk_blocks, horizon, slot_start
from models.rules.times.interval import civil_date, nearest_utc
from models.rules.values import DAY, BadValue

FIRST_HOUR = time(9)


def first_values(kind: SpaceKind, space: Space, query: Mapping[str, str], day: Day) -> dict[str, object]:
    """Date and hours for a form, and what else the address says. Where that names no hour (its `start` may be 09:00 or
    2027-03-09T09:00, a `block` a half-day), the first that this person could book from its date on, or from now; of a
    date too far ahead, on the last that can be booked by now. At most six queries, mostly one."""
    wished = _wished(query) or day.date
    service, layout = _own_service(kind, space, query, day), _layout(space, query, day)
    values: dict[str, object] = {"layout": layout, "service": service.code if service else None}
    in_half_days, usual = day.policy(space).in_half_days, service.default_minutes if service else kind.default_minutes
    if not (query.get("block") in BLOCKS if in_half_days else _hour(query) or _time(query.get("end"))):
        attendees = digits(query.get("attendees")) or None
        wanted = Wanted(space.code, day.during, day.person, day.person, attendees, layout, service=service)
        since = _last_day(space, day) if _is_too_far(wished, space, day) else None
        since = since or Day(max(wished, day.date), day.viewer, day.now)
        if found := first_stretch(wanted, usual, since):
            return values | values_at(found, day.house, in_half_days=in_half_days)
    values["date"] = wished.isoformat()
    if in_half_days:
        asked = query.get("block")
        return values | {"block": asked if asked in BLOCKS else default_block(wished, day)}
    return values | _hours(space, query, Day(wished, day.viewer, day.now), usual)


def _hours(space: Space, query: Mapping[str, str], day: Day, usual: int) -> dict[str, object]:
    """From the start that is named, for as long as is usual and not beyond the free stretch it lies in. Without one,
    from the running slot for today, from nine o'clock for another date."""
    wall, zone, policy = datetime.combine, day.house.zone, day.policy(space)
    start = nearest_utc(wall(day.date, _hour(query) or _first_hour(space, day)), zone)
    if ends := _time(query.get("end")):
        end = nearest_utc(wall(day.date, ends), zone)
    else:
        end = start + timedelta(minutes=min(max(usual, policy.min_minutes), policy.max_minutes))
        end = min(end, _free_until(start, space, day) or end)
    return {"start": f"{start.astimezone(zone):%H:%M}", "end": f"{end.astimezone(zone):%H:%M}"}


def why_later(query: Mapping[str, str], values: Mapping[str, object], space: Space, day: Day) -> str:
    """Why the form starts on another date than the address asks for, or than today; nothing where it does not."""
    wished = _wished(query) or day.date
    if values["date"] == wished.isoformat():
        return ""
    said = date_words(wished, "EEEE d MMMM" if wished.year == day.date.year else "EEEE d MMMM y")
    if wished < day.date:
        return _("%(day)s is over. Below stands the first time that can still be booked.", day=said)
    if _is_too_far(wished, space, day):
        return _("%(day)s cannot be booked yet. Below stands a time on the last day that can be booked now.", day=said)
    if left_of(day.policy(space), Day(wished, day.viewer, day.now), ()).opened:
        return _("On %(day)s nothing is left here. Below stands the first time after that.", day=said)
    return _("On %(day)s it is closed here. Below stands the first time after that.", day=said)


def _is_too_far(wished: date, space: Space, day: Day) -> bool:
    return wished > civil_date(horizon(day.now, day.policy(space).advance_days, day.house.zone), day.house.zone)


def _last_day(space: Space, day: Day) -> Day | None:
    """On which some of it could be booked by now, were nothing taken; of the last two weeks that are near enough."""
    ahead = day.policy(space).advance_days
    near = map(day.later, range(ahead, max(ahead - LOOKED_BACK, -1), -1))
    return next((each for each in near if left_of(each.policy(space), each, ()).free), None)


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


def _first_hour(space: Space, day: Day) -> time:
    if not day.is_today:
        return FIRST_HOUR
    return slot_start(day.now, day.policy(space).slot_minutes, day.house.zone).astimezone(day.house.zone).time()


def _wished(query: Mapping[str, str]) -> date | None:
    return _date(query.get("start", "").rpartition("T")[0]) or _date(query.get("date"))


def _hour(query: Mapping[str, str]) -> time | None:
    return _time(query.get("start", "").rpartition("T")[2])


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
