"""Every address that somebody may open, with each thing that there is to put into it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from itertools import product

from werkzeug.routing import Rule

from tests.attack.planted import DAY
from tests.attack.town import Town

TIMES = f"start={DAY}T00:00:00%2B01:00&end={DAY}T23:59:00%2B01:00"
OTHER_DAYS = (DAY - timedelta(days=1), DAY + timedelta(days=7))
# What is not opened, and why.
LEFT_OUT = {
    "static": "files of ours, the same for everybody",
    "feeds.read": "opened by its token: a surface of its own",
}
# By endpoint and argument, by part of the site and argument, else by argument alone: what a question finds.
ROOMS = "SELECT code FROM space WHERE code IN ('VZ-101', 'VZ-102')"
FILLED: Mapping[str, str] = {
    "handle": "SELECT handle FROM booking ORDER BY id",
    "plan": "SELECT handle FROM plan ORDER BY id",
    "drill": "SELECT handle FROM evacuation ORDER BY id",
    "receipt": "SELECT handle FROM receipt WHERE booking_id IS NULL ORDER BY id",
    "draft_id": "SELECT id FROM import_draft ORDER BY id",
    "feed_id": "SELECT id FROM feed ORDER BY id",
    "closure_id": "SELECT id FROM closure ORDER BY id LIMIT 1",
    "device": "SELECT handle FROM device ORDER BY id",
    "place": "SELECT handle FROM visit ORDER BY id",
    "screens zone": "SELECT code FROM zone WHERE code IN ('Z0-SPR', 'Z0-CAW')",
    "screens code": "SELECT code FROM space WHERE code = 'SK-05'",
    "floor": "SELECT code FROM floor WHERE code IN ('F0', 'F1')",
    "scope": "SELECT 'zone:' || code FROM zone WHERE code IN ('Z0-SPR', 'Z0-CAW')",
    "meeting_rooms code": ROOMS,
    "booths code": "SELECT code FROM space WHERE code IN ('SK-01', 'SK-05', 'SK-08', 'SK-10')",
    "desks code": "SELECT code FROM space WHERE code LIKE 'WP-1BUR-0%' ORDER BY code LIMIT 1",
    "meeting_spaces code": "SELECT code FROM space WHERE code = 'OR-04'",
    "presence code": "SELECT code FROM space WHERE code = 'OR-04'",
    "presence number": "SELECT id FROM evacuation ORDER BY id",
    "api code": "SELECT code FROM space WHERE code IN ('VZ-101', 'SK-05')",
    "api.get_zone code": "SELECT code FROM zone WHERE code IN ('Z0-SPR', 'Z0-CAW')",
    "api.get_floor code": "SELECT code FROM floor WHERE code IN ('F0', 'F1')",
    "zone": "SELECT code FROM zone WHERE code IN ('Z0-SPR', 'Z0-CAW', 'Z0-LOK')",
    "manage code": "SELECT code FROM space WHERE code IN ('VZ-101', 'SK-05')",
    "manage.plan_adjust handle": "SELECT DISTINCT handle FROM booking JOIN plan_move ON booking_id = booking.id",
    "manage.building code": "SELECT code FROM building",
    "manage.floor code": "SELECT code FROM floor WHERE code = 'F0'",
    "manage.zone code": "SELECT code FROM zone WHERE code = 'Z0-SPR'",
    "manage.zone_place code": "SELECT code FROM zone WHERE code = 'Z0-SPR'",
    "manage.rule code": "SELECT DISTINCT code FROM occupancy_rule WHERE code IN ('R03', 'R23')",
    "manage.zone_rule code": "SELECT DISTINCT code FROM occupancy_rule WHERE code = 'R23'",
    "manage.zone_rule zone": "SELECT code FROM zone WHERE code = 'Z0-CAW'",
    "manage.rule_rehearsal code": "SELECT DISTINCT code FROM occupancy_rule WHERE code IN ('R03', 'R23')",
    "manage.one_precedence code": "SELECT code FROM precedence ORDER BY code LIMIT 1",
    "manage.one_announcement number": "SELECT id FROM announcement",
    "manage.ask_to_drop number": "SELECT min(id) FROM outbox WHERE sent_at IS NULL GROUP BY kind",
    "manage.one_quota number": "SELECT id FROM quota",
}
LOOKS = [f"date={DAY}&view={view}" for view in ("list", "timeline", "week", "month", "plan")]
# What stands behind the question mark, where that shows more.
ASKED: Mapping[str, list[str]] = {
    "booths.overview": LOOKS,
    "meeting_rooms.overview": [*LOOKS, f"date={DAY}&start=09:00&end=10:00"],
    "meeting_spaces.overview": LOOKS[:1],
    "desks.overview": LOOKS[:2],
    "booths.one_space": [f"date={DAY}"],
    "meeting_rooms.one_space": [f"date={DAY}"],
    "board.whole_day": [f"date={DAY}&all=1", f"date={DAY}&find=zq"],
    "booking.mine": ["show=past"],
    "booking.people": ["on_behalf_of=zq", "on_behalf_of=maatschappelijk"],
    "home.today": ["find=zq"],
    "find.show": [f"attendees=2&date={DAY}&when=at&start=10:00&minutes=30"],
    "occupancy.show": [f"date={DAY}", f"date={DAY}&scope=floor:F0"],
    "api.list_bookings": [
        TIMES,
        f"{TIMES}&space=SK-05",
        "mine=1",
        *(
            f"{TIMES}&status={each}"
            for each in ("confirmed", "pending", "cancelled", "declined", "released", "completed")
        ),
    ],
    "api.list_proposals": [f"{TIMES}&minutes=30&kind={kind}" for kind in ("booth", "meeting_room")],
    "api.get_occupancy": [
        f"scope={scope}&{TIMES}" for scope in ("floor:F0", "zone:Z0-CAW", "building:AC", "space:SK-05")
    ],
    "api.list_spaces": [f"{TIMES.replace('23:59', '00:30')}"],
    "manage.export": ["people=0"],
}


def addresses(town: Town) -> tuple[dict[str, list[str]], list[str]]:
    """The addresses of each endpoint that answers GET, and what could not be filled in."""
    found: dict[str, list[str]] = {}
    unfilled: list[str] = []
    with town.app.test_request_context():
        adapter = town.app.url_map.bind("localhost")
        for rule in sorted(town.app.url_map.iter_rules(), key=lambda each: each.rule):
            if "GET" not in (rule.methods or ()) or rule.endpoint in LEFT_OUT:
                continue
            values = {name: things_at(rule, name, town) for name in rule.arguments}
            empty = sorted(name for name, things in values.items() if not things)
            if empty:
                unfilled.append(f"{rule.rule}: nothing to put in for {', '.join(empty)}")
                continue
            bare = [
                adapter.build(rule.endpoint, dict(zip(values, each, strict=True)), method="GET")
                for each in product(*values.values())
            ]
            found.setdefault(rule.endpoint, []).extend(
                f"{address}?{query}" if query else address
                for address in bare
                for query in _queries(rule.endpoint, town)
            )
    return found, unfilled


def _queries(endpoint: str, town: Town) -> list[str]:
    """Of the whole also what is asked of other days."""
    asked = ASKED.get(endpoint, [])
    others = [each.replace(f"{DAY}", f"{day}") for each in asked for day in OTHER_DAYS if f"{DAY}" in each]
    return ["", *asked, *(others if town.is_whole else [])]


def things_at(rule: Rule, argument: str, town: Town) -> list:
    """What there is to put in a place of an address."""
    part = rule.endpoint.partition(".")[0]
    for name in (f"{rule.endpoint} {argument}", f"{part} {argument}", argument):
        if name in FILLED:
            return town.asked(FILLED[name])
    return []


def feed_scopes(town: Town) -> Iterator[tuple[str, str]]:
    """Each sort of calendar, as much of it as there is to have."""
    for scope in (
        "mine",
        "public",
        *(f"space:{code}" for code in sorted({each.space for each in town.talks})),
        *(f"zone:{code}" for code in ("Z0-SPR", "Z0-CAW", "Z1-VER")),
        "floor:F0",
        "floor:F1",
        *(f"organisation:{code}" for code in ("GEM", "OCMW", "CAW", "WW", "VER")),
        *(f"service:{code}" for code in ("GEM-VRE", "OCMW-SCH", "CAW-SLA", "WW-BEM")),
    ):
        yield scope, "full"
