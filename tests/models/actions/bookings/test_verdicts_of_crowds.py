"""People present at one instant in a shared space, a zone, a floor and the building; wheelchairs above the ground."""

from __future__ import annotations

import pytest

from tests.cast import ANN, BRAM, CHRIS, DORA, FARID, INES, JEF, KAAT, LIEN
from tests.models.actions.bookings.verdicts import answered, furnished, holding, limited, of, stands

CITIZENS = [f"medewerker.burgerzaken.{n:02}" for n in range(1, 17)]
PLANNERS = [f"medewerker.omgeving.en.vrije.tijd.{n:02}" for n in range(1, 5)]
NINE = "03-08 09:00-09:30"
ROOMS = (
    ("VZ-101", 29, "theatre"),
    ("VZ-102", 19, "theatre"),
    ("VZ-103", 11, None),
    ("VZ-104", 7, None),
    ("VZ-105", 5, None),
    ("VZ-106", 3, None),
    ("OR-06", 11, None),
    ("KH-01", 15, None),
)
# 100 people in rooms that each have one place left, and 20 at desks: F1's 120 are there
FULL_FLOOR = (
    limited("floor", "F1", 120, "03-08"),
    *(stands(CHRIS, space, NINE, *more) for space, *more in ROOMS),
    *(stands(who, f"WP-1BUR-{n:02}", "03-08 07:00-12:30") for n, who in enumerate(CITIZENS, start=1)),
    *(stands(who, f"WP-1OMG-{n:02}", "03-08 07:00-12:30") for n, who in enumerate(PLANNERS, start=1)),
)
FLOOR_OF_10 = (limited("floor", "F1", 10, "03-10"),)
COFFEE_20 = (limited("zone", "Z1-KOF", 20, "03-11"), stands(JEF, "KH-01", "03-11 09:00-09:30", 14))
HOUSE_OF_30 = (limited("building", "AC", 30, "03-12"), stands(ANN, "VZ-001", "03-12 09:00-10:00", 25, "theatre"))
LUNCH = tuple(stands(who, "OR-04", "03-15 12:00-13:00", people) for who, people in ((ANN, 30), (DORA, 20), (JEF, 20)))
SUNNY = (
    *(stands(who, "OR-04", "03-16 12:00-13:00", people) for who, people in ((ANN, 30), (DORA, 20), (JEF, 20))),
    stands(INES, "OR-05", "03-16 12:00-13:00", 40),
)
LARGE_LUNCH = (
    furnished("OR-04", "03-17", air_level="B"),
    holding("OR-04", "03-17", capacities={"informal": 112}),
    stands(ANN, "OR-04", "03-17 12:00-13:00", 60),
    stands(DORA, "OR-04", "03-17 12:00-13:00", 49),
)
PARTY = (stands(ANN, "OR-04", "03-18 14:00-15:00", 20, exclusive=True),)
SQUARE = (stands(ANN, "OR-01", "03-18 14:00-15:00", 30), stands(JEF, "OR-01", "03-18 14:00-15:00", 25))
FULL_SQUARE = (stands(ANN, "OR-01", "03-22 14:00-15:00", 55), stands(KAAT, "OR-01", "03-22 14:00-15:00", 5))
WHEELS = (
    stands(ANN, "VZ-101", "03-19 09:00-10:00", 10, wheelchair=1),
    stands(BRAM, "VZ-102", "03-19 09:00-10:00", 10, wheelchair=1),
    stands(JEF, "OR-03", "03-19 09:00-10:00", 10, wheelchair=2),
)
HELPED = (
    stands(ANN, "VZ-101", "03-23 09:00-10:00", 10, wheelchair=1),
    stands(BRAM, "VZ-102", "03-23 09:00-10:00", 10, wheelchair=1, evacuation_buddy=ANN),
)
FOLDED = (limited("floor", "F1", 50, "03-25"), stands(FARID, "VZ-101-102", "03-25 09:00-10:00"))
F1_FULL, BREAK = "409 floor_full R04 floor:F1 121/120", "422 protected_break R15"
CANTEEN = "409 shared_space_full 71/70"

