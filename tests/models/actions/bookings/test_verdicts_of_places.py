"""How many people a space holds: seats, fire, air and the crisis cap, worked out by hand from the demo's own files."""

from __future__ import annotations

import pytest

from tests.cast import ANN, CHRIS, DORA, FARID, JEF, NORA
from tests.models.actions.bookings.verdicts import answered, furnished, holding, of, ruled

AT, AT_A_DESK = "03-08 09:00-10:00", "03-08 07:00-12:30"
FEWER = (holding("VZ-104", "03-09", ceiling=5),)
FEWER_U = (holding("VZ-102", "03-09", capacities={"ushape": 9, "theatre": None}),)
FIRE_4 = (furnished("VZ-105", "03-09", fire_max=4),)
NO_FAN = (furnished("VZ-203", "03-09", ventilation_m3h=0),)
LEVEL_B = (furnished("VZ-001", "03-10", air_level="B"),)
HALF = (ruled("R09", "03-15", "03-15", by=NORA, parameter="50"),)
ROOMS_AT_25 = (ruled("R09", "03-16", "03-16", by=NORA, parameter="meeting_room=25"),)
PENDING, OFFICER = "yes pending facility_manager", "yes pending protocol_officer"

TABLE = [
    # who, space, when, what, before, answer, why
    (ANN, "VZ-001", AT, of(25, "theatre"), (), "yes", "40 seats, 1000 m3/h at 40 a person: air for 25"),
    (ANN, "VZ-001", AT, of(26, "theatre"), (), "422 too_many_people R08 26/25", "the 26th has a seat but no air"),
    (ANN, "VZ-001", AT, of(51, "theatre"), (), "422 too_many_people R08 51/25", "above fire's 50 too: air is stricter"),
    (ANN, "VZ-001", AT, of(18), (), "yes", "boardroom is the usual layout: 18 chairs"),
    (ANN, "VZ-001", AT, of(19, "boardroom"), (), "422 too_many_people R01 19/18", "boardroom stops at its chairs"),
    (ANN, "VZ-001", AT, of(17, "ushape"), (), "422 too_many_people R01 17/16", "the U has 16"),
    (ANN, "VZ-001", AT, of(20, "classroom"), (), "yes", "20 tables"),
    (ANN, "VZ-001", AT, of(21, "classroom"), (), "422 too_many_people R01 21/20", "20 tables, whatever the air"),
    (ANN, "VZ-001", AT, of(25, "reception"), (), "yes", "standing, still air for 25"),
    (ANN, "VZ-001", AT, of(45, "reception"), (), "422 too_many_people R08 45/25", "45 may stand, 25 may breathe"),
    (DORA, "VZ-002", AT, of(9, "theatre"), (), "yes", "360 m3/h: 9"),
    (DORA, "VZ-002", AT, of(10, "theatre"), (), "422 too_many_people R08 10/9", "14 seats, air for 9"),
    (DORA, "VZ-002", AT, of(9), (), "422 too_many_people R01 9/8", "8 chairs"),
    (ANN, "VZ-101", AT, of(30, "theatre"), (), "yes", "1200 m3/h: 30"),
    (ANN, "VZ-101", AT, of(31, "theatre"), (), "422 too_many_people R08 31/30", "48 seats, air for 30"),
    (
        ANN,
        "VZ-101",
        AT,
        of(31, "classroom"),
        (),
        "422 too_many_people R01 31/30",
        "30 tables and air for 30: seats first",
    ),
    (ANN, "VZ-101", AT, of(50, "reception"), (), "422 too_many_people R08 50/30", "the demo's own edge: 50 > 48 > 30"),
    (ANN, "VZ-102", AT, of(20, "theatre"), (), "yes", "820 / 40 = 20.5, rounded down"),
    (ANN, "VZ-102", AT, of(21, "theatre"), (), "422 too_many_people R08 21/20", "32 seats, air for 20"),
    (ANN, "VZ-102", AT, of(21, "classroom"), (), "422 too_many_people R01 21/20", "20 and 20: seats first"),
    (ANN, "VZ-103", AT, of(12, "theatre"), (), "yes", "500 / 40 = 12.5, rounded down"),
    (ANN, "VZ-103", AT, of(13, "theatre"), (), "422 too_many_people R08 13/12", "20 seats, air for 12"),
    (ANN, "VZ-103", AT, of(13), (), "422 too_many_people R01 13/12", "12 chairs and air for 12: seats first"),
    (ANN, "VZ-201", AT, of(19, "theatre"), (), OFFICER, "760 m3/h: 19; the college's room asks the protocol officer"),
    (ANN, "VZ-201", AT, of(20, "theatre"), (), "422 too_many_people R08 20/19", "30 seats, air for 19"),
    (ANN, "VZ-201", AT, of(19), (), "422 too_many_people R01 19/18", "18 chairs, air for 19"),
    (ANN, "VZ-202", AT, of(10, "theatre"), (), "yes", "400 m3/h: 10"),
    (ANN, "VZ-202", AT, of(11, "theatre"), (), "422 too_many_people R08 11/10", "16 seats, air for 10"),
    (ANN, "VZ-101-102", AT, of(50, "classroom"), (), PENDING, "2020 m3/h: 50; both halves ask the facility manager"),
    (FARID, "VZ-101-102", AT, of(50, "theatre"), (), "yes", "who has the approving role books at once"),
    (ANN, "VZ-101-102", AT, of(51, "theatre"), (), "422 too_many_people R08 51/50", "80 seats, air for 50"),
    (ANN, "VZ-101-102", AT, of(41), (), "422 too_many_people R01 41/40", "40 at the table"),
    (ANN, "PZ-01", AT, of(110, "theatre"), (), OFFICER, "110 seats; level B: 2800 / 25 = 112"),
    (ANN, "PZ-01", AT, of(111, "theatre"), (), "422 too_many_people R01 111/110", "seats are stricter than air here"),
    (ANN, "PZ-01", AT, of(112, "reception"), (), OFFICER, "air for 112"),
    (ANN, "PZ-01", AT, of(113, "reception"), (), "422 too_many_people R08 113/112", "120 may stand, air for 112"),
    (ANN, "PZ-02", AT, of(72, "reception"), (), OFFICER, "1800 / 25 = 72"),
    (ANN, "PZ-02", AT, of(73, "reception"), (), "422 too_many_people R08 73/72", "80 may stand, air for 72"),
    (ANN, "PZ-02", AT, of(71), (), "422 too_many_people R01 71/70", "theatre is its usual layout: 70 seats"),
    (ANN, "PZ-03", AT, of(33, "reception"), (), "422 too_many_people R08 33/32", "40 may stand, 800 / 25 = 32"),
    (ANN, "PZ-03", AT, of(33, "theatre"), (), "422 too_many_people R01 33/32", "32 and 32: seats first"),
    (ANN, "OR-05", AT, of(40), (), "yes", "outdoors there is no rule of air"),
    (ANN, "OR-05", AT, of(41), (), "422 too_many_people R01 41/40", "only its places"),
    (
        ANN,
        "OR-04",
        AT,
        of(71, "reception"),
        (),
        "422 too_many_people R08 71/70",
        "100 may stand, air for 70; too many alone",
    ),
    (ANN, "SK-04", AT, of(7), (), "422 too_many_people R01 7/6", "the family's booth: 6 by chairs, fire and air"),
    (CHRIS, "LK-01", AT, of(5, service="GEM-BEV"), (), "422 too_many_people R01 5/4", "four at a counter"),
    (ANN, "WP-1BUR-01", AT_A_DESK, of(2), (), "422 too_many_people R01 2/1", "one at a desk"),
    (ANN, "VZ-104", AT, of(5, "theatre"), (), "422 layout_not_offered", "De Kaai is a table of eight"),
    (ANN, "PZ-01", AT, of(20, "boardroom"), (), "422 layout_not_offered", "the council chamber is no board room"),
    # nobody said how many
    (ANN, "VZ-001", AT, of(None, "theatre"), (), "yes for 25", "unknown counts as the layout's effective places"),
    (ANN, "VZ-001", AT, of(), (), "yes for 18", "in the usual layout 18"),
    (
        ANN,
        "VZ-101-102",
        AT,
        of(None, "reception"),
        (),
        "yes for 50 pending facility_manager",
        "85 may stand, air for 50",
    ),
    (ANN, "OR-04", AT, of(), (), "yes for 70", "a shared space: all of its places"),
    (ANN, "WP-1BUR-01", AT_A_DESK, of(), (), "yes", "one at a desk"),
    (CHRIS, "LK-01", AT, of(service="GEM-BEV"), (), "yes", "one on duty at a counter"),
    # few people for so large a room
    (ANN, "VZ-001", AT, of(3), (), "yes warns few_people R07 3/4", "De Rupel is for four and more"),
    (ANN, "VZ-001", AT, of(4), (), "yes", "four are enough"),
    (FARID, "VZ-101-102", AT, of(19), (), "yes warns few_people R07 19/20", "both halves are for twenty and more"),
    (ANN, "OR-02", AT, of(3), (), "yes warns few_people R07 3/4", "the reading table is booked by four and more"),
    # what a manager or the prevention adviser set for a day
    (ANN, "VZ-104", "03-09 09:00-10:00", of(6), FEWER, "422 too_many_people R01 6/5", "a ceiling over every layout"),
    (ANN, "VZ-104", "03-09 09:00-10:00", of(5), FEWER, "yes", "at the ceiling"),
    (ANN, "VZ-104", "03-10 09:00-10:00", of(8), FEWER, "yes", "the day after it is over"),
    (ANN, "VZ-102", "03-09 09:00-10:00", of(10, "ushape"), FEWER_U, "422 too_many_people R01 10/9", "one layout set"),
    (ANN, "VZ-102", "03-09 09:00-10:00", of(10, "theatre"), FEWER_U, "422 layout_not_offered", "another taken away"),
    (ANN, "VZ-105", "03-09 09:00-10:00", of(5), FIRE_4, "422 too_many_people R02 5/4", "6 chairs, fire allows 4"),
    (ANN, "VZ-105", "03-09 09:00-10:00", of(4), FIRE_4, "yes", "as many as fire allows"),
    (ANN, "VZ-203", "03-09 09:00-10:00", of(2), NO_FAN, "422 too_many_people R08 2/0", "no fan, nobody"),
    (ANN, "VZ-001", "03-10 09:00-10:00", of(40, "theatre"), LEVEL_B, "yes", "level B: 1000 / 25 = 40"),
    (ANN, "VZ-001", "03-10 09:00-10:00", of(41, "theatre"), LEVEL_B, "422 too_many_people R01 41/40", "40 and 40"),
    (ANN, "VZ-001", "03-10 09:00-10:00", of(41, "reception"), LEVEL_B, "422 too_many_people R08 41/40", "45 stand"),
    # the crisis switch at 50 percent
    (ANN, "VZ-104", "03-15 09:00-10:00", of(4), HALF, "yes", "half of 8"),
    (ANN, "VZ-104", "03-15 09:00-10:00", of(5), HALF, "422 too_many_people R09 5/4", "half of 8 is 4"),
    (ANN, "SK-01", "03-15 09:00-10:00", of(2), HALF, "422 too_many_people R09 2/1", "half of 3, rounded down"),
    (ANN, "OR-04", "03-15 09:00-10:00", of(36), HALF, "422 too_many_people R09 36/35", "half of 70"),
    (
        ANN,
        "VZ-001",
        "03-15 09:00-10:00",
        of(21, "theatre"),
        HALF,
        "422 too_many_people R09 21/20",
        "half of its 40 seats is less than air for 25",
    ),
    (ANN, "VZ-001", "03-15 09:00-10:00", of(None, "theatre"), HALF, "yes for 20", "unknown is 20 that day"),
    (ANN, "WP-1BUR-01", "03-15 07:00-12:30", of(), HALF, "422 too_many_people R09 1/0", "every second desk is left"),
    (ANN, "WP-1BUR-02", "03-15 07:00-12:30", of(), HALF, "yes", "this one"),
    (FARID, "VZ-101-102", "03-15 09:00-10:00", of(21), HALF, "422 too_many_people R09 21/20", "half of both halves"),
    (ANN, "PZ-01", "03-15 09:00-10:00", of(18), HALF, "422 too_many_people R09 18/17", "half of 35, rounded down"),
    (CHRIS, "LK-01", "03-15 09:00-10:00", of(3, service="GEM-BEV"), HALF, "422 too_many_people R09 3/2", "half of 4"),
    (JEF, "WP-2STI-07", "03-15 07:00-12:30", of(), HALF, "422 too_many_people R09 1/0", "in each zone"),
    (JEF, "WP-2STI-08", "03-15 07:00-12:30", of(), HALF, "yes", "in each zone"),
    (
        ANN,
        "VZ-104",
        "03-16 09:00-10:00",
        of(3),
        ROOMS_AT_25,
        "422 too_many_people R09 3/2",
        "rooms alone, at a quarter",
    ),
    (ANN, "OR-04", "03-16 09:00-10:00", of(70), ROOMS_AT_25, "yes", "the canteen is no meeting room"),
    (ANN, "VZ-104", "03-17 09:00-10:00", of(8), ROOMS_AT_25, "yes", "and the day after all are back"),
]


@pytest.mark.parametrize(
    ("who", "space", "when", "what", "before", "answer", "why"), TABLE, ids=[row[-1] for row in TABLE]
)
def test_a_space_holds_what_its_seats_fire_and_air_allow(prepared, who, space, when, what, before, answer, why):
    assert answered(who, space, when, what) == answer, why
