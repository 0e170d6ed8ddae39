"""The whole house at one revision: frozen, so that a process may keep it and every rule may read it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from models.rules.house.line_settings import USUAL_LINE, LineSettings
from models.rules.house.policy import SpacePolicy
from models.rules.house.quota import Quota
from models.rules.house.rule_parameters import RULES, percentages
from models.rules.house.timeline import Timeline, held_on, held_or_first
from models.rules.times.hours import Closure, HoursBook


class Names(dict[str, str]):
    """A name by language code; Dutch stands in for one that is missing."""

    def in_language(self, language: str) -> str:
        return self.get(language) or self["nl"]

    @classmethod
    def __get_pydantic_core_schema__(cls, _kind: object, shape_of: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(cls, shape_of(dict[str, str]))


@dataclass(frozen=True, slots=True)
class Organisation:
    """One of those that share the house. `detail_inside`, `detail_outside`: how much of its bookings its own people and
    all others may see at most. `stands_for_public`: what is booked for
    associations and residents without an account is its; of one at most. `reply_to`: who reads what is answered to its
    mails."""

    code: str
    names: Names
    is_host: bool = False
    colour: str = "#444444"
    text_colour: str = "#FFFFFF"
    professional_secrecy: bool = False
    detail_outside: str = "busy"
    detail_inside: str = "title"
    contact_phone: str | None = None
    id: int = 0
    stands_for_public: bool = False
    reply_to: str | None = None


@dataclass(frozen=True, slots=True)
class Service:
    """What an organisation does for people in talks. `max_party`: clients at one talk; `home_zone`: whose desks are
    first for its own people. `max_quantity`: pieces or persons that one appointment may be for; each beyond the first
    takes `minutes_per_extra`."""

    code: str
    organisation: str
    names: Names
    channel: str = "internal"
    default_minutes: int = 30
    privacy_level: str = "standard"
    max_party: int | None = None
    requires_panic_button: bool = False
    home_zone: str | None = None
    id: int = 0
    max_quantity: int = 1
    minutes_per_extra: int = 0
    appointment_required: bool = False

    def minutes_for(self, quantity: int) -> int:
        """How long so many take together: three passports, a family of four."""
        return self.default_minutes + self.minutes_per_extra * (quantity - 1)

    @property
    def is_private(self) -> bool:
        """Confidential or secret: nobody but its party learns more than that a place is taken."""
        return self.privacy_level != "standard"


@dataclass(frozen=True, slots=True)
class Building:
    """What floors, hours and closures belong to; in use from `valid_from` to `valid_to`."""

    code: str
    names: Names
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Floor:
    """A storey of a building; `level` 0 is at the street, and wheelchairs that must leave wait in its refuge."""

    code: str
    names: Names
    building: str
    level: int = 0
    refuge_wheelchair_places: int | None = None


@dataclass(frozen=True, slots=True)
class Zone:
    """A part of a floor with its own access, hours and head count. `owner`: the organisation whose it is; None:
    everyone's."""

    code: str
    names: Names
    floor: str
    building: str
    access: str = "staff"
    silent: bool = False
    owner: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    rectangle: Rectangle | None = None
    line: LineSettings = USUAL_LINE


MOST_REMEMBERED = 50_000  # policies of a date: 3,000 desks over a fortnight


@dataclass(frozen=True, slots=True)
class Rectangle:
    """Metres from the floor's top-left corner."""

    x: float
    y: float
    width: float
    depth: float


