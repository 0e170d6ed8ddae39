"""Talks in booths: button, sightline, party, not alone. Desks: one a person, so many a week, neighbours first."""

from __future__ import annotations

import pytest

from tests.cast import ANN, BRAM, CHRIS, DORA, FARID, INES, JEF, KAAT
from tests.models.actions.bookings.verdicts import answered, furnished, of, ruled, stands

VERA, RIK = "medewerker.burgerzaken.03", "medewerker.burgerzaken.04"  # foreign nationals; driving licences
CAW_1 = "hulpverlener.caw.01"
MON = "03-08 09:00-09:30"
ALONE, ALONE_CAW = "yes warns alone R23 zone:Z0-SPR 1/2", "yes warns alone R23 zone:Z0-CAW 1/2"
ALONE_WW = "yes warns alone R23 zone:Z0-WW 1/2"
NO_BUTTON, NO_SIGHT = "422 panic_button_needed R11", "422 sightline_needed R12"
NOT_YOURS, OUT = "422 not_for_your_organisation", "422 outside_hours R14"
DARK = (furnished("SK-02", "03-11", sightline=False),)
COLLEAGUE = (stands(ANN, "SK-01", "03-10 09:00-10:00", 2, service="GEM-BST"),)
RELAY = (*COLLEAGUE, stands(CHRIS, "SK-03", "03-10 10:00-10:30", 2, service="GEM-BST"))
AT_DESK = (stands(CAW_1, "WP-0CAW-01", "03-09 07:00-12:30"), stands(INES, "WP-0CAW-02", "03-10 07:00-12:30"))
MORNING = (stands(ANN, "WP-1BUR-01", "03-09 07:00-12:30"),)
# the week of the first Saturday of June: five whole days of Ann's, four and a half of Bram's
FIVE_DAYS = tuple(
    stands(ANN, "WP-1BUR-01", f"{day} 07:00-19:00", now="05-25 06:00")
    for day in ("05-31", "06-01", "06-02", "06-03", "06-04")
)
FOUR_AND_A_HALF = (
    *(
        stands(BRAM, "WP-1BUR-02", f"{day} 07:00-19:00", now="05-25 06:00")
        for day in ("05-31", "06-01", "06-02", "06-03")
    ),
    stands(BRAM, "WP-1BUR-02", "06-04 07:00-12:30", now="05-25 06:00"),
)
# four half days a week from Monday 15 March on
LOWERED = (ruled("R17", "03-15", "03-28", parameter="4"),)
THREE_HELD = (
    *LOWERED,
    stands(CHRIS, "WP-1BUR-03", "03-15 07:00-19:00"),
    stands(CHRIS, "WP-1BUR-03", "03-16 07:00-12:30"),
)
FOUR_HELD = (
    *LOWERED,
    stands(RIK, "WP-1BUR-04", "03-11 07:00-19:00"),
    stands(RIK, "WP-1BUR-04", "03-12 07:00-19:00"),
    stands(RIK, "WP-1BUR-04", "03-15 07:00-19:00"),
    stands(RIK, "WP-1BUR-04", "03-16 07:00-19:00"),
)
STRICT = (ruled("R16", "04-12", "04-16", mode="enforce"),)
NEIGHBOURS, FIRST = "yes warns neighbourhood_first R16", "422 neighbourhood_first R16"
FULL_4, BUSY, TAKEN = "409 quota_reached R17 person 5/4", "409 person_busy R10", "409 space_taken R06"
LATER = "03-10 09:00"

