"""Rules that somebody set: modes that turn on a date, quotas, overrides, things out of order, and who may book."""

from __future__ import annotations

import pytest

from models.rules.bookings.fields import Caller
from tests.cast import ANN, BRAM, CHRIS, DORA, ELS, FARID, GERDA, INES, JEF, KAAT, NORA, OLGA
from tests.models.actions.bookings.verdicts import (
    DPO,
    DPO_CAW,
    answered,
    broken,
    furnished,
    limited,
    of,
    rationed,
    ruled,
    stands,
)

VERA, REGISTRAR, CAW_1 = "medewerker.burgerzaken.03", "medewerker.burgerzaken.06", "hulpverlener.caw.01"
MAYOR, ALDERMAN, HEAD = "burgemeester", "schepen.sociale.zaken", "diensthoofd.burgerzaken"
HR_HEAD, HEAD_OMG = "diensthoofd.personeel", "diensthoofd.omgeving"
ALONE, ALL_ALONE = "yes warns alone R23 zone:Z0-SPR 1/2", "422 alone R23 zone:Z0-SPR 1/2"
FEW = (ruled("R07", "04-12", "04-13", mode="enforce"),)
AIR_WARNS = (ruled("R08", "04-13", "04-13", by=NORA, mode="warn"),)
NOT_ALONE = (
    stands(ANN, "SK-01", "04-14 10:00-11:00", 2, service="GEM-BST"),
    ruled("R23", "04-14", "04-14", by=NORA, mode="enforce"),
)
FLOOR_WARNS = (limited("floor", "F1", 10, "04-15"), ruled("R04", "04-15", "04-15", by=NORA, mode="warn"))
BUTTON_WARNS = (ruled("R11", "04-20", "04-20", by=NORA, mode="warn"),)
PARTY_OFF = (ruled("R13", "04-16", "04-16", by=DPO_CAW, zone="Z0-CAW", mode="off"),)
BREAK_WARNS = (ruled("R15", "04-19", "04-19", mode="warn"),)
NIGHT_EARLIER = (ruled("R22", "04-23", "04-23", parameter="22:00"),)
DARK_EARLIER = (
    ruled("R23", "04-21", "04-21", by=NORA, parameter="3"),
    stands(ANN, "SK-01", "04-21 10:00-11:00", 2, service="GEM-BST"),
)
ONLY_F1 = (
    ruled("R20", "05-05", "05-05", by=NORA, applies_to=["F1"]),
    stands(JEF, "OR-03", "05-05 09:00-10:00", 10, wheelchair=2),
    stands(JEF, "OR-06", "05-05 09:00-10:00", 10, wheelchair=2),
)
AIR_THERE = (ruled("R08", "05-11", "05-11", by=NORA, applies_to=["VZ-101"]),)
DESKS_WARN = (ruled("R10", "03-09", "03-09", mode="warn"), stands(ANN, "WP-1BUR-01", "03-09 07:00-12:30"))
HOURS_WARN = (ruled("R14", "05-12", "05-12", mode="warn"),)
NIGHT_WARNS = (ruled("R22", "05-25", "05-25", mode="warn"),)
ZONE_WARNS = (
    limited("zone", "Z1-KOF", 5, "05-19"),
    limited("floor", "F1", 5, "05-19"),
    ruled("R03", "05-19", "05-19", by=NORA, mode="warn"),
)
STEPS_WARN = (ruled("R21", "05-20", "05-20", mode="warn"),)
SEATS_WARN = (ruled("R01", "05-21", "05-21", mode="warn"),)
FIRE_WARNS = (furnished("VZ-105", "05-24", fire_max=4), ruled("R02", "05-24", "05-24", by=NORA, mode="warn"))
DARK_AT_FOUR = (
    furnished("SK-02", "04-29", sightline=False),
    ruled("R12", "04-29", "04-29", by=NORA, parameter="16:00"),
)
PLANNERS_ONLY = (ruled("R16", "03-11", "03-11", applies_to=["Z1-OMG"]),)
SMALL_FLOOR = (limited("floor", "F1", 5, "04-22"),)
WHEELS = (
    stands(ANN, "VZ-101", "04-26 09:00-10:00", 10, wheelchair=1),
    stands(BRAM, "VZ-102", "04-26 09:00-10:00", 10, wheelchair=1),
)
FARIDS_WEEK = (
    ruled("R17", "03-15", "03-18", parameter="4"),
    stands(FARID, "WP-2STA-01", "03-15 07:00-19:00"),
    stands(FARID, "WP-2STA-01", "03-16 07:00-19:00"),
)
NEIGHBOURS = (ruled("R16", "03-19", "03-19", mode="enforce"),)
MAY, FEW_ELSEWHERE = "05-04 09:00", "yes pending protocol_officer warns few_people R07 1/2"
FEW_IN_A_ZONE = (ruled("R07", "05-10", "05-10", zone="Z1-VER", mode="enforce"),)
KEPT_IN_A_ZONE = (
    ruled("R16", "05-11", "05-11", by="diensthoofd.omgeving", zone="Z1-OMG", mode="enforce"),
    ruled("R16", "05-12", "05-12", by="diensthoofd.omgeving", zone="Z1-OMG", mode="off"),
)
ALONE_IN_A_ZONE = (ruled("R23", "05-13", "05-13", by=NORA, zone="Z0-WW", mode="enforce"),)
TWO_ROOMS = (
    rationed("person", None, "meeting_room", "bookings", "day", 2, "05-03", "05-03"),
    stands(ANN, "VZ-103", "05-03 09:00-10:00", 5),
    stands(ANN, "VZ-104", "05-03 11:00-12:00", 5),
)
THREE_HOURS = (
    rationed("organisation", "CAW", "meeting_room", "hours", "week", 3, "04-26", "05-09"),
    stands(INES, "VZ-103", "04-27 09:00-11:00", 5),
)
WIM = Caller("Wim Vos")
CALLED = (
    rationed("organisation", "VER", "meeting_room", "hours", "day", 3, "05-20", "05-20"),
    rationed("role", "resident", "meeting_room", "bookings", "day", 1, "05-20", "05-20"),
    stands(GERDA, "VZ-001", "05-20 09:00-11:00", 5, caller=WIM),
)
ONE_TALK = (
    rationed("service", "GEM-BST", "booth", "bookings", "day", 1, "04-28", "04-28"),
    stands(BRAM, "SK-01", "04-28 09:00-09:30", 2, service="GEM-BST"),
)
ELECTED = (
    rationed("role", "elected", "meeting_room", "hours", "month", 2, "05-01", "05-31"),
    stands(MAYOR, "VZ-202", "05-10 09:00-10:30", 5),
)
HELD = (
    rationed("role", "receptionist", "meeting_space", "bookings", "held", 1, "03-03", "06-30"),
    stands(GERDA, "OR-03", "05-11 09:00-10:00", 8),
)
STRICTEST = (
    rationed("person", None, "meeting_room", "hours", "day", 4, "05-18", "05-18"),
    rationed("organisation", "WW", "meeting_room", "hours", "day", 2, "05-18", "05-18"),
)
BOTH = (
    rationed("person", None, "meeting_room", "hours", "day", 1, "05-26", "05-26"),
    rationed("organisation", "WW", "meeting_room", "hours", "day", 2, "05-26", "05-26"),
    stands(JEF, "VZ-103", "05-26 09:00-10:00", 5),
)
ACCOUNT = (
    rationed("service", "GEM-BEV", None, "hours", "day", 2, "05-27", "05-27"),
    stands(ANN, "VZ-103", "05-27 09:00-10:00", 5),
)
HALF_A_DAY = (rationed("role", "dpo", "desk", "half_days", "week", 1, "03-08", "03-14"),)
LIFT = (broken("building", "AC", "lift", "04-29"),)
NO_BUTTON = (broken("space", "SK-03", "panic_button", "04-29"),)
NO_SCREEN = (broken("space", "VZ-105", "scherm", "04-29"),)
NO_FAN = (broken("space", "VZ-104", "ventilation", "04-29"),)
APRIL, QUOTA = "04-13 09:00", "409 quota_reached R17"

