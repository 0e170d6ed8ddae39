"""What a wish must be judged against: every booking that holds a place in the building near its time, whatever counts
towards its organiser's quotas, and what was counted a moment ago."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Integer, Row, and_, exists, func, literal_column, or_, select, text

from models.queries.bookings import bounds, overlapping
from models.queries.presence import live_counts
from models.queries.reading import pages
from models.rules.bookings.attendance import HELD_PLACE, HOLDS_PLACE
from models.rules.house.house import House, Service
from models.rules.house.policy import KINDS
from models.rules.house.quota import Quota, period_of
from models.rules.judging.facts import Facts, Held, Taken, Wanted
from models.rules.judging.how_much import quotas_for, service_of
from models.rules.people.person import NOBODY, OUTSIDE_ROLES, Person
from models.rules.presence.counts import COUNT_HOLDS, LiveCount
from models.rules.times.interval import Interval, civil_date, joined
from models.tables.booking import IN_REFUGE, Booking
from models.tables.db import db
from models.tables.person import PersonRole, PersonRow

WINDOWS_A_QUERY = 100
_OF_ORGANISER = PersonRole.person_id == Booking.organiser_id
_ORGANISER = func.coalesce(Booking.organiser_id, NOBODY)
_IS_OUTSIDE = or_(
    Booking.organiser_id.is_(None),
    and_(
        exists().where(_OF_ORGANISER, or_(*(PersonRole.role == role for role in sorted(OUTSIDE_ROLES)))),
        ~exists().where(_OF_ORGANISER, PersonRole.role == "staff"),
    ),
)
# Written out: a list of values would be put into the statement anew each time it is asked.
_HOLDS_A_PLACE = text(f"booking.status IN {HOLDS_PLACE}")
A_REFUGE_FOR: ColumnElement[int] = literal_column(IN_REFUGE.format(row="booking"), Integer())
TAKEN = select(
    Booking.id,
    Booking.space_id,
    Booking.starts_at,
    Booking.ends_at,
    Booking.persons,
    Booking.exclusive,
    _ORGANISER,
    A_REFUGE_FOR,
    _IS_OUTSIDE.label("is_outside"),
).where(_HOLDS_A_PLACE)
_IN_ONE_WINDOW = TAKEN.where(overlapping())


def facts_for(
    house: House,
    building: str,
    windows: Iterable[Interval],
    organiser: Person | None,
    now: datetime,
    *,
    service: Service | None = None,
    kinds: Collection[str] = KINDS,
) -> Facts:
    """What wishes of an organiser within `windows`, for these kinds of space, must be judged against.

    One query per hundred windows; with several buildings two, for there the organiser may sit in another one. One more
    where a quota of theirs is about these kinds; one more for windows that touch the present.
    """
    windows, wide = list(windows), house.widest_buffer
    stretches = joined(window.widened(wide, wide) for window in windows)
    held = held_by(house, windows, organiser, service, kinds, now) if organiser else ()
    counted = counted_near(stretches, house, now)
    if len(house.buildings) == 1:
        return Facts(house, _taken(house, stretches), None, held, counted)
    inside = [space.id for space in house.spaces.values() if space.building == building]
    own = _taken(house, stretches, Booking.organiser_id == organiser.id) if organiser else ()
    return Facts(house, _taken(house, stretches, Booking.space_id.in_(inside)), own, held, counted)


def facts_about(wanted: Wanted, house: House, now: datetime, windows: Iterable[Interval] = ()) -> Facts:
    """What a wish must be judged against: at its own time, or within others."""
    space = house.spaces[wanted.space]
    return facts_for(
        house,
        space.building,
        windows or [wanted.during],
        wanted.organiser,
        now,
        service=wanted.service,
        kinds=(space.kind,),
    )


def counted_near(stretches: Iterable[Interval], house: House, now: datetime) -> tuple[LiveCount, ...]:
    """What was counted a moment ago, for stretches that touch the present; no query for others."""
    soon = Interval(now, now + COUNT_HOLDS)
    return live_counts(house, now) if any(soon.overlaps(each) for each in stretches) else ()


def _taken(
    house: House, windows: Sequence[Interval], condition: ColumnElement[bool] | None = None
) -> tuple[Taken, ...]:
    return taken_from(_rows(windows, condition), house)


def taken_from(rows: Iterable[Row], house: House) -> tuple[Taken, ...]:
    """In order of start, each once. `rows`: of TAKEN."""
    spaces, found = house.by_id[0], {}
    for number, space_id, starts_at, ends_at, persons, exclusive, organiser_id, in_refuge, is_outside in rows:
        space = spaces[space_id]
        found[number] = Taken(
            number,
            space.code,
            Interval(starts_at, ends_at),
            persons,
            exclusive or space.exclusive,
            organiser_id,
            in_refuge,
            bool(is_outside),
        )
    return tuple(sorted(found.values(), key=lambda taken: (taken.during.start, taken.id)))


def _rows(windows: Sequence[Interval], condition: ColumnElement[bool] | None) -> Iterator[Row]:
    """One window, as nearly always, by a statement that was put together once."""
    db.session.flush()
    connection = db.session.connection()
    if len(windows) == 1 and condition is None:
        yield from connection.execute(_IN_ONE_WINDOW, bounds(windows[0]))
        return
    wanted = TAKEN if condition is None else TAKEN.where(condition)
    for page in pages(windows, WINDOWS_A_QUERY):
        yield from connection.execute(wanted.where(or_(*map(overlapping, page))))


def held_by(
    house: House,
    windows: Sequence[Interval],
    organiser: Person,
    service: Service | None,
    kinds: Collection[str],
    now: datetime,
) -> tuple[Held, ...]:
    """Whatever counts towards the quotas that wishes in these windows must keep; no query where there is none."""
    days = sorted({civil_date(window.start, house.zone) for window in windows})
    quotas = {quota: day for day in days for quota in quotas_for(house, organiser, service, kinds, day)}
    if not quotas:
        return ()
    periods = joined(
        period for quota in quotas for day in days if (period := period_of(quota.period, day, house.zone)) is not None
    )
    at_some_time = [and_(Booking.starts_at >= period.start, Booking.starts_at < period.end) for period in periods]
    if any(quota.period == "held" for quota in quotas):
        at_some_time.append(and_(Booking.ends_at > now, Booking.status.in_(HOLDS_PLACE)))
    spaces, organisations, services = house.by_id
    about = set(kinds) if all(quota.kind for quota in quotas) else set(KINDS)
    asked = (
        select(
            Booking.id,
            Booking.space_id,
            Booking.starts_at,
            Booking.ends_at,
            Booking.status,
            _ORGANISER,
            Booking.organisation_id,
            func.coalesce(Booking.service_id, PersonRow.service_id),
        )
        .outerjoin(PersonRow, PersonRow.id == Booking.organiser_id)
        .where(Booking.status.in_(HELD_PLACE), or_(*at_some_time), or_(*_whose(quotas, house, organiser, service)))
        .order_by(Booking.id)
    )
    found = db.session.connection().execute(asked)
    return tuple(
        Held(
            number,
            spaces[space_id].kind,
            Interval(starts_at, ends_at),
            organiser_id,
            organisations[organisation_id].code,
            services[service_id].code if service_id else None,
            status in HOLDS_PLACE,
        )
        for number, space_id, starts_at, ends_at, status, organiser_id, organisation_id, service_id in found
        if spaces[space_id].kind in about
    )


def _whose(quotas: Iterable[Quota], house: House, organiser: Person, service: Service | None) -> list:
    asked = {quota.scope for quota in quotas}
    whose = [Booking.organiser_id == organiser.id]
    if "organisation" in asked:
        whose.append(Booking.organisation_id == house.organisations[organiser.organisation].id)
    account = service_of(organiser, service)
    if "service" in asked and account is not None:
        whose.append(func.coalesce(Booking.service_id, PersonRow.service_id) == house.services[account].id)
    return whose
