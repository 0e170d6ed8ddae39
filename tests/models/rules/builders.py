"""A small house for tests of the rules: two floors, three zones, one space of each sort, and few words to ask for it.

ground floor F0   HAL (open to residents)   OPEN, COFFEE (shared), BOOTH, COUNTER, SALON (evenings)
first floor F1    VER (meeting cluster)     LEFT, RIGHT and LEFT-RIGHT (both), ROOM
                  BUR (neighbourhood)       DESK-1, DESK-2

Staff may be there on working days 07:00-19:00, residents in HAL 08:30-18:00; evenings until 23:00 in SALON.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from models.rules.changes.limits import SetLimit
from models.rules.house.house import Building, Floor, House, Names, Organisation, Rule, Service, Space, Zone
from models.rules.house.policy import TRAITS, SpacePolicy
from models.rules.judging.facts import Facts, Taken, Wanted
from models.rules.judging.judge import Verdict, judge
from models.rules.people.person import Person
from models.rules.refusals import Refusal
from models.rules.times.hours import Closure, HoursBook, HoursRow
from models.rules.times.interval import Interval
from models.rules.values import Scope

BRUSSELS = ZoneInfo("Europe/Brussels")
MONDAY = date(2027, 3, 8)
NOW = datetime(2027, 3, 3, 8, 0, tzinfo=UTC)  # a Wednesday, 09:00 on the wall
ALWAYS = date(2000, 1, 1)
WORKING_DAYS = range(1, 6)
FLOOR_OF = {"HAL": "F0", "VER": "F1", "BUR": "F1"}

# code: zone, sort, then what its policy has beside the usual
SPACES: dict[str, tuple[str, str, dict]] = {
    "OPEN": (
        "HAL",
        "meeting_space",
        {"exclusive": False, "capacities": {"informal": 20}, "default_layout": "informal"},
    ),
    "COFFEE": (
        "HAL",
        "coffee_corner",
        {"exclusive": False, "capacities": {"informal": 16}, "default_layout": "informal"},
    ),
    "BOOTH": (
        "HAL",
        "booth",
        {
            "capacities": {"interview": 4},
            "default_layout": "interview",
            "panic_button": True,
            "sightline": True,
            "max_minutes": 120,
        },
    ),
    "COUNTER": ("HAL", "counter", {"capacities": {"counter": 4}, "default_layout": "counter", "min_minutes": 60}),
    "SALON": ("HAL", "meeting_room", {"after_hours_allowed": True, "advance_days": 365}),
    "LEFT": ("VER", "meeting_room", {}),
    "RIGHT": ("VER", "meeting_room", {}),
    "LEFT-RIGHT": ("VER", "meeting_room", {"capacities": {"boardroom": 20, "theatre": 40}, "parts": ("LEFT", "RIGHT")}),
    "ROOM": ("VER", "meeting_room", {}),
    "DESK-1": (
        "BUR",
        "desk",
        {"capacities": {"desk": 1}, "default_layout": "desk", "slot_minutes": 0, "advance_days": 14},
    ),
    "DESK-2": (
        "BUR",
        "desk",
        {"capacities": {"desk": 1}, "default_layout": "desk", "slot_minutes": 0, "advance_days": 14},
    ),
}
KIND_OF_SORT = {"coffee_corner": "meeting_space"}
SERVICES = (
    Service("SOCIAL", "OCMW", Names(nl="Sociale dienst"), "booth", 30, "secret", 3, True, "HAL"),
    Service("PERMITS", "GEM", Names(nl="Vergunningen"), "booth", 30, "standard", 4, False, "HAL"),
    Service("STAFF", "GEM", Names(nl="Personeel"), "internal", 60, "confidential", 6),
)


def minute(clock: str) -> int:
    hour, _, minutes = clock.partition(":")
    return int(hour) * 60 + int(minutes)


def hours(
    scope: str, code: str, opens: str, closes: str, kind: str, days: Iterable[int] = WORKING_DAYS
) -> list[HoursRow]:
    return [HoursRow(scope, code, day, None, minute(opens), minute(closes), kind, None, None) for day in days]


USUAL_HOURS = (
    *hours("building", "AC", "07:00", "19:00", "staff_access"),
    *hours("building", "AC", "18:00", "23:00", "after_hours", range(1, 7)),
    *hours("zone", "HAL", "08:30", "18:00", "public"),
    *hours("space", "COFFEE", "10:00", "10:30", "protected_break"),
)


def at(wall: str) -> datetime:
    """A wall time in Brussels: "09:00" on the Monday of these tests, or with its date."""
    return datetime.fromisoformat(wall if "T" in wall else f"{MONDAY}T{wall}").replace(tzinfo=BRUSSELS).astimezone(UTC)


def during(start: str, end: str) -> Interval:
    return Interval(at(start), at(end if "T" in end or "T" not in start else f"{start[:10]}T{end}"))


def house(
    policies: Mapping[str, Mapping] | None = None,
    *,
    limits: Mapping[str, int] | None = None,
    rows: Iterable[HoursRow] = USUAL_HOURS,
    closures: Iterable[Closure] = (),
    rules: Iterable[Rule] = (),
    **more,
) -> House:
    """The small house. `policies`: what differs, by space; `limits`: by zone, floor or building."""
    found, timelines = {}, {}
    for number, (code, (zone, sort, usual)) in enumerate(SPACES.items(), start=1):
        values = {**usual, **(policies or {}).get(code, {})}
        kind, parts = KIND_OF_SORT.get(sort, sort), values.pop("parts", (code,))
        place = {
            "kind": kind,
            "zone": zone,
            "floor": FLOOR_OF[zone],
            "building": "AC",
            "parts": parts,
            "exclusive": values.pop("exclusive", True),
            "bookable_by": frozenset(values.pop("bookable_by", ())),
        }
        found[code] = Space(
            id=number,
            code=code,
            names=Names(nl=code.title()),
            sort=sort,
            **place,
            owner=values.pop("owner", None),
            public_bookable=values.pop("public_bookable", True),
        )
        timelines[code] = (
            (
                ALWAYS,
                SpacePolicy(
                    space=code,
                    traits=TRAITS[sort],
                    **place,
                    **{"capacities": {"boardroom": 10, "theatre": 20}, **values},
                ),
            ),
        )
    scopes = {**dict.fromkeys(FLOOR_OF, "zone"), "F0": "floor", "F1": "floor", "AC": "building"}
    return House(
        **{
            "revision": 1,
            "code": "VBK",
            "names": Names(nl="Vaartbeke"),
            "languages": ("nl", "en"),
            "zone": BRUSSELS,
            "organisations": {
                each.code: each
                for each in (
                    Organisation("GEM", Names(nl="Gemeente"), True, detail_outside="busy", detail_inside="title"),
                    Organisation("OCMW", Names(nl="OCMW"), professional_secrecy=True, detail_inside="busy"),
                    Organisation("WW", Names(nl="Werkwinkel"), detail_outside="title", detail_inside="full"),
                    Organisation("VER", Names(nl="Verenigingen"), detail_inside="busy"),
                )
            },
            "services": {service.code: service for service in SERVICES},
            "buildings": {"AC": Building("AC", Names(nl="Centrum"))},
            "floors": {
                "F0": Floor("F0", Names(nl="Gelijkvloers"), "AC", 0),
                "F1": Floor("F1", Names(nl="Eerste verdieping"), "AC", 1, 2),
            },
            "zones": {code: Zone(code, Names(nl=code), floor, "AC") for code, floor in FLOOR_OF.items()},
            "spaces": found,
            "policies": timelines,
            "limits": {(scopes[code], code): ((ALWAYS, number),) for code, number in (limits or {}).items()},
            "hours": HoursBook(rows, BRUSSELS),
            "closures": tuple(closures),
            "rules": {rule.code: ((ALWAYS, rule),) for rule in rules},
            **more,
        }
    )


def person(username: str = "ann", organisation: str = "GEM", roles: str = "staff", **more) -> Person:
    """People are told apart by their name."""
    return Person(sum(map(ord, username)), username, username.title(), organisation, frozenset(roles.split()), **more)


ANN = person()
KAAT = person("kaat", "VER", "association")
CARETAKER = person("marc", "GEM", "staff caretaker")


def wanted(space: str, start: str, end: str, organiser: Person = ANN, **more) -> Wanted:
    booker = more.pop("booker", organiser)
    return Wanted(space, during(start, end), organiser, booker, **more)


def taken(
    space: str,
    start: str,
    end: str,
    persons: int = 1,
    *,
    number: int = 1,
    organiser: Person | None = None,
    apart: bool | None = None,
    wheelchair: int = 0,
) -> Taken:
    apart = SPACES[space][2].get("exclusive", True) if apart is None else apart
    return Taken(number, space, during(start, end), persons, apart, organiser.id if organiser else -number, wheelchair)


def judged(where: House, wish: Wanted, *standing: Taken, now: datetime = NOW) -> Verdict:
    facts = Facts(where, tuple(sorted(standing, key=lambda each: each.during.start)))
    return judge(wish, where.policy(wish.space, facts.date_of(wish.during)), facts, now)


def codes(found: Iterable[Refusal]) -> set[str]:
    return {each.code for each in found}


def why_not(where: House, wish: Wanted, *standing: Taken, now: datetime = NOW) -> set[str]:
    """The codes of every refusal; empty where it may be booked."""
    return codes(judged(where, wish, *standing, now=now).refusals)


def limited(where: House, scope: str, code: str, most: int | None, day: date) -> House:
    """The limit of a zone, floor or building set from `day` on."""
    return SetLimit(Scope(scope, code), most, first=day).imagined(where)


def with_policy(where: House, space: str, since: str, **changes) -> House:
    """The same house with another policy for a space from a date on."""
    timeline = where.policies[space]
    later = (date.fromisoformat(since), replace(timeline[-1][1], **changes))
    return replace(where, policies={**where.policies, space: (*timeline, later)})


def minutes(number: int) -> timedelta:
    return timedelta(minutes=number)