TABLE = [
    # who, space, when, what, before, answer, why
    (VERA, "SK-10", MON, of(2, service="GEM-VRE"), (), NO_BUTTON, "foreign nationals need a panic button"),
    (VERA, "SK-01", MON, of(2, service="GEM-VRE"), (), ALONE, "booth 1 has one; nobody else is in the zone"),
    (BRAM, "SK-10", MON, of(2, service="GEM-BST"), (), ALONE_WW, "civil registry needs none"),
    (JEF, "SK-10", MON, of(2, service="WW-BEM"), (), ALONE_WW, "nor do job seekers"),
    (DORA, "SK-05", MON, of(2, service="OCMW-INT"), (), ALONE, "the OCMW in a booth of its own"),
    (ANN, "SK-05", MON, of(2), (), NOT_YOURS, "the OCMW's own"),
    (DORA, "SK-01", MON, of(2, service="OCMW-INT"), (), ALONE, "the town's are the OCMW's too"),
    (INES, "SK-08", MON, of(2, service="CAW-ONT"), (), ALONE_CAW, "the welfare house from nine"),
    (INES, "SK-04", MON, of(2, service="CAW-ONT"), (), ALONE, "the family's booth is the welfare house's too"),
    (INES, "SK-01", MON, of(2, service="CAW-ONT"), (), NOT_YOURS, "this one is not"),
    (JEF, "SK-08", MON, of(2, service="WW-BEM"), (), NOT_YOURS, "the welfare house's own"),
    (DORA, "SK-08", "03-08 03:10-03:20", of(9, service="OCMW-INT"), (), NOT_YOURS, "answered alone, whatever else"),
    (FARID, "SK-09", MON, of(2), (), NOT_YOURS, "the facility manager does not talk there either"),
    (KAAT, "SK-01", MON, of(2), (), NOT_YOURS, "associations have no booths"),
    (VERA, "SK-04", MON, of(6, service="GEM-VRE"), (), ALONE, "five clients: the most"),
    (
        VERA,
        "SK-04",
        MON,
        of(6, service="GEM-VRE", visitors=6),
        (),
        "422 party_too_large R13 service:GEM-VRE 6/5",
        "six of them",
    ),
    (
        INES,
        "SK-04",
        MON,
        of(5, service="CAW-ONT"),
        (),
        "422 party_too_large R13 service:CAW-ONT 4/3",
        "all but Ines are clients",
    ),
    (INES, "SK-04", MON, of(5, service="CAW-ONT", visitors=3), (), ALONE, "three clients, two of the house"),
    (DORA, "SK-05", MON, of(4, service="OCMW-SCH"), (), ALONE, "three clients with their debts"),
    (
        VERA,
        "SK-10",
        MON,
        of(5, service="GEM-VRE", visitors=5),
        (),
        "422 panic_button_needed R11; too_many_people R01 5/4",
        "five clients are not too many, five people are",
    ),
    (VERA, "SK-01", MON, of(2, service="GEM-VRE", visitors=3), (), "400 visitors", "three of two"),
    (ANN, "SK-01", MON, of(2, service="GEM-XXX"), (), "400 service", "no such service"),
    (
        ANN,
        "SK-04",
        MON,
        of(1, service="GEM-BST"),
        (),
        "yes warns alone R23 zone:Z0-SPR 1/2; few_people R07 1/2",
        "alone",
    ),
    (DORA, "VZ-103", MON, of(4, service="OCMW-INT"), (), NO_BUTTON, "in a room without a button neither"),
    (
        JEF,
        "VZ-001",
        MON,
        of(18, "theatre", service="WW-GRP"),
        (),
        "422 party_too_large R13 service:WW-GRP 17/16",
        "17 of a group of 16 at most, in whatever room",
    ),
    (JEF, "VZ-001", MON, of(17, "theatre", service="WW-GRP"), (), "yes", "16 and Jef"),
    # talks are held while the zone is open to the public
    (BRAM, "SK-01", "03-08 12:30-13:00", of(2, service="GEM-BST"), (), OUT, "closed over noon"),
    (BRAM, "SK-01", "03-08 16:00-16:30", of(2, service="GEM-BST"), (), ALONE, "until half past four"),
    (BRAM, "SK-01", "03-08 16:15-16:45", of(2, service="GEM-BST"), (), OUT, "not longer"),
    (BRAM, "SK-01", "03-12 13:30-14:00", of(2, service="GEM-BST"), (), OUT, "not on Friday afternoon"),
    (INES, "SK-08", "03-10 13:00-13:45", of(2, service="CAW-ONT"), (), OUT, "the welfare house on Wednesday afternoon"),
    (INES, "SK-08", "03-08 16:00-17:00", of(2, service="CAW-ONT"), (), ALONE_CAW, "on Monday until five"),
    # after five a talk wants a booth that can be seen into
    (BRAM, "SK-01", "03-11 17:00-17:30", of(2, service="GEM-BST"), (), ALONE, "booth 1 can be seen into"),
    (BRAM, "SK-02", "03-11 16:30-17:00", of(2, service="GEM-BST"), DARK, ALONE, "until five booth 2 will do"),
    (BRAM, "SK-02", "03-11 16:45-17:15", of(2, service="GEM-BST"), DARK, NO_SIGHT, "a quarter after five"),
    (BRAM, "SK-02", "03-11 18:00-18:30", of(2, service="GEM-BST"), DARK, NO_SIGHT, "all of it"),
    (
        VERA,
        "SK-02",
        "03-11 18:45-19:15",
        of(2, service="GEM-VRE", visitors=2),
        DARK,
        "422 outside_hours R14; sightline_needed R12",
        "and closed at seven",
    ),
    # not alone
    (BRAM, "SK-02", "03-10 09:00-10:00", of(2, service="GEM-BST"), COLLEAGUE, "yes", "Ann talks next door"),
    (DORA, "SK-05", "03-10 09:15-09:45", of(2, service="OCMW-INT"), COLLEAGUE, "yes", "whoever she works for"),
    (BRAM, "SK-02", "03-10 09:30-10:45", of(2, service="GEM-BST"), RELAY, ALONE, "after Ann comes Chris, then nobody"),
    (BRAM, "SK-02", "03-10 09:30-10:30", of(2, service="GEM-BST"), RELAY, "yes", "somebody all the time"),
    (
        ANN,
        "SK-02",
        "03-10 09:00-09:30",
        of(2, service="GEM-BST"),
        COLLEAGUE,
        ALONE + "; staff_busy",
        "Ann twice is one Ann, and in two talks",
    ),
    (BRAM, "SK-10", "03-11 09:00-09:30", of(2, service="GEM-BST"), COLLEAGUE, ALONE_WW, "another zone, another day"),
    (INES, "SK-08", "03-09 09:00-09:45", of(2, service="CAW-ONT"), AT_DESK, "yes", "a colleague at a desk of the zone"),
    (INES, "SK-08", "03-10 09:00-09:45", of(2, service="CAW-ONT"), AT_DESK, ALONE_CAW, "the desk is her own"),
    # one desk a person
    (ANN, "WP-1BUR-02", "03-09 07:00-12:30", of(), MORNING, BUSY, "Ann sits elsewhere that morning"),
    (ANN, "WP-1BUR-02", "03-09 12:30-19:00", of(), MORNING, "yes", "not in the afternoon"),
    (ANN, "WP-1BUR-02", "03-09 07:00-19:00", of(), MORNING, BUSY, "half the day she does"),
    (ANN, "WP-1BUR-01", "03-09 07:00-12:30", of(), MORNING, "409 person_busy R10; space_taken R06", "on it herself"),
    (BRAM, "WP-1BUR-01", "03-09 07:00-12:30", of(), MORNING, TAKEN, "Ann sits there"),
    (BRAM, "WP-1BUR-01", "03-09 12:30-19:00", of(), MORNING, "yes", "until half past twelve"),
    (ANN, "VZ-104", "03-09 09:00-10:00", of(4), MORNING, "yes", "a meeting beside one's desk"),
    (DORA, "WP-1BUR-02", "03-09 07:00-12:30", of(), MORNING, NOT_YOURS, "the town's neighbourhood"),
    # ten half days a week, then four
    (
        ANN,
        "WP-1BUR-01",
        "06-05 07:00-12:30",
        of(now="05-25 09:00"),
        FIVE_DAYS,
        "409 quota_reached R17 person 11/10",
        "eleven",
    ),
    (ANN, "WP-1BUR-01", "06-07 07:00-12:30", of(now="05-25 09:00"), FIVE_DAYS, "yes", "Monday is another week"),
    (BRAM, "WP-1BUR-02", "06-05 07:00-12:30", of(now="05-25 09:00"), FOUR_AND_A_HALF, "yes", "ten"),
    (BRAM, "WP-1BUR-02", "06-04 12:30-19:00", of(now="05-25 09:00"), FOUR_AND_A_HALF, "yes", "ten in five days"),
    (
        CHRIS,
        "WP-1BUR-03",
        "03-17 07:00-12:30",
        of(now=LATER),
        THREE_HELD,
        "yes",
        "a whole day, a morning, a morning: 4",
    ),
    (CHRIS, "WP-1BUR-03", "03-17 07:00-19:00", of(now=LATER), THREE_HELD, FULL_4, "a whole day counts two: five"),
    (CHRIS, "WP-1BUR-03", "03-22 07:00-19:00", of(now=LATER), THREE_HELD, "yes", "two in the week after"),
    (RIK, "WP-1BUR-04", "03-17 07:00-12:30", of(now=LATER), FOUR_HELD, FULL_4, "a fifth; Friday's was last week's"),
    (
        RIK,
        "WP-1BUR-04",
        "03-17 07:00-19:00",
        of(now=LATER),
        FOUR_HELD,
        "409 quota_reached R17 person 6/4",
        "a fifth and sixth",
    ),
    (RIK, "WP-1BUR-04", "03-19 07:00-12:30", of(now="03-18 09:00"), FOUR_HELD, FULL_4, "what is past counts too"),
    (RIK, "WP-1BUR-04", "03-22 07:00-12:30", of(now=LATER), FOUR_HELD, "yes", "Monday the 22nd is another week"),
    (RIK, "WP-1BUR-04", "03-10 07:00-12:30", of(), FOUR_HELD, "yes", "five in the week before: ten held then"),
    (RIK, "VZ-104", "03-17 09:00-10:00", of(4), FOUR_HELD, "yes", "a room is no desk"),
    # neighbours first
    (ANN, "WP-1BUR-05", "03-08 07:00-12:30", of(), (), "yes", "her own neighbourhood"),
    (ANN, "WP-1OMG-05", "03-08 07:00-12:30", of(), (), NEIGHBOURS, "the planners' desks, five days before"),
    (FARID, "WP-2STA-05", "03-08 07:00-12:30", of(), (), "yes", "his neighbourhood"),
    (DORA, "WP-2STA-05", "03-08 07:00-12:30", of(), (), NEIGHBOURS, "she may, but it is not hers"),
    (ANN, "WP-1OMG-05", "03-04 07:00-12:30", of(), (), "yes", "22 hours before they are everyone's"),
    (ANN, "WP-1OMG-05", "03-08 07:00-12:30", of(now="03-07 07:00"), (), "yes", "24 hours before"),
    (ANN, "WP-1OMG-05", "03-08 07:00-12:30", of(now="03-07 06:59"), (), NEIGHBOURS, "and a minute"),
    (ANN, "WP-1OMG-05", "03-29 07:00-12:30", of(now="03-20 09:00"), (), "422 organisation_closed R14", "only refusals"),
    (JEF, "WP-2STI-01", "03-08 07:00-12:30", of(), (), "yes", "the silent zone is no service's neighbourhood"),
    (INES, "WP-2STI-02", "03-08 07:00-12:30", of(), (), "yes", "nor for the welfare house"),
    (KAAT, "WP-2STI-01", "03-08 07:00-12:30", of(), (), NOT_YOURS, "associations have no desks"),
    (ANN, "WP-1OMG-05", "04-13 07:00-12:30", of(now="04-06 09:00"), STRICT, FIRST, "enforced: refused"),
    (ANN, "WP-1OMG-05", "04-13 07:00-12:30", of(now="04-12 08:00"), STRICT, "yes", "enforced until 24 hours before"),
    (ANN, "WP-1BUR-05", "04-13 07:00-12:30", of(now="04-06 09:00"), STRICT, "yes", "her own"),
    (ANN, "WP-1OMG-05", "04-09 07:00-12:30", of(now="04-06 09:00"), STRICT, NEIGHBOURS, "before it turns it warns"),
]


@pytest.mark.parametrize(
    ("who", "space", "when", "what", "before", "answer", "why"), TABLE, ids=[row[-1] for row in TABLE]
)
def test_a_talk_is_safe_and_a_desk_is_shared_fairly(prepared, who, space, when, what, before, answer, why):
    assert answered(who, space, when, what) == answer, why
