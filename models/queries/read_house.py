"""The house from its tables: what has changed since it was read before is read anew, everything else is taken over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from operator import itemgetter
from typing import NamedTuple, TypeVar, cast
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, Row, Select, Table, select

from models.queries.reading import gathered
from models.rules.house import house as rules
from models.rules.house.line_settings import LineSettings
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
from models.tables.db import Base, Named
from models.tables.revision import TableRevision

K = TypeVar("K")
V = TypeVar("V")
T = TypeVar("T")
C = TypeVar("C", rules.Building, rules.Floor, rules.Zone, rules.Space)
_AT = select(TableRevision.name, TableRevision.revision).order_by(TableRevision.name)
_POLICY = space_tables.SpacePolicyRow.__table__.columns
# What the row of a policy holds as the rules have it.
_AS_KEPT = sorted({each.name for each in fields(SpacePolicy)} & set(_POLICY.keys()) - {"buffer_before", "buffer_after"})
_POLICIES = select(
    _POLICY.id, _POLICY.space_id, _POLICY.buffer_before, _POLICY.buffer_after, *(_POLICY[name] for name in _AS_KEPT)
).order_by(_POLICY.id)
_CAPACITIES = select(
    space_tables.LayoutCapacity.policy_id, space_tables.LayoutCapacity.layout, space_tables.LayoutCapacity.places
).order_by(space_tables.LayoutCapacity.policy_id, space_tables.LayoutCapacity.layout)
# What each piece of the house is made of: itself, and what it takes codes from.
_OF_FLOORS = ("floor", "building")
_OF_ZONES = ("zone", *_OF_FLOORS, "organisation", "plan_rectangle")
_OF_SPACES = ("space", "space_part", "equipment", "space_bookable_by", "zone_bookable_by", *_OF_ZONES)
_OF_POLICIES = ("space_policy", "layout_capacity", *_OF_SPACES)
# Bookings and people refer to their rows: where one of these has come, a house without it cannot tell of them.
REFERRED_TO = frozenset({"building", "floor", "zone", "space", "organisation", "service", "municipality"})


class _Beside(NamedTuple):
    """What of a space stands in other tables than its own."""

    floor: str
    zone: str
    building: str
    owner: str | None
    bookable_by: frozenset[str]
    parts: tuple[str, ...]
    equipment: tuple[str, ...]
    rectangle: rules.Rectangle | None


class _KeptSpace(NamedTuple):
    """A space, and what it was made of."""

    row: Row
    beside: _Beside
    space: rules.Space


class _KeptPolicy(NamedTuple):
    """A policy, and what it was made of."""

    row: Row
    space: rules.Space
    policy: SpacePolicy


@dataclass(frozen=True)
class Read:
    """A house, and what it was made of: by piece the revisions of its tables, and what came of them."""

    house: rules.House
    pieces: Mapping[str, tuple[tuple[int, ...], object]]

    @property
    def revision(self) -> int:
        return self.house.revision


def table_revisions(connection: Connection) -> dict[str, int]:
    return {name: revision for name, revision in connection.execute(_AT)}


def read_house(connection: Connection, before: Read | None, revision: int, tables_at: Mapping[str, int]) -> Read:
    """The house as the transaction of `connection` sees it. Some twenty queries, less those of tables that are since as
    they were `before`; and what is equal to what it was then is the very same, with whatever was worked out of it."""
    reading = _Reading(connection, before, tables_at)
    house = reading.house(revision)
    return Read(house.knowing_what(before.house) if before else house, reading.pieces)


def names_of(row: Named | Row) -> rules.Names:
    return rules.Names({language: name for language in LANGUAGES if (name := getattr(row, f"name_{language}"))})


def closing_days(
    rows: Iterable[hours_tables.Closure | Row], connection: Connection, *conditions: ColumnElement[bool]
) -> tuple[ClosureDay, ...]:
    """Rows with the organisations that they close. One query; `conditions` on closure_organisation spare it others."""
    pairs = select(hours_tables.closure_organisation.c.closure_id, tables.Organisation.code).join(
        tables.Organisation, tables.Organisation.id == hours_tables.closure_organisation.c.organisation_id
    )
    closed: dict[int, frozenset[str]] = gathered(connection.execute(pairs.where(*conditions)))
    return tuple(
        ClosureDay(row.day, row.kind, row.opens_minute, row.closes_minute, closed.get(row.id, frozenset()), row.name_nl)
        for row in rows
    )


class _Reading:
    def __init__(self, connection: Connection, before: Read | None, tables_at: Mapping[str, int]) -> None:
        self.connection = connection
        self.before: Mapping[str, tuple[tuple[int, ...], object]] = before.pieces if before else {}
        self.tables_at = tables_at
        self.pieces = dict(self.before)  # what is not asked for now may be the next time

    def house(self, revision: int) -> rules.House:
        code, names, languages, zone = self._piece("municipality", ("municipality",), self._municipality)
        buildings = self._piece("buildings", ("building",), self._buildings)
        organisations = self._piece("organisations", ("organisation",), self._organisations)
        floors = self._piece("floors", _OF_FLOORS, lambda: self._floors(buildings))
        drawn = self._piece("rectangles", ("plan_rectangle",), self._rectangles)
        owners = {each.id: each.code for each in organisations.values()}
        zones = self._piece("zones", _OF_ZONES, lambda: self._zones(floors, owners, drawn))
        spaces = self._piece("spaces", _OF_SPACES, lambda: self._spaces(floors, zones, owners, drawn))
        kept = self._piece("kept policies", _OF_POLICIES, lambda: self._kept_policies(spaces))
        rows_of_rules = ("occupancy_rule",)
        return rules.House(
            revision=revision,
            code=code,
            names=names,
            languages=languages,
            zone=zone,
            organisations=organisations,
            services=self._piece(
                "services", ("service", "organisation", "zone"), lambda: self._services(owners, zones)
            ),
            buildings=self._piece("buildings by code", ("building",), lambda: _by_code(buildings)),
            floors=self._piece("floors by code", _OF_FLOORS, lambda: _by_code(floors)),
            zones=self._piece("zones by code", _OF_ZONES, lambda: _by_code(zones)),
            spaces=self._piece("spaces by code", _OF_SPACES, lambda: dict(sorted(_by_code(spaces).items()))),
            policies=self._piece(
                "policies",
                _OF_POLICIES,
                lambda: _timelines((each.space.code, each.policy.valid_from, each.policy) for each in kept.values()),
            ),
            limits=self._piece("limits", ("head_count_limit",), self._limits),
            hours=self._piece("hours", ("opening_hours", "municipality"), lambda: self._hours(zone)),
            closures=self._piece("closures", ("closure", "closure_organisation", "organisation"), self._closures),
            rules=self._piece("rules", rows_of_rules, self._rules),
            zone_rules=self._piece("rules of zones", rows_of_rules, self._zone_rules),
            quotas=self._piece("quotas", ("quota",), self._quotas),
            precedence=self._piece("precedence", ("precedence",), self._precedence),
            outages=self._piece("outages", ("outage",), self._outages),
            tables_at=self.tables_at,
        )

    def _piece(self, name: str, made_of: tuple[str, ...], make: Callable[[], T]) -> T:
        at = tuple(self.tables_at.get(table, 0) for table in made_of)
        known_at, known = self.before.get(name, (None, None))
        if known_at is None:
            found = make()
        elif known_at == at:
            found = cast(T, known)  # by its name
        else:
            found = _the_same(cast(T, known), make())
        self.pieces[name] = at, found
        return found

    def _rows(self, table: type[Base] | Table) -> Sequence[Row]:
        named = table if isinstance(table, Table) else table.__table__
        return self._asked(named.name, select(named).order_by(*named.primary_key.columns))

    def _asked(self, table: str, question: Select) -> Sequence[Row]:
        return self._piece(f"rows of {table}", (table,), lambda: self.connection.execute(question).all())

    def _municipality(self) -> tuple[str, rules.Names, tuple[str, ...], ZoneInfo]:
        row = self._rows(tables.Municipality)[0]
        return row.code, names_of(row), tuple(row.languages.split(";")), ZoneInfo(row.timezone)

    def _buildings(self) -> dict[int, rules.Building]:
        return {
            row.id: rules.Building(row.code, names_of(row), row.valid_from, row.valid_to)
            for row in self._rows(tables.Building)
        }

    def _organisations(self) -> dict[str, rules.Organisation]:
        return {
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
            for row in self._rows(tables.Organisation)
        }

    def _floors(self, buildings: dict[int, rules.Building]) -> dict[int, rules.Floor]:
        return {
            row.id: rules.Floor(
                row.code, names_of(row), buildings[row.building_id].code, row.level, row.refuge_wheelchair_places
            )
            for row in self._rows(tables.Floor)
        }

    def _rectangles(self) -> dict[tuple[str, str], rules.Rectangle]:
        return {
            (row.scope_type, row.scope_code): rules.Rectangle(row.x_m, row.y_m, row.width_m, row.depth_m)
            for row in self._rows(space_tables.PlanRectangle)
        }

    def _zones(
        self, floors: dict[int, rules.Floor], owners: dict[int, str], drawn: dict[tuple[str, str], rules.Rectangle]
    ) -> dict[int, rules.Zone]:
        return {
            row.id: rules.Zone(
                row.code,
                names_of(row),
                floors[row.floor_id].code,
                floors[row.floor_id].building,
                row.access,
                row.silent,
                owners[row.owner_organisation_id] if row.owner_organisation_id else None,
                row.valid_from,
                row.valid_to,
                drawn.get(("zone", row.code)),
                LineSettings(
                    timedelta(minutes=row.line_early_minutes),
                    timedelta(minutes=row.line_late_minutes),
                    row.line_calls,
                ),
            )
            for row in self._rows(tables.Zone)
        }

    def _services(self, owners: dict[int, str], zones: dict[int, rules.Zone]) -> dict[str, rules.Service]:
        return {
            row.code: rules.Service(
                row.code,
                owners[row.organisation_id],
                names_of(row),
                row.channel,
                row.default_minutes,
                row.privacy_level,
                row.max_party,
                row.requires_panic_button,
                zones[row.home_zone_id].code if row.home_zone_id else None,
                row.id,
                row.max_quantity,
                row.minutes_per_extra,
                row.appointment_required,
            )
            for row in self._rows(tables.Service)
        }

    def _spaces(
        self,
        floors: dict[int, rules.Floor],
        zones: dict[int, rules.Zone],
        owners: dict[int, str],
        drawn: dict[tuple[str, str], rules.Rectangle],
    ) -> dict[int, rules.Space]:
        rows = self._rows(space_tables.Space)
        codes = {row.id: row.code for row in rows}
        parts, equipment = defaultdict(list), defaultdict(list)
        for part in self._rows(space_tables.SpacePart):
            parts[part.composite_id].append(codes[part.part_id])
        for item in self._rows(space_tables.Equipment):
            equipment[item.space_id].append(item.item)
        own = self._bookers(space_tables.space_bookable_by, owners)
        of_zone = self._bookers(tables.zone_bookable_by, owners)
        before = cast(dict[int, _KeptSpace], self.before.get("kept spaces", ((), {}))[1])  # by its name
        kept = {}
        for row in rows:
            floor, zone, owner = floors[row.floor_id], zones[row.zone_id], row.owner_organisation_id
            beside = _Beside(
                floor.code,
                zone.code,
                floor.building,
                owners[owner] if owner else None,
                own.get(row.id) or of_zone.get(row.zone_id, frozenset()),
                tuple(sorted(parts[row.id])) or (row.code,),
                tuple(sorted(equipment[row.id])),
                drawn.get(("space", row.code)),
            )
            known = before.get(row.id)
            if known is None or known.row != row or known.beside != beside:
                known = _KeptSpace(row, beside, _space(row, beside))
            kept[row.id] = known
        self._piece("kept spaces", _OF_SPACES, lambda: kept)
        return {number: each.space for number, each in kept.items()}

    def _bookers(self, table: Table, owners: dict[int, str]) -> dict[int, frozenset[str]]:
        return gathered((place_id, owners[number]) for place_id, number in self._rows(table))

    def _kept_policies(self, spaces: dict[int, rules.Space]) -> dict[int, _KeptPolicy]:
        """By the number of its row. A city has thousands, of which a manager changes one."""
        before = cast(dict[int, _KeptPolicy], self.before.get("kept policies", ((), {}))[1])  # by its name
        seats: dict[int, dict[str, int]] = defaultdict(dict)
        for policy_id, layout, places in self._asked("layout_capacity", _CAPACITIES):
            seats[policy_id][layout] = places
        found = {}
        for row in self._asked("space_policy", _POLICIES):
            known, space = before.get(row[0]), spaces[row[1]]
            if (
                known is None
                or known.row != row
                or known.space is not space
                or known.policy.capacities != seats[row[0]]
            ):
                known = _KeptPolicy(row, space, _policy(row, space, seats[row[0]]))
            found[row[0]] = known
        return found

    def _limits(self) -> dict[tuple[str, str], Timeline[int | None]]:
        return _timelines(
            ((row.scope_type, row.scope_code), row.valid_from, row.max_persons)
            for row in self._rows(tables.HeadCountLimit)
        )

    def _rules(self) -> dict[str, Timeline[rules.Rule]]:
        rows = self._rows(tables.OccupancyRule)
        return _timelines((row.code, row.valid_from, _rule(row)) for row in rows if not row.zone_code)

    def _zone_rules(self) -> dict[tuple[str, str], Timeline[rules.Rule | None]]:
        return _timelines(
            ((row.code, row.zone_code), row.valid_from, None if row.lifted else _rule(row))
            for row in self._rows(tables.OccupancyRule)
            if row.zone_code
        )

    def _hours(self, zone: ZoneInfo) -> HoursBook:
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
                for row in self._rows(hours_tables.OpeningHours)
            ),
            zone,
        )

    def _closures(self) -> tuple[ClosureDay, ...]:
        return closing_days(self._rows(hours_tables.Closure), self.connection)

    def _quotas(self) -> tuple[Quota, ...]:
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
            for row in self._rows(rule_tables.QuotaRow)
        )

    def _precedence(self) -> tuple[rules.Precedence, ...]:
        rows = sorted(self._rows(rule_tables.PrecedenceRow), key=lambda row: (row.rank, row.id))
        return tuple(rules.Precedence(row.code, names_of(row), row.rank, row.role, row.notice_days) for row in rows)

    def _outages(self) -> tuple[rules.Outage, ...]:
        return tuple(
            rules.Outage(row.scope_type, row.scope_code, row.item, row.valid_from, row.valid_to, row.id)
            for row in self._rows(rule_tables.OutageRow)
        )


def _space(row: Row, beside: _Beside) -> rules.Space:
    return rules.Space(
        id=row.id,
        code=row.code,
        names=names_of(row),
        kind=row.kind,
        sort=row.sort,
        exclusive=row.exclusive,
        hearing_loop=row.hearing_loop,
        public_bookable=row.public_bookable,
        notes=row.notes,
        **beside._asdict(),
    )


def _policy(row: Row, space: rules.Space, seats: dict[str, int]) -> SpacePolicy:
    loop = ("hearing_loop",) if space.hearing_loop else ()
    return SpacePolicy(
        space=space.code,
        kind=space.kind,
        building=space.building,
        floor=space.floor,
        zone=space.zone,
        traits=TRAITS[space.sort],
        exclusive=space.exclusive,
        bookable_by=space.bookable_by,
        parts=space.parts,
        capacities=seats,
        buffer_before=timedelta(minutes=row.buffer_before),
        buffer_after=timedelta(minutes=row.buffer_after),
        equipment=frozenset((*space.equipment, *loop)),
        **{name: getattr(row, name) for name in _AS_KEPT},
    )


def _rule(row: Row) -> rules.Rule:
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


def _by_code(things: Mapping[int, C]) -> dict[str, C]:
    return {each.code: each for each in things.values()}


def _timelines(entries: Iterable[tuple[K, date, V]]) -> dict[K, Timeline[V]]:
    """What holds of each thing from which date on, in order of date."""
    timelines = defaultdict(list)
    for thing, since, held in sorted(entries, key=itemgetter(1)):
        timelines[thing].append((since, held))
    return {thing: tuple(timeline) for thing, timeline in timelines.items()}


def _the_same(known: T, found: T) -> T:
    """What was found, but whatever of it is equal to what was known is the very same."""
    if not (isinstance(known, dict) and isinstance(found, dict)):
        return known if known == found else found
    for key, each in found.items():
        was = known.get(key)
        if was is not each and was == each:
            found[key] = was
    is_as_it_was = list(known) == list(found) and all(known[key] is each for key, each in found.items())
    return known if is_as_it_was else found