TABLE = [
    # who, space, when, what, before, answer, why
    (ANN, "VZ-101", "04-09 09:00-10:00", of(5), FEW, "yes warns few_people R07 5/6", "the day before it turns"),
    (ANN, "VZ-101", "04-12 09:00-10:00", of(5), FEW, "422 few_people R07 5/6", "from its date it refuses"),
    (ANN, "VZ-101", "04-12 09:00-10:00", of(6), FEW, "yes", "six are enough"),
    (ANN, "VZ-101", "04-14 09:00-10:00", of(5), FEW, "yes warns few_people R07 5/6", "and warns again after"),
    (ANN, "VZ-001", "04-13 09:00-10:00", of(26, "theatre"), AIR_WARNS, "yes warns too_many_people R08 26/25", "stuffy"),
    (
        ANN,
        "VZ-001",
        "04-13 09:00-10:00",
        of(41, "theatre"),
        AIR_WARNS,
        "422 too_many_people R01 41/40",
        "where air only warns the seats still bind",
    ),
    (
        ANN,
        "VZ-001",
        "04-13 09:00-10:00",
        of(19),
        AIR_WARNS,
        "422 too_many_people R01 19/18",
        "seats and nothing of air",
    ),
    (ANN, "VZ-001", "04-14 09:00-10:00", of(26, "theatre"), AIR_WARNS, "422 too_many_people R08 26/25", "air again"),
    (
        VERA,
        "SK-01",
        "04-14 09:00-09:30",
        of(2, service="GEM-VRE", now=APRIL),
        NOT_ALONE,
        ALL_ALONE,
        "nobody else is there, with a day to ask a colleague",
    ),
    (VERA, "SK-03", "04-14 10:00-10:30", of(2, service="GEM-VRE", now=APRIL), NOT_ALONE, "yes", "Ann is"),
    (VERA, "SK-01", "04-15 09:00-09:30", of(2, service="GEM-VRE", now=APRIL), NOT_ALONE, ALONE, "a day later it warns"),
    (ANN, "VZ-103", "04-15 09:00-10:00", of(11), FLOOR_WARNS, "yes warns floor_full R04 floor:F1 11/10", "only told"),
    (
        VERA,
        "SK-10",
        "04-20 09:00-09:30",
        of(2, service="GEM-VRE"),
        BUTTON_WARNS,
        "yes warns alone R23 zone:Z0-WW 1/2; panic_button_needed R11",
        "only told, beside being alone",
    ),
    (
        INES,
        "SK-08",
        "04-16 09:00-09:30",
        of(5, service="CAW-ONT"),
        PARTY_OFF,
        "422 too_many_people R01 5/4",
        "a rule that is off says nothing",
    ),
    (
        INES,
        "SK-04",
        "04-16 09:00-09:30",
        of(5, service="CAW-ONT"),
        PARTY_OFF,
        "422 party_too_large R13 service:CAW-ONT 4/3",
        "a booth of all is not CAW's alone",
    ),
    (
        INES,
        "SK-04",
        "04-19 09:00-09:30",
        of(5, service="CAW-ONT"),
        PARTY_OFF,
        "422 party_too_large R13 service:CAW-ONT 4/3",
        "on again",
    ),
    (
        ANN,
        "OR-04",
        "04-19 12:00-13:00",
        of(9, exclusive=True),
        BREAK_WARNS,
        "yes pending facility_manager warns protected_break R15",
        "only told; still asked",
    ),
    (
        ANN,
        "VZ-001",
        "04-23 20:00-22:15",
        of(9, key_holder="conciergerie"),
        NIGHT_EARLIER,
        "422 too_late_at_night R22",
        "that evening ends at ten",
    ),
    (
        ANN,
        "VZ-001",
        "04-23 20:00-22:00",
        of(9, key_holder="conciergerie"),
        NIGHT_EARLIER,
        "yes pending facility_manager",
        "at ten",
    ),
    (
        BRAM,
        "SK-02",
        "04-21 10:00-10:30",
        of(2, service="GEM-BST"),
        DARK_EARLIER,
        "yes warns alone R23 zone:Z0-SPR 2/3",
        "three of staff are asked for that day",
    ),
    (ANN, "VZ-203", "05-05 09:00-10:00", of(5, wheelchair=1), ONLY_F1, "yes", "that day the rule is F1's alone"),
    (
        ANN,
        "VZ-103",
        "05-05 09:00-10:00",
        of(5, wheelchair=1),
        ONLY_F1,
        "409 refuge_places_full R20 floor:F1 3/2",
        "F1's",
    ),
    (ANN, "VZ-001", "05-11 09:00-10:00", of(26, "theatre"), AIR_THERE, "yes", "of air only De Vaart is asked"),
    (ANN, "VZ-101", "05-11 09:00-10:00", of(31, "theatre"), AIR_THERE, "422 too_many_people R08 31/30", "and it is"),
    (ANN, "WP-1BUR-02", "03-09 07:00-12:30", of(), DESKS_WARN, "yes warns person_busy R10", "two desks: only told"),
    (ANN, "VZ-103", "05-12 20:00-21:00", of(5), HOURS_WARN, "yes warns outside_hours R14", "after hours: only told"),
    (
        KAAT,
        "VZ-001",
        "05-25 19:00-21:00",
        of(9),
        NIGHT_WARNS,
        "yes pending facility_manager+receptionist warns key_holder_needed R22",
        "no key: only told, and asked",
    ),
    (
        KAAT,
        "VZ-001",
        "05-25 20:00-23:15",
        of(9, key_holder=FARID),
        NIGHT_WARNS,
        "422 outside_hours R14",
        "R22 may warn, but the evening's hours end at eleven",
    ),
    (
        ANN,
        "KH-01",
        "05-19 09:00-09:30",
        of(6),
        ZONE_WARNS,
        "422 floor_full R04 floor:F1 6/5",
        "zone warns, floor does not",
    ),
    (ANN, "VZ-106", "05-20 09:00-10:00", of(3, wheelchair=1), STEPS_WARN, "yes warns not_accessible R21 1/0", "told"),
    (ANN, "VZ-001", "05-21 09:00-10:00", of(19), SEATS_WARN, "yes warns too_many_people R01 19/18", "bring a chair"),
    (ANN, "VZ-001", "05-21 09:00-10:00", of(26), SEATS_WARN, "422 too_many_people R08 26/25", "but not your own air"),
    (
        ANN,
        "VZ-101",
        "05-21 09:00-10:00",
        of(31, "classroom"),
        SEATS_WARN,
        "422 too_many_people R08 31/30",
        "of two equal limits the one that refuses",
    ),
    (ANN, "VZ-105", "05-24 09:00-10:00", of(5), FIRE_WARNS, "yes warns too_many_people R02 5/4", "told"),
    (ANN, "VZ-105", "05-24 09:00-10:00", of(7), FIRE_WARNS, "422 too_many_people R01 7/6", "six chairs"),
    (BRAM, "SK-02", "04-29 15:30-16:00", of(2), DARK_AT_FOUR, ALONE, "until four"),
    (BRAM, "SK-02", "04-29 15:45-16:15", of(2), DARK_AT_FOUR, "422 sightline_needed R12", "it is dark sooner that day"),
    (
        FARID,
        "WP-1BUR-01",
        "03-11 07:00-12:30",
        of(),
        PLANNERS_ONLY,
        "yes",
        "only the planners keep their desks that day",
    ),
    (FARID, "WP-1OMG-01", "03-11 07:00-12:30", of(), PLANNERS_ONLY, "yes warns neighbourhood_first R16", "and they do"),
    # what an owner may set aside
    (
        FARID,
        "VZ-103",
        "03-07 10:00-11:00",
        of(5, override=("R14",)),
        (),
        "yes warns outside_hours R14",
        "a Sunday, by the rule's owner; what was set aside is still told",
    ),
    (
        FARID,
        "VZ-103",
        "03-29 10:00-11:00",
        of(5, override=("R14",)),
        (),
        "yes warns organisation_closed R14",
        "Easter Monday is the same rule",
    ),
    (ANN, "VZ-103", "03-07 10:00-11:00", of(5, override=("R14",)), (), "403", "Ann does not own it"),
    (NORA, "VZ-103", "03-07 10:00-11:00", of(5, override=("R14",)), (), "403", "nor the prevention adviser"),
    (
        FARID,
        "VZ-103",
        "03-07 10:00-11:00",
        of(13, override=("R14",)),
        (),
        "422 too_many_people R01 13/12",
        "only that one",
    ),
    (FARID, "VZ-103", "04-22 10:00-11:00", of(6, override=("R04",)), SMALL_FLOOR, "403", "not the facility manager's"),
    (
        NORA,
        "VZ-103",
        "04-22 10:00-11:00",
        of(6, override=("R04",)),
        SMALL_FLOOR,
        "422 floor_full R04 floor:F1 6/5",
        "nobody sets aside the floor",
    ),
    (
        FARID,
        "VZ-103",
        "03-08 10:00-11:00",
        of(13, override=("R01",)),
        (),
        "422 too_many_people R01 13/12",
        "nor chairs",
    ),
    (
        FARID,
        "VZ-001",
        "03-09 20:00-23:15",
        of(9, key_holder=FARID, override=("R22",)),
        (),
        "422 too_late_at_night R22",
        "nor the night",
    ),
    (
        FARID,
        "VZ-103",
        "04-26 09:00-10:00",
        of(5, wheelchair=1),
        WHEELS,
        "409 refuge_places_full R20 floor:F1 3/2",
        "full",
    ),
    (
        NORA,
        "VZ-103",
        "04-26 09:00-10:00",
        of(5, wheelchair=1, override=("R20",)),
        WHEELS,
        "yes warns refuge_places_full R20 floor:F1 3/2",
        "Nora answers for it",
    ),
    (
        FARID,
        "VZ-101",
        "04-12 09:00-10:00",
        of(5, override=("R07",)),
        FEW,
        "yes warns few_people R07 5/6",
        "five in a room for six",
    ),
    (FARID, "WP-2STA-01", "03-17 07:00-12:30", of(), FARIDS_WEEK, "409 quota_reached R17 person 5/4", "four half days"),
    (
        FARID,
        "WP-2STA-01",
        "03-17 07:00-12:30",
        of(override=("R17",)),
        FARIDS_WEEK,
        "yes warns quota_reached R17 person 5/4",
        "his own rule",
    ),
    (
        HEAD,
        "WP-1OMG-01",
        "03-19 07:00-12:30",
        of(now="03-12 09:00"),
        NEIGHBOURS,
        "422 neighbourhood_first R16",
        "theirs",
    ),
    (
        HEAD,
        "WP-1OMG-01",
        "03-19 07:00-12:30",
        of(now="03-12 09:00", override=("R16",)),
        NEIGHBOURS,
        "yes warns neighbourhood_first R16",
        "a head of service may set it aside",
    ),
    (
        FARID,
        "WP-1OMG-01",
        "03-19 07:00-12:30",
        of(now="03-12 09:00", override=("R16",)),
        NEIGHBOURS,
        "403",
        "the facility manager may not",
    ),
    (
        HR_HEAD,
        "WP-1OMG-01",
        "03-19 07:00-12:30",
        of(now="03-12 09:00", override=("R16",)),
        NEIGHBOURS,
        "yes warns neighbourhood_first R16",
        "any head of service of the organisation",
    ),
    (
        ELS,
        "WP-1OMG-01",
        "03-19 07:00-12:30",
        of(now="03-12 09:00", override=("R16",)),
        NEIGHBOURS,
        "403",
        "but not one of another",
    ),
    (
        ELS,
        "WP-2STI-01",
        "03-19 07:00-12:30",
        of(now="03-12 09:00", override=("R16",)),
        NEIGHBOURS,
        "403",
        "nor where no service is at home",
    ),
    # in single zones: the narrowest row that holds decides
    (ANN, "VZ-101-102", "05-10 09:00-10:00", of(5), FEW_IN_A_ZONE, "422 few_people R07 5/20", "in its own zone"),
    (ANN, "PZ-02", "05-10 09:00-10:00", of(1), FEW_IN_A_ZONE, FEW_ELSEWHERE, "elsewhere as in the house"),
    (ANN, "WP-1OMG-01", "05-11 07:00-12:30", of(now=MAY), KEPT_IN_A_ZONE, "422 neighbourhood_first R16", "kept there"),
    (
        HEAD_OMG,
        "WP-1BUR-01",
        "05-11 07:00-12:30",
        of(now=MAY),
        KEPT_IN_A_ZONE,
        "yes warns neighbourhood_first R16",
        "and only there",
    ),
    (ANN, "WP-1OMG-01", "05-12 07:00-12:30", of(now=MAY), KEPT_IN_A_ZONE, "yes", "lifted again, five hours before"),
    (
        VERA,
        "SK-10",
        "05-13 09:00-09:30",
        of(2, service="GEM-BEV", now=MAY),
        ALONE_IN_A_ZONE,
        "422 alone R23 zone:Z0-WW 1/2",
        "not alone at the job shop",
    ),
    (
        VERA,
        "SK-01",
        "05-13 09:00-09:30",
        of(2, service="GEM-BEV", now=MAY),
        ALONE_IN_A_ZONE,
        ALONE,
        "elsewhere only told",
    ),
    # quotas: of a person, an organisation, a service, a role
    (ANN, "VZ-105", "05-03 14:00-15:00", of(5), TWO_ROOMS, f"{QUOTA} person 3/2", "a third room that day"),
    (ANN, "VZ-105", "05-04 14:00-15:00", of(5), TWO_ROOMS, "yes", "another day"),
    (BRAM, "VZ-105", "05-03 14:00-15:00", of(5), TWO_ROOMS, "yes", "each person has two"),
    (ANN, "OR-06", "05-03 14:00-15:00", of(5), TWO_ROOMS, "yes", "the lounge is no meeting room"),
    (
        CHRIS,
        "VZ-105",
        "05-03 14:00-15:00",
        of(5, on_behalf_of=ANN),
        TWO_ROOMS,
        f"{QUOTA} person 3/2",
        "it is Ann's, whoever books",
    ),
    (CAW_1, "VZ-103", "04-28 09:00-10:00", of(5), THREE_HOURS, "yes", "the third hour of the house's three"),
    (CAW_1, "VZ-103", "04-28 09:00-10:15", of(5), THREE_HOURS, f"{QUOTA} organisation:CAW 3.25/3", "a quarter more"),
    (CAW_1, "VZ-103", "05-03 13:00-16:00", of(5), THREE_HOURS, "yes", "another week"),
    (
        CAW_1,
        "VZ-103",
        "05-03 13:00-16:15",
        of(5),
        THREE_HOURS,
        "422 quota_reached R17 organisation:CAW 3.25/3",
        "alone",
    ),
    (JEF, "VZ-103", "04-28 09:00-12:00", of(5), THREE_HOURS, "yes", "the job shop has its own"),
    (GERDA, "VZ-001", "05-20 13:00-14:00", of(5, caller=WIM), CALLED, "yes", "no two callers are one resident"),
    (
        GERDA,
        "VZ-001",
        "05-20 13:00-14:30",
        of(5, caller=WIM),
        CALLED,
        "409 quota_reached R17 organisation:VER 3.5/3",
        "but callers are all of one organisation",
    ),
    (
        KAAT,
        "VZ-001",
        "05-20 13:00-14:30",
        of(5),
        CALLED,
        "409 quota_reached R17 organisation:VER 3.5/3",
        "and so are associations",
    ),
    (
        REGISTRAR,
        "SK-02",
        "04-28 09:00-09:30",
        of(2, service="GEM-BST"),
        ONE_TALK,
        f"{QUOTA} service:GEM-BST 2/1",
        "two",
    ),
    (REGISTRAR, "SK-02", "04-28 09:00-09:30", of(2, service="GEM-OMG"), ONE_TALK, "yes", "another service's talk"),
    (REGISTRAR, "SK-02", "04-29 09:00-09:30", of(2, service="GEM-BST"), ONE_TALK, ALONE, "the next day"),
    (MAYOR, "VZ-202", "05-11 09:00-09:30", of(5), ELECTED, "yes", "the second hour of May"),
    (MAYOR, "VZ-202", "05-11 09:00-09:45", of(5), ELECTED, f"{QUOTA} role:elected 2.25/2", "a quarter more"),
    (ALDERMAN, "VZ-202", "05-11 09:00-11:00", of(5), ELECTED, "yes", "each of the elected has two"),
    (
        GERDA,
        "OR-06",
        "05-12 09:00-10:00",
        of(5),
        HELD,
        f"{QUOTA} role:receptionist 2/1",
        "one at a time on whatever day",
    ),
    (GERDA, "VZ-103", "05-12 09:00-10:00", of(5), HELD, "yes", "rooms apart"),
    (GERDA, "OR-06", "05-12 09:00-10:00", of(5, now="05-11 10:00"), HELD, "yes", "the first is over by then"),
    (JEF, "VZ-103", "05-18 09:00-11:00", of(5), STRICTEST, "yes", "two hours"),
    (JEF, "VZ-103", "05-18 09:00-12:00", of(5), STRICTEST, "422 quota_reached R17 organisation:WW 3/2", "the stricter"),
    (ANN, "VZ-103", "05-18 09:00-13:15", of(5), STRICTEST, "422 quota_reached R17 person 4.25/4", "only hers"),
    (DPO, "WP-2STI-01", "03-09 07:00-12:30", of(), HALF_A_DAY, "yes", "one half day"),
    (DPO, "WP-2STI-01", "03-09 07:00-19:00", of(), HALF_A_DAY, "422 quota_reached R17 role:dpo 2/1", "a day is two"),
    (JEF, "VZ-103", "05-26 13:00-14:00", of(5), BOTH, f"{QUOTA} person 2/1", "of person and organisation the stricter"),
    (
        JEF,
        "VZ-103",
        "05-26 13:00-14:15",
        of(5),
        BOTH,
        "422 quota_reached R17 organisation:WW 2.25/2; quota_reached R17 person 2.25/1",
        "past both",
    ),
    (
        ANN,
        "VZ-104",
        "05-27 13:00-14:15",
        of(5, service="GEM-BEV"),
        ACCOUNT,
        f"{QUOTA} service:GEM-BEV 2.25/2",
        "where no service is named it is on her own service's account",
    ),
    # out of order
    (ANN, "VZ-103", "04-29 09:00-10:00", of(5, wheelchair=1), LIFT, "422 not_accessible R21 1/0", "no lift to F1"),
    (DORA, "VZ-203", "04-29 09:00-10:00", of(5, wheelchair=1), LIFT, "422 not_accessible R21 1/0", "nor to F2"),
    (ANN, "VZ-001", "04-29 09:00-10:00", of(5, wheelchair=1), LIFT, "yes", "the ground floor needs none"),
    (ANN, "VZ-103", "04-29 11:00-12:00", of(5), LIFT, "yes", "who walks takes the stairs"),
    (ANN, "VZ-103", "04-30 09:00-10:00", of(5, wheelchair=1), LIFT, "yes", "mended"),
    (
        VERA,
        "SK-03",
        "04-29 09:00-09:30",
        of(2, service="GEM-VRE"),
        NO_BUTTON,
        "422 panic_button_needed R11",
        "it is dead",
    ),
    (BRAM, "SK-03", "04-29 09:00-09:30", of(2, service="GEM-BST"), NO_BUTTON, ALONE, "who needs none"),
    (ANN, "VZ-104", "04-29 09:00-10:00", of(2), NO_FAN, "422 too_many_people R08 2/0", "no air"),
    (ANN, "VZ-105", "04-29 09:00-10:00", of(4, equipment=("scherm",)), NO_SCREEN, "422 equipment_missing", "no screen"),
    (ANN, "VZ-105", "04-29 09:00-10:00", of(4), NO_SCREEN, "yes", "who asked for none"),
    (ANN, "VZ-105", "04-30 09:00-10:00", of(4, equipment=("scherm",)), NO_SCREEN, "yes", "mended too"),
    (
        ANN,
        "VZ-103",
        "04-29 09:00-10:00",
        of(5, equipment=("whiteboard",)),
        (),
        "422 equipment_missing",
        "it never had one",
    ),
    (ANN, "VZ-103", "04-29 09:00-10:00", of(5, equipment=("unicorn",)), (), "400 equipment", "nobody has"),
    # who may book at all
    (OLGA, "VZ-103", "03-08 09:00-10:00", of(5), (), "403", "no longer in service"),
    (CHRIS, "VZ-103", "03-08 09:00-10:00", of(5, on_behalf_of=OLGA), (), "403", "nor for her: as for whom one may not"),
    (ANN, "VZ-103", "03-08 09:00-10:00", of(5, on_behalf_of=DORA), (), "403", "another organisation's"),
    (ANN, "VZ-103", "03-08 09:00-10:00", of(5, on_behalf_of=BRAM), (), "403", "a colleague who did not name her"),
    (GERDA, "VZ-103", "03-08 09:00-10:00", of(5, on_behalf_of=ANN), (), "403", "reception books for outsiders"),
    (ANN, "VZ-999", "03-08 09:00-10:00", of(5), (), "404", "no such room"),
]


@pytest.mark.parametrize(
    ("who", "space", "when", "what", "before", "answer", "why"), TABLE, ids=[row[-1] for row in TABLE]
)
def test_a_rule_that_somebody_set_holds_from_its_date_and_for_whom_it_says(
    prepared, who, space, when, what, before, answer, why
):
    assert answered(who, space, when, what) == answer, why
