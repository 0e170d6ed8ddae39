"""How long talks of the line took lately, and who holds them now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import and_, func, select

from models.queries.duties import people_on_duty
from models.queries.today import talks_of
from models.rules.house.house import House
from models.rules.line.order import NOT_YET, turn_of
from models.rules.line.outcomes import BOOKED
from models.rules.line.party import Party
from models.rules.line.states import AT_SOMEBODY
from models.rules.line.waiting import Pace, typical
from models.rules.times.interval import Interval, civil_date
from models.tables.db import db
from models.tables.line import Visit, VisitStamp

LATELY, MOST_TALKS = timedelta(weeks=8), 300
AHEAD, WORKED_LATELY = timedelta(hours=2), timedelta(hours=1)


def pace_of(service: str, zone: str, line: Sequence[Party], now: datetime, house: House) -> Pace:
    """What a wait in the line of a service hangs on. `line`: those of the service who are in it. Three queries, or four
    where the roster says nobody."""
    with_somebody = [each for each in line if each.state in AT_SOMEBODY]
    return Pace(
        took_lately(house.services[service].id, now, house),
        max(_people(service, now, house), len(with_somebody)),
        [now - (each.state_at or now) for each in with_somebody],
        sorted(_appointments_in(service, zone, line, now, house)),
    )


def took_lately(service_id: int, now: datetime, house: House) -> list[timedelta]:
    """How long each of the last talks of a service took, from the last call: the way to the counter, and what was
    handled. The newest first. One query."""
    last = (
        select(Visit.id, Visit.day, Visit.handled_seconds, Visit.called_at)
        .where(
            Visit.service_id == service_id,
            Visit.day >= civil_date(now - LATELY, house.zone),
            Visit.state == "done",
            Visit.handled_seconds > 0,
        )
        .order_by(Visit.day.desc(), Visit.id.desc())
        .limit(MOST_TALKS)
        .subquery()
    )
    rows = db.session.execute(
        select(last.c.handled_seconds, last.c.called_at, func.min(VisitStamp.at))
        .join(VisitStamp, and_(VisitStamp.visit_id == last.c.id, VisitStamp.verb == "begin"))
        .group_by(last.c.id, last.c.day, last.c.handled_seconds, last.c.called_at)
        .order_by(last.c.day.desc(), last.c.id.desc())
    )
    return [
        timedelta(seconds=handled) + max(began - called, timedelta())
        for handled, called, began in rows
        if called is not None
    ]


def handled_lately(service_ids: Iterable[int], now: datetime, house: House) -> dict[int, list[timedelta]]:
    """How long each of the last talks of these services took, one of several passports by itself. One query."""
    numbers = list(service_ids)
    rows = db.session.execute(
        select(Visit.service_id, Visit.handled_seconds, Visit.quantity)
        .where(
            Visit.service_id.in_(numbers),
            Visit.day >= civil_date(now - LATELY, house.zone),
            Visit.state == "done",
            Visit.outcome == BOOKED,
            Visit.others == 0,
            Visit.handled_seconds > 0,
        )
        .order_by(Visit.day.desc(), Visit.id.desc())
        .limit(MOST_TALKS * max(1, len(numbers)))
    )
    found: dict[int, list[timedelta]] = defaultdict(list)
    for service_id, seconds, quantity in rows:
        found[service_id].append(timedelta(seconds=seconds / quantity))
    return dict(found)


class Helped(NamedTuple):
    """Of a service whose people are only counted: how many today, and how long half of the last ones took at most."""

    today: int
    median: timedelta | None


def helped(service_id: int, now: datetime, house: House) -> Helped:
    """Two queries."""
    counted = (Visit.service_id == service_id, Visit.state == "done", Visit.called_at.is_(None))
    today = select(func.count()).select_from(Visit).where(*counted, Visit.day == civil_date(now, house.zone))
    last = (
        select(Visit.handled_seconds)
        .where(*counted, Visit.handled_seconds > 0, Visit.day >= civil_date(now - LATELY, house.zone))
        .order_by(Visit.day.desc(), Visit.id.desc())
        .limit(MOST_TALKS)
    )
    took = [timedelta(seconds=each) for each in db.session.scalars(last)]
    return Helped(db.session.scalars(today).one(), typical(took))


def _people(service: str, now: datetime, house: House) -> int:
    """Those on duty; where the roster says nobody, those who lately called from this line."""
    on_duty = len(people_on_duty(service, now, house))
    if on_duty:
        return on_duty
    lately = select(func.count(Visit.person_id.distinct())).where(
        Visit.service_id == house.services[service].id,
        Visit.day == civil_date(now, house.zone),
        Visit.called_at >= now - WORKED_LATELY,
    )
    return db.session.scalars(lately).one()


def _appointments_in(
    service: str, zone: str, line: Iterable[Party], now: datetime, house: House
) -> Iterable[timedelta]:
    """In how long each may be called that comes before those who walked in: of those who are here, and of talks for
    which nobody has come yet."""
    early, arrived = house.zones[zone].line.early, {each.due_at for each in line if each.due_at}
    for party in line:
        if party.state == "waiting" and turn_of(party, house.zones[zone].line, now).why == NOT_YET and party.due_at:
            yield party.due_at - early - now
    for talk in talks_of([house.services[service].id], Interval(now, now + AHEAD)):
        if house.spaces[talk.space].zone == zone and talk.during.start > now and talk.during.start not in arrived:
            yield talk.during.start - now
