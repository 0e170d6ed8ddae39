"""What of a refusal is told: the door takes figures off, and lists no head count where the answer is no anyway."""

from __future__ import annotations

import pytest

from models.rules.judging.explained import Line
from models.rules.judging.told import NO_ANYWAY, lines_told, told, told_of
from models.rules.people.discretion import Viewer
from models.rules.refusals import Refusal, Refused, SeriesRefused, refusal
from tests.models.rules.builders import house, person

HERE = house({desk: {"bookable_by": ("OCMW",)} for desk in ("DESK-1", "DESK-2")})
STAFF, FACILITY, ADVISER, SOCIAL, SOCIAL_ADMIN = (
    Viewer.of(person("viewer", organisation, f"staff {role}"), HERE)
    for organisation, role in (
        ("GEM", ""),
        ("GEM", "facility_manager"),
        ("GEM", "prevention_adviser"),
        ("OCMW", ""),
        ("OCMW", "partner_admin"),
    )
)
ZONE = refusal("zone_full", scope="zone:VER", limit=40, actual=42)
KEPT_ZONE = refusal("zone_full", scope="zone:BUR", limit=40, actual=42)  # the social-welfare centre's alone
FLOOR = refusal("floor_full", scope="floor:F1", limit=40, actual=42)
BUILDING = refusal("building_full", scope="building:AC", limit=40, actual=42)
ALONE = refusal("alone", scope="zone:VER", limit=3, actual=2)
REFUGE = refusal("refuge_places_full", scope="floor:F1", limit=2, actual=3)
SHARED = refusal("shared_space_full", scope="space:OPEN", limit=20, actual=24)
TAKEN = refusal("space_taken", scope="space:ROOM")
FULL = (ZONE, FLOOR, BUILDING, REFUGE)


@pytest.mark.parametrize(
    ("one", "viewer", "figures"),
    [
        (ZONE, STAFF, (40, None)),
        (ZONE, FACILITY, (40, 42)),
        (ZONE, ADVISER, (40, 42)),
        (ZONE, SOCIAL_ADMIN, (40, 42)),  # where the administrator's own people may book
        (ZONE, SOCIAL, (40, None)),
        (FLOOR, SOCIAL_ADMIN, (40, None)),
        (FLOOR, ADVISER, (40, 42)),
        (BUILDING, STAFF, (40, None)),
        (BUILDING, FACILITY, (40, 42)),
        (KEPT_ZONE, FACILITY, (40, None)),  # its own people's figure, and nobody else's
        (KEPT_ZONE, SOCIAL, (40, 42)),
        (ALONE, STAFF, (3, None)),
        (ALONE, FACILITY, (3, 2)),
        (REFUGE, STAFF, (None, None)),
        (REFUGE, FACILITY, (None, None)),  # one wheelchair is somebody
        (REFUGE, ADVISER, (None, None)),
        (SHARED, STAFF, (20, 24)),  # the free places of a shared space are everybody's to know
    ],
)
def test_a_figure_is_told_to_who_may_see_exact_counts_there(one, viewer, figures):
    [each] = told([one], viewer)
    assert (each.limit, each.actual) == figures
    assert (each.code, each.scope, each.clash) == (one.code, one.scope, one.clash)


@pytest.mark.parametrize("code", sorted(NO_ANYWAY))
@pytest.mark.parametrize("viewer", [STAFF, FACILITY])
def test_how_full_it_is_around_is_not_listed_where_the_answer_is_no_anyway(code, viewer):
    anyway = refusal(code, scope="space:ROOM")
    assert [each.code for each in told((*FULL, ALONE, anyway), viewer)] == ["alone", code]


def test_it_is_listed_beside_whatever_else_is_refused():
    beside = refusal("too_short", scope="space:ROOM", limit=15, actual=5)
    assert [each.code for each in told((beside, *FULL), STAFF)] == [
        "too_short",
        "zone_full",
        "floor_full",
        "building_full",
        "refuge_places_full",
    ]


class Date:
    def __init__(self, *refusals: Refusal) -> None:
        self.refusals, self.facts = refusals, None


def test_a_taken_date_of_a_series_hides_nothing_of_another():
    refused = Refused((TAKEN, FLOOR, FLOOR))
    assert [each.code for each in told_of(refused, STAFF)] == ["space_taken"]
    series = SeriesRefused([Date(TAKEN, FLOOR), Date(FLOOR)])
    assert [each.code for each in told_of(series, STAFF)] == ["space_taken", "floor_full"]


def test_a_receipt_tells_rule_by_rule_no_more():
    lines = [
        Line("R01", "space:ROOM", "kept", 10, 4),
        Line("R03", "zone:VER", "kept", 40, 12),
        Line("R20", "floor:F1", "kept", 2, 1),
        Line("R23", "zone:VER", "kept", 2, 3),
    ]
    assert [(each.rule, each.limit, each.actual) for each in lines_told(lines, [], STAFF)] == [
        ("R01", 10, 4),
        ("R03", 40, None),
        ("R20", None, None),
        ("R23", 2, None),
    ]
    assert [(each.rule, each.actual) for each in lines_told(lines, [TAKEN], FACILITY)] == [("R01", 4), ("R23", 3)]