@dataclass(frozen=True, slots=True)
class Space:
    """What a space is, whatever its policy of the day."""

    id: int
    code: str
    names: Names
    kind: str
    sort: str
    floor: str
    zone: str
    building: str
    owner: str | None = None
    exclusive: bool = True
    bookable_by: frozenset[str] = frozenset()
    parts: tuple[str, ...] = ()
    equipment: tuple[str, ...] = ()
    hearing_loop: bool = False
    public_bookable: bool = False
    notes: str | None = None
    rectangle: Rectangle | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """How a rule holds here. `applies_to` empty means everywhere."""

    code: str
    severity: str = "hard"
    parameter: str | None = None
    applies_to: frozenset[str] = frozenset()
    owner_role: str = "facility_manager"
    override_allowed: bool = False
    mode: str | None = None
    valid_from: date = date.min
    version: int = 1

    @property
    def only_warns(self) -> bool:
        return self.in_force == "warn"

    @property
    def in_force(self) -> str:
        """enforce, warn or off: what somebody set, else what its severity says."""
        return self.mode or ("warn" if self.severity in ("warn", "soft") else "enforce")

    @property
    def number(self) -> int:
        """Its parameter as a whole number where it is one, else the usual one."""
        text = (self.parameter or "").strip()
        return int(text) if text.isdecimal() and len(text) <= 6 else int(RULES[self.code].usual)

    @property
    def clock(self) -> str:
        """Its parameter as HH:MM where it is one, else the usual hour."""
        text = self.parameter or ""
        hour, _, minute = text.partition(":")
        is_time = hour.isdecimal() and minute.isdecimal() and int(hour) < 24 and int(minute) < 60
        return text if is_time else RULES[self.code].usual

    def percent_for(self, kind: str) -> int:
        """Its parameter as the percentage for a kind of space ("50", or "desk=50;booth=75"), else all of it."""
        by_kind = percentages(self.parameter or "") if self.in_force != "off" else None
        return by_kind[kind] if by_kind else 100


@dataclass(frozen=True, slots=True)
class Precedence:
    """A body that comes before others, the lowest rank first. Who holds `role` may claim a taken space in its name;
    less than `notice_days` before, only with the holder's word."""

    code: str
    names: Names
    rank: int
    role: str
    notice_days: int = 14


@dataclass(frozen=True, slots=True)
class Outage:
    """What does not work: an item of a space (its equipment, hearing_loop, panic_button, ventilation), or a building's
    lift. `valid_to`: its last day, None as long as nobody knows."""

    scope: str
    code: str
    item: str
    valid_from: date
    valid_to: date | None = None
    id: int = 0

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


USUAL_RULES = {
    code: Rule(code, known.severity, known.usual or None, owner_role=known.owner, override_allowed=known.override)
    for code, known in RULES.items()
}


PLACE_SORTS = ("building", "floor", "zone", "space")  # from roof to desk
# What a house works out once, and of which of its things: of those that take long for a city.
_WORKED_OUT_OF = {
    "by_id": ("spaces", "organisations", "services"),
    "codes": ("organisations", "services", "buildings", "floors", "zones", "spaces"),
    "all_equipment": ("policies",),
    "widest_buffer": ("policies",),
    "bookers_in_zones": ("zones", "spaces", "organisations"),
    "named_in_rules": ("rules", "zone_rules"),
}
Thing = Building | Floor | Zone | Space | Organisation | Service | Precedence


