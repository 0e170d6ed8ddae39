"""The whole house from its tables, kept in memory for as long as its revision stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import date, timedelta
from operator import itemgetter
from typing import TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Table, select

from models.queries.kept import kept
from models.queries.reading import gathered
from models.queries.revisions import revisions
from models.rules.house import house as rules
from models.rules.house.names import LANGUAGES
from models.rules.house.policy import TRAITS, SpacePolicy
from models.rules.house.quota import Quota
from models.rules.house.timeline import Timeline
from models.rules.times.hours import Closure as ClosureDay
from models.rules.times.hours import HoursBook, HoursRow
from models.tables import hours as hours_tables
from models.tables import municipality as tables
from models.tables import rules as rule_tables
from models.tables import space as space_tables
from models.tables.db import Base, Named, db

K = TypeVar("K")
V = TypeVar("V")
T = TypeVar("T", bound=Base)
# What the row of a policy holds as the rules have it.
_AS_KEPT = {each.name for each in fields(SpacePolicy)} & set(space_tables.SpacePolicyRow.__table__.columns.keys()) - {
    "buffer_before",
    "buffer_after",
}


def the_house() -> rules.House:
    """The house as it is now. One query a transaction when nothing changed since this process last asked, some twenty
    otherwise."""
    revision = revisions()[0]
    return kept("house", revision, lambda: _load(revision))


def is_empty() -> bool:
    return db.session.execute(select(tables.Municipality.id)).first() is None


def _rows(table: type[T]) -> Sequence[T]:
    return db.session.execute(select(table).order_by(*table.__table__.primary_key.columns)).scalars().all()


def names_of(row: Named) -> rules.Names:
    return rules.Names({language: name for language in LANGUAGES if (name := getattr(row, f"name_{language}"))})


def _load(revision: int) -> rules.House:
    municipality = _rows(tables.Municipality)[0]
    zone = ZoneInfo(municipality.timezone)
    organisation_rows = _rows(tables.Organisation)
    organisations = {row.id: row.code for row in organisation_rows}
    buildings = {
        row.id: rules.Building(row.code, names_of(row), row.valid_from, row.valid_to) for row in _rows(tables.Building)
    }
    floors = {
        row.id: rules.Floor(
            row.code, names_of(row), buildings[row.building_id].code, row.level, row.refuge_wheelchair_places
        )
        for row in _rows(tables.Floor)
    }
    drawn = _rectangles("zone")
    zones = {
        row.id: rules.Zone(
            row.code,
            names_of(row),
            floors[row.floor_id].code,
            floors[row.floor_id].building,
            row.access,
            row.silent,
            organisations[row.owner_organisation_id] if row.owner_organisation_id else None,
            row.valid_from,
            row.valid_to,
            drawn.get(row.code),
        )
        for row in _rows(tables.Zone)
    }
    services = [
        rules.Service(
            row.code,
            organisations[row.organisation_id],
            names_of(row),
            row.channel,
            row.default_minutes,
            row.privacy_level,
            row.max_party,
            row.requires_panic_button,
            zones[row.home_zone_id].code if row.home_zone_id else None,
            row.id,
        )
        for row in _rows(tables.Service)
    ]
    spaces = _spaces(floors, zones, organisations)
    rule_rows = _rows(tables.OccupancyRule)
    return rules.House(
        revision=revision,
        code=municipality.code,
        names=names_of(municipality),
        languages=tuple(municipality.languages.split(";")),
        zone=zone,
        organisations={
            row.code: rules.Organisation(
                row.code,
                names_of(row),
                row.is_host,
                row.colour,
                row.text_colour,
                row.professional_secrecy,
                row.feed_detail_outside,
                row.feed_detail_inside,
                row.contact_phone,
                row.id,
                row.stands_for_public,
                row.reply_to or row.contact_email,
            )
            for row in organisation_rows
        },
        services={service.code: service for service in services},
        buildings={each.code: each for each in buildings.values()},
        floors={each.code: each for each in floors.values()},
        zones={each.code: each for each in zones.values()},
        spaces={space.code: space for space in sorted(spaces, key=lambda space: space.code)},
        policies=_policies({space.id: space for space in spaces}),
        limits=_limits(),
        hours=_hours(zone),
        closures=closing_days(_rows(hours_tables.Closure)),
        rules=_rules(rule_rows),
        zone_rules=_zone_rules(rule_rows),
        quotas=_quotas(),
        precedence=_precedence(),
        outages=_outages(),
    )


def _pairs(table: Table, organisations: dict[int, str]) -> dict[int, frozenset[str]]:
    return gathered((place_id, organisations[number]) for place_id, number in db.session.execute(select(table)))


def _timelines(entries: Iterable[tuple[K, date, V]]) -> dict[K, tuple[tuple[date, V], ...]]:
    """What holds of each thing from which date on, in order of date."""
    timelines = defaultdict(list)
    for thing, since, held in sorted(entries, key=itemgetter(1)):
        timelines[thing].append((since, held))
    return {thing: tuple(timeline) for thing, timeline in timelines.items()}


def _spaces(floors: dict, zones: dict, organisations: dict[int, str]) -> list[rules.Space]:
    rows = _rows(space_tables.Space)
    codes = {row.id: row.code for row in rows}
    parts, equipment = defaultdict(list), defaultdict(list)
    for part in _rows(space_tables.SpacePart):
        parts[part.composite_id].append(codes[part.part_id])
    for item in _rows(space_tables.Equipment):
        equipment[item.space_id].append(item.item)
    own = _pairs(space_tables.space_bookable_by, organisations)
    of_zone = _pairs(tables.zone_bookable_by, organisations)
    rectangles = _rectangles("space")
    return [
        rules.Space(
            id=row.id,
            code=row.code,
            names=names_of(row),
            kind=row.kind,
            sort=row.sort,
            floor=floors[row.floor_id].code,
            zone=zones[row.zone_id].code,
            building=floors[row.floor_id].building,
            owner=organisations[row.owner_organisation_id] if row.owner_organisation_id else None,
            exclusive=row.exclusive,
            bookable_by=own.get(row.id) or of_zone.get(row.zone_id, frozenset()),
            parts=tuple(sorted(parts[row.id])) or (row.code,),
            equipment=tuple(sorted(equipment[row.id])),
            hearing_loop=row.hearing_loop,
            public_bookable=row.public_bookable,
            notes=row.notes,
            rectangle=rectangles.get(row.code),
        )
        for row in rows
    ]


def _rectangles(scope: str) -> dict[str, rules.Rectangle]:
    return {
        row.scope_code: rules.Rectangle(row.x_m, row.y_m, row.width_m, row.depth_m)
        for row in _rows(space_tables.PlanRectangle)
        if row.scope_type == scope
    }


def _policies(spaces: dict[int, rules.Space]) -> dict[str, tuple]:
    capacities: dict[int, dict[str, int]] = defaultdict(dict)
    for row in _rows(space_tables.LayoutCapacity):
        capacities[row.policy_id][row.layout] = row.places
    return _timelines(
        (
            space.code,
            row.valid_from,
            SpacePolicy(
                space=space.code,
                kind=space.kind,
                building=space.building,
                floor=space.floor,
                zone=space.zone,
                traits=TRAITS[space.sort],
                exclusive=space.exclusive,
                bookable_by=space.bookable_by,
                parts=space.parts,
                capacities=capacities[row.id],
                buffer_before=timedelta(minutes=row.buffer_before),
                buffer_after=timedelta(minutes=row.buffer_after),
                equipment=_with_loop(space),
                **{name: getattr(row, name) for name in _AS_KEPT},
            ),
        )
        for row in _rows(space_tables.SpacePolicyRow)
        for space in [spaces[row.space_id]]
    )


def _with_loop(space: rules.Space) -> frozenset[str]:
    return frozenset((*space.equipment, *(("hearing_loop",) if space.hearing_loop else ())))


def _limits() -> dict[tuple[str, str], tuple[tuple[date, int | None], ...]]:
    return _timelines(
        ((row.scope_type, row.scope_code), row.valid_from, row.max_persons) for row in _rows(tables.HeadCountLimit)
    )


def _rules(rows: Iterable[tables.OccupancyRule]) -> dict[str, Timeline[rules.Rule]]:
    return _timelines((row.code, row.valid_from, _rule(row)) for row in rows if not row.zone_code)


def _zone_rules(rows: Iterable[tables.OccupancyRule]) -> dict[tuple[str, str], Timeline[rules.Rule | None]]:
    return _timelines(
        ((row.code, row.zone_code), row.valid_from, None if row.lifted else _rule(row)) for row in rows if row.zone_code
    )


def _rule(row: tables.OccupancyRule) -> rules.Rule:
    return rules.Rule(
        row.code,
        row.severity,
        row.parameter,
        frozenset(filter(None, row.applies_to.split(";"))),
        row.owner_role,
        row.override_allowed,
        row.mode,
        row.valid_from,
        row.version,
    )


def _quotas() -> tuple[Quota, ...]:
    return tuple(
        Quota(
            row.scope_type,
            row.scope_code,
            row.kind,
            row.measure,
            row.period,
            row.amount,
            row.valid_from,
            row.valid_to,
            row.id,
        )
        for row in _rows(rule_tables.QuotaRow)
    )


def _precedence() -> tuple[rules.Precedence, ...]:
    rows = sorted(_rows(rule_tables.PrecedenceRow), key=lambda row: (row.rank, row.id))
    return tuple(rules.Precedence(row.code, names_of(row), row.rank, row.role, row.notice_days) for row in rows)


def _outages() -> tuple[rules.Outage, ...]:
    return tuple(
        rules.Outage(row.scope_type, row.scope_code, row.item, row.valid_from, row.valid_to, row.id)
        for row in _rows(rule_tables.OutageRow)
    )


def _hours(zone: ZoneInfo) -> HoursBook:
    return HoursBook(
        (
            HoursRow(
                row.scope_type,
                row.scope_code,
                row.weekday,
                row.week_of_month,
                row.opens_minute,
                row.closes_minute,
                row.kind,
                row.valid_from,
                row.valid_to,
            )
            for row in _rows(hours_tables.OpeningHours)
        ),
        zone,
    )


def closing_days(rows: Iterable[hours_tables.Closure], *conditions: ColumnElement[bool]) -> tuple[ClosureDay, ...]:
    """Rows with the organisations that they close. One query; `conditions` on closure_organisation spare it others."""
    pairs = select(hours_tables.closure_organisation.c.closure_id, tables.Organisation.code).join(
        tables.Organisation, tables.Organisation.id == hours_tables.closure_organisation.c.organisation_id
    )
    closed: dict[int, frozenset[str]] = gathered(db.session.execute(pairs.where(*conditions)))
    return tuple(
        ClosureDay(row.day, row.kind, row.opens_minute, row.closes_minute, closed.get(row.id, frozenset()), row.name_nl)
        for row in rows
    )