TABLE = [
    # who, space, when, what, before, answer, why
    (JEF, "OR-06", NINE, of(1), FULL_FLOOR, F1_FULL, "the lounge has a place left, the floor has not"),
    (JEF, "KH-01", NINE, of(1), FULL_FLOOR, F1_FULL, "nor for a coffee"),
    (DORA, "WP-1OCM-01", "03-08 07:00-12:30", of(), FULL_FLOOR, F1_FULL, "a desk's morning has that half hour in it"),
    (DORA, "WP-1OCM-01", "03-08 12:30-19:00", of(), FULL_FLOOR, "yes", "by noon they are gone"),
    (JEF, "OR-06", "03-08 09:15-09:45", of(1), FULL_FLOOR, F1_FULL, "its first quarter is full"),
    (JEF, "OR-06", "03-08 09:30-10:00", of(12), FULL_FLOOR, "yes", "an end is no longer there at the next start"),
    (JEF, "OR-06", "03-08 08:30-09:00", of(12), FULL_FLOOR, "yes", "and before it 20 at their desks"),
    (JEF, "VZ-203", NINE, of(8), FULL_FLOOR, "yes", "another floor"),
    (JEF, "OR-06", "03-09 09:00-09:30", of(12), FULL_FLOOR, "yes", "a day on which 190 hold"),
    (ANN, "VZ-103", "03-10 09:00-10:00", of(10), FLOOR_OF_10, "yes", "as many as the floor"),
    (ANN, "VZ-103", "03-10 09:00-10:00", of(11), FLOOR_OF_10, "422 floor_full R04 floor:F1 11/10", "too many alone"),
    (ANN, "VZ-103", "03-10 09:00-10:00", of(), FLOOR_OF_10, "422 floor_full R04 floor:F1 12/10", "unknown is 12"),
    (
        ANN,
        "VZ-103",
        "03-10 09:00-10:00",
        of(13),
        FLOOR_OF_10,
        "422 floor_full R04 floor:F1 13/10; too_many_people R01 13/12",
        "every reason, not the first",
    ),
    (ANN, "VZ-103", "03-25 09:00-10:00", of(10), FOLDED, "yes", "both halves hold 40 once, not by half"),
    (ANN, "VZ-103", "03-25 09:00-10:00", of(11), FOLDED, "409 floor_full R04 floor:F1 51/50", "and 40 though unsaid"),
    (ANN, "OR-06", "03-11 09:00-09:30", of(6), COFFEE_20, "yes", "14 and 6 are the zone's 20"),
    (ANN, "OR-06", "03-11 09:00-09:30", of(7), COFFEE_20, "409 zone_full R03 zone:Z1-KOF 21/20", "7 are too many"),
    (ANN, "OR-06", "03-11 09:15-10:00", of(7), COFFEE_20, "409 zone_full R03 zone:Z1-KOF 21/20", "for a quarter"),
    (ANN, "OR-06", "03-11 09:30-10:00", of(12), COFFEE_20, "yes", "after their coffee"),
    (DORA, "VZ-203", "03-12 09:00-10:00", of(5), HOUSE_OF_30, "yes", "25 below, 5 above: the building's 30"),
    (DORA, "VZ-203", "03-12 09:00-10:00", of(6), HOUSE_OF_30, "409 building_full R05 building:AC 31/30", "the 31st"),
    (
        DORA,
        "VZ-203",
        "03-12 09:00-10:00",
        of(31),
        HOUSE_OF_30,
        "422 building_full R05 building:AC 56/30; too_many_people R01 31/8",
        "too many for the house all alone",
    ),
    # the canteen: places for 70
    (INES, "OR-04", "03-15 12:00-13:00", of(1), LUNCH, CANTEEN, "three groups took its last place"),
    (INES, "OR-04", "03-15 12:45-13:15", of(1), LUNCH, CANTEEN, "full until one"),
    (INES, "OR-04", "03-15 13:00-13:30", of(70), LUNCH, "yes", "and empty after"),
    (INES, "OR-04", "03-15 11:00-12:00", of(70), LUNCH, "yes", "and before"),
    (
        INES,
        "OR-04",
        "03-15 12:00-13:00",
        of(71),
        LUNCH,
        "422 too_many_people R01 71/70; zone_full R03 zone:Z2-REF 141/110",
        "too many alone, and for the zone",
    ),
    (INES, "OR-05", "03-15 12:00-13:00", of(40), LUNCH, "yes", "70 at table and 40 on the terrace are the zone's 110"),
    (
        CHRIS,
        "OR-04",
        "03-16 12:30-13:00",
        of(1),
        SUNNY,
        "409 shared_space_full 71/70; zone_full R03 zone:Z2-REF 111/110",
        "table and zone are full",
    ),
    (
        CHRIS,
        "OR-05",
        "03-16 12:30-13:00",
        of(1),
        SUNNY,
        "409 shared_space_full 41/40; zone_full R03 zone:Z2-REF 111/110",
        "terrace and zone are full",
    ),
    (JEF, "OR-04", "03-17 12:00-13:00", of(1), LARGE_LUNCH, "yes", "with 112 places the 110th sits down"),
    (
        JEF,
        "OR-04",
        "03-17 12:00-13:00",
        of(2),
        LARGE_LUNCH,
        "409 zone_full R03 zone:Z2-REF 111/110",
        "fire would allow 140, the zone 110",
    ),
    (
        JEF,
        "OR-04",
        "03-17 12:00-13:00",
        of(4),
        LARGE_LUNCH,
        "409 shared_space_full 113/112; zone_full R03 zone:Z2-REF 113/110",
        "and its own 112",
    ),
    # exclusive use, and the breaks in which there is none
    (ANN, "OR-04", "03-09 15:00-16:00", of(20, exclusive=True), (), "yes pending facility_manager", "no role is named"),
    (FARID, "OR-04", "03-09 15:00-16:00", of(20, exclusive=True), (), "yes", "who approves books at once"),
    (ANN, "OR-01", "03-09 15:00-16:00", of(20, exclusive=True), (), "yes pending receptionist", "the square names one"),
    (ANN, "OR-04", "03-09 11:00-11:45", of(20, exclusive=True), (), "yes pending facility_manager", "until the break"),
    (ANN, "OR-04", "03-09 11:00-12:00", of(20, exclusive=True), (), BREAK, "a quarter of the break"),
    (ANN, "OR-04", "03-09 13:15-14:15", of(20, exclusive=True), (), BREAK, "its last quarter"),
    (
        ANN,
        "OR-04",
        "03-09 13:30-14:30",
        of(20, exclusive=True),
        (),
        "yes pending facility_manager",
        "the break is over",
    ),
    (ANN, "OR-04", "03-09 11:45-13:30", of(20), (), "yes", "together is welcome then"),
    (
        ANN,
        "OR-04",
        "03-15 12:30-13:30",
        of(5, exclusive=True),
        LUNCH,
        "422 protected_break R15; space_taken R06",
        "a break, and others are at table",
    ),
    (
        BRAM,
        "OR-04",
        "03-18 14:30-15:30",
        of(2),
        PARTY,
        "409 space_taken R06",
        "a party has it to itself, though pending",
    ),
    (BRAM, "OR-04", "03-18 15:00-16:00", of(2), PARTY, "yes", "and is over"),
    (
        BRAM,
        "OR-04",
        "03-18 13:30-14:30",
        of(2, exclusive=True),
        PARTY,
        "409 space_taken R06",
        "two parties are no party",
    ),
    (ANN, "KH-01", "03-09 10:00-10:30", of(16), (), "yes", "the coffee break, shared"),
    (ANN, "KH-01", "03-09 10:00-10:30", of(17), (), "422 too_many_people R01 17/16", "16 places and air for 16"),
    (ANN, "KH-01", "03-09 10:00-10:30", of(4, exclusive=True), (), BREAK, "in the break"),
    (ANN, "KH-01", "03-09 13:00-13:30", of(4, exclusive=True), (), BREAK, "never: a coffee corner is everyone's"),
    (FARID, "KH-01", "03-09 16:00-16:30", of(4, exclusive=True), (), BREAK, "not the facility manager's either"),
    # the meeting square: places for 60
    (KAAT, "OR-01", "03-18 14:00-15:00", of(5), SQUARE, "yes pending receptionist", "the 60th, once reception agrees"),
    (KAAT, "OR-01", "03-18 14:00-15:00", of(6), SQUARE, "409 shared_space_full 61/60", "the 61st"),
    (LIEN, "OR-01", "03-18 14:30-15:30", of(1), SQUARE, "yes pending receptionist", "a resident asks as well"),
    (
        ANN,
        "OR-01",
        "03-22 14:00-15:00",
        of(1),
        FULL_SQUARE,
        "409 shared_space_full 61/60",
        "what is pending holds place",
    ),
    # wheelchairs
    (
        ANN,
        "VZ-103",
        "03-19 09:00-10:00",
        of(5, wheelchair=1),
        WHEELS,
        "409 refuge_places_full R20 floor:F1 3/2",
        "two may wait at the stairs of F1",
    ),
    (ANN, "VZ-103", "03-19 09:00-10:00", of(5, wheelchair=1, evacuation_buddy=BRAM), WHEELS, "yes", "Bram helps"),
    (ANN, "VZ-103", "03-19 10:00-11:00", of(5, wheelchair=1), WHEELS, "yes", "they have gone home"),
    (ANN, "VZ-103", "03-19 09:00-10:00", of(5), WHEELS, "yes", "who walks needs no refuge"),
    (
        ANN,
        "VZ-203",
        "03-19 09:00-10:00",
        of(5, wheelchair=1),
        WHEELS,
        "409 refuge_places_full R20 floor:F2 3/2",
        "two wait on F2",
    ),
    (ANN, "VZ-203", "03-19 09:00-10:00", of(5, wheelchair=1, evacuation_buddy=BRAM), WHEELS, "yes", "Bram again"),
    (ANN, "VZ-001", "03-19 09:00-10:00", of(5, wheelchair=1), WHEELS, "yes", "the ground floor needs no refuge"),
    (ANN, "VZ-103", "03-23 09:00-10:00", of(5, wheelchair=1), HELPED, "yes", "who has a buddy takes no refuge place"),
    (
        ANN,
        "OR-06",
        "03-24 09:00-10:00",
        of(5, wheelchair=3),
        (),
        "422 not_accessible R21 3/2; refuge_places_full R20 floor:F1 3/2",
        "three alone: too many for lounge and stairs",
    ),
    (
        ANN,
        "OR-06",
        "03-24 09:00-10:00",
        of(5, wheelchair=3, evacuation_buddy=BRAM),
        (),
        "422 not_accessible R21 3/2",
        "the lounge still has two places",
    ),
    (
        ANN,
        "VZ-101",
        "03-24 09:00-10:00",
        of(10, wheelchair=2),
        (),
        "422 not_accessible R21 2/1",
        "one place in De Vaart",
    ),
    (FARID, "VZ-101-102", "03-24 09:00-10:00", of(30, wheelchair=2), (), "yes", "two in both halves together"),
    (ANN, "VZ-106", "03-24 09:00-10:00", of(3, wheelchair=1), (), "422 not_accessible R21 1/0", "no room to turn"),
    (ANN, "PZ-03", "03-24 09:00-10:00", of(10, wheelchair=1), (), "422 not_accessible R21 1/0", "two steps"),
    (ANN, "VZ-103", "03-24 09:00-10:00", of(3, wheelchair=4), (), "400 wheelchair", "four of three"),
]


@pytest.mark.parametrize(
    ("who", "space", "when", "what", "before", "answer", "why"), TABLE, ids=[row[-1] for row in TABLE]
)
def test_no_more_people_are_let_in_than_every_level_holds(prepared, who, space, when, what, before, answer, why):
    assert answered(who, space, when, what) == answer, why