@dataclass(frozen=True)
class House:
    """Everything but people and bookings. Policies, limits and rules are timelines, oldest first: (valid_from, value).

    `zone_rules`: by rule and zone what holds there otherwise than in the house; None: from then on as in the house.
    `tables_at`: the revision of each table that it was read from, for what else is made of one.
    """

    revision: int
    code: str
    names: Names
    languages: tuple[str, ...]
    zone: ZoneInfo
    organisations: Mapping[str, Organisation]
    services: Mapping[str, Service]
    buildings: Mapping[str, Building]
    floors: Mapping[str, Floor]
    zones: Mapping[str, Zone]
    spaces: Mapping[str, Space]
    policies: Mapping[str, Timeline[SpacePolicy]]
    limits: Mapping[tuple[str, str], Timeline[int | None]]
    hours: HoursBook
    closures: tuple[Closure, ...]
    rules: Mapping[str, Timeline[Rule]] = field(default_factory=dict)
    quotas: tuple[Quota, ...] = ()
    precedence: tuple[Precedence, ...] = ()
    outages: tuple[Outage, ...] = ()
    zone_rules: Mapping[tuple[str, str], Timeline[Rule | None]] = field(default_factory=dict)
    tables_at: Mapping[str, int] = field(default_factory=dict, repr=False, compare=False)
    _known_policies: dict[tuple[str, date], SpacePolicy] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )  # a house never changes: worked out once

    @cached_property
    def by_sort(self) -> Mapping[str, Mapping[str, Thing]]:
        """Whatever has a code and a name, by the sort under which a scope names it; from roof to desk, then who."""
        return {
            "building": self.buildings,
            "floor": self.floors,
            "zone": self.zones,
            "space": self.spaces,
            "organisation": self.organisations,
            "service": self.services,
            "precedence": {each.code: each for each in self.precedence},
        }

    @cached_property
    def by_id(self) -> tuple[dict[int, Space], dict[int, Organisation], dict[int, Service]]:
        """Spaces, organisations and services by the number that a booking's row knows them by."""
        return (
            {each.id: each for each in self.spaces.values()},
            {each.id: each for each in self.organisations.values()},
            {each.id: each for each in self.services.values()},
        )

    @cached_property
    def sharing_a_place(self) -> Mapping[str, tuple[int, ...]]:
        """The numbers of the spaces that take a place of a space's own, itself among them, by its code."""
        in_place: dict[str, set[int]] = {}
        for each in self.spaces.values():
            for part in each.parts or (each.code,):
                in_place.setdefault(part, set()).add(each.id)
        return {
            code: tuple(sorted(set[int]().union(*(in_place[part] for part in each.parts or (code,)))))
            for code, each in self.spaces.items()
        }

    @cached_property
    def in_zones(self) -> Mapping[str, tuple[int, ...]]:
        """The numbers of the spaces of each zone that has any, by its code."""
        found: dict[str, list[int]] = {}
        for each in self.spaces.values():
            found.setdefault(each.zone, []).append(each.id)
        return {code: tuple(each) for code, each in found.items()}

    @cached_property
    def host(self) -> Organisation:
        """Whose building it is."""
        organisations = self.organisations.values()
        return next((each for each in organisations if each.is_host), None) or next(iter(organisations))

    @cached_property
    def public_organisation(self) -> str | None:
        """In whose name associations and residents are booked for who have no account."""
        return next((each.code for each in self.organisations.values() if each.stands_for_public), None)

    @cached_property
    def codes(self) -> frozenset[str]:
        """Of whatever has one, in their own form: old ones may be in no canonical one."""
        return frozenset().union(
            self.organisations, self.services, self.buildings, self.floors, self.zones, self.spaces
        )

    @cached_property
    def all_equipment(self) -> frozenset[str]:
        """Whatever any space has, a hearing loop among it."""
        return frozenset(
            item for timeline in self.policies.values() for _, policy in timeline for item in policy.equipment
        )

    @cached_property
    def neighbourhoods(self) -> dict[str, frozenset[str]]:
        """The zones in which services have their home, and which."""
        zones = {service.home_zone for service in self.services.values() if service.home_zone}
        return {
            zone: frozenset(each.code for each in self.services.values() if each.home_zone == zone) for zone in zones
        }

    @cached_property
    def bookers_in_zones(self) -> dict[str, frozenset[str]]:
        """The organisations that may book some space of each zone; of a zone without any space, its owner."""
        everybody, inside = frozenset(self.organisations), defaultdict(set)
        for space in self.spaces.values():
            inside[space.zone].add(space.bookable_by or everybody)
        return {
            code: frozenset().union(*inside[code]) if code in inside else frozenset({zone.owner} if zone.owner else ())
            for code, zone in self.zones.items()
        }

    @cached_property
    def named_in_rules(self) -> frozenset[str]:
        """The places that some rule, then or now, is about alone."""
        timelines = (*self.rules.values(), *self.zone_rules.values())
        return frozenset(place for timeline in timelines for _, rule in timeline if rule for place in rule.applies_to)

    def knowing_what(self, before: House) -> House:
        """Itself, with whatever `before` has worked out of the very same things."""
        for name, things in _WORKED_OUT_OF.items():
            if name in before.__dict__ and self._shares(things, before):
                self.__dict__[name] = before.__dict__[name]
        if self._shares(("rules", "zone_rules", "outages", "floors", "spaces"), before):
            same = {code for code, timeline in self.policies.items() if timeline is before.policies.get(code)}
            known = before._known_policies.copy()  # other threads go on adding to it
            self._known_policies.update({key: policy for key, policy in known.items() if key[0] in same})
        return self

    def _shares(self, things: Iterable[str], before: House) -> bool:
        return all(getattr(self, name) is getattr(before, name) for name in things)

    def policy(self, space: str, day: date) -> SpacePolicy:
        """The policy that holds on a date; before its first row, the first. The percent cap in force and what does not
        work that day are part of it."""
        known = self._known_policies.get((space, day))
        if known is None:
            known = held_or_first(self.policies[space], day)
            percent = self._percent(known, day)
            if percent != known.percent:
                known = replace(known, percent=percent)
            known = self._without_what_is_broken(known, day)
            if len(self._known_policies) >= MOST_REMEMBERED:
                self._known_policies.clear()
            self._known_policies[space, day] = known
        return known

    def _percent(self, policy: SpacePolicy, day: date) -> int:
        """R09: the share of a space's places that may be used. Of desks, with one place each, that share of a zone's
        is used: at 50 percent every second one."""
        rule = self.rule("R09", day, policy.zone)
        percent = rule.percent_for(policy.kind)
        places = {policy.space, policy.zone, policy.floor, policy.building}
        if percent == 100 or (rule.applies_to and not rule.applies_to & places):
            return policy.percent
        if not policy.traits.one_at_a_time:
            return percent
        beside = sorted(
            code
            for code, space in self.spaces.items()
            if space.zone == policy.zone and self.policies[code][0][1].traits.one_at_a_time
        )
        rank = beside.index(policy.space)
        return 100 * ((rank + 1) * percent // 100 - rank * percent // 100)

    def _without_what_is_broken(self, policy: SpacePolicy, day: date) -> SpacePolicy:
        """A broken lift leaves only the ground floor accessible; broken ventilation leaves no air for anybody."""
        for outage in self.outages:
            if not outage.holds_on(day):
                continue
            if outage.item == "lift":
                if outage.code == policy.building and self.floors[policy.floor].level != 0:
                    policy = replace(policy, accessible=False)
            elif outage.code in policy.parts or outage.code == policy.space:
                policy = policy.without_item(outage.item)
        return policy

    def limit(self, scope: str, code: str, day: date) -> int | None:
        """The most people a zone, floor or building may hold on a date; None where nobody set a limit."""
        return held_on(self.limits.get((scope, code), ()), day)

    def rule(self, code: str, day: date, zone: str | None = None) -> Rule:
        """As it holds on a date: in a zone by the zone's own row where it has one then, else by the house's."""
        own = held_on(self.zone_rules.get((code, zone), ()), day) if zone is not None else None
        if own is not None:
            return own
        timeline = self.rules.get(code)
        return held_or_first(timeline, day) if timeline else USUAL_RULES[code]

    def building_of(self, zone: str | None) -> str:
        """Where a zone lies; for somebody without one, the municipality's first building."""
        home = self.zones.get(zone or "")
        return home.building if home else next(iter(self.buildings))

    def leaves_taken_by(self, space: str) -> frozenset[str]:
        found = self.spaces.get(space)
        return frozenset(found.parts) if found else frozenset({space})

    @cached_property
    def kinds_in_half_days(self) -> frozenset[tuple[str, str]]:
        """Building and kind of whatever is, or was or will be, booked by half days."""
        return frozenset(
            (policy.building, policy.kind)
            for timeline in self.policies.values()
            for _, policy in timeline
            if policy.in_half_days
        )

    @cached_property
    def widest_buffer(self) -> timedelta:
        """How far apart in time two bookings can still hinder each other."""
        return max(
            (
                max(policy.buffer_before, policy.buffer_after)
                for timeline in self.policies.values()
                for _, policy in timeline
            ),
            default=timedelta(),
        )

    def is_in_use(self, space: Space, day: date) -> bool:
        """Whether its building and zone stand on that date: moving in, demolition."""
        return _stands_on(self.zones[space.zone], day) and _stands_on(self.buildings[space.building], day)


def _stands_on(thing: Zone | Building, day: date) -> bool:
    return (thing.valid_from is None or thing.valid_from <= day) and (thing.valid_to is None or day <= thing.valid_to)
