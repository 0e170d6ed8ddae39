"""When the house is open to whom: staff and public hours, closing days, half days, and evenings with a key holder."""

from __future__ import annotations

import pytest

from models.rules.bookings.fields import Caller
from tests.cast import ANN, CHRIS, DORA, FARID, GERDA, HUGO, INES, JEF, KAAT, LIEN, MARC, OLGA
from tests.models.actions.bookings.verdicts import answered, closed, left, of

OUT, SHUT = "422 outside_hours R14", "422 organisation_closed R14"
NO_KEY, LATE = "422 key_holder_needed R22", "422 too_late_at_night R22"
FM, DESK, OFFICER = "yes pending facility_manager", "yes pending receptionist", "yes pending protocol_officer"
FM_AND_DESK, NOT_YOURS = "yes pending facility_manager+receptionist", "422 not_for_your_organisation"
TWO_CLOSED = (closed("03-22", "GEM", "OCMW"),)
WIM = Caller("Wim Vos")
GONE = (left("facilitair.medewerker"),)
XMAS, SOULS = "2027-12-20 09:00", "2027-10-01 09:00"

TABLE = [
    # who, space, when, what, before, answer, why
    (ANN, "VZ-103", "03-08 07:00-08:00", of(5), (), "yes", "staff are in from 07:00"),
    (ANN, "VZ-103", "03-08 06:45-08:00", of(5), (), OUT, "not before"),
    (ANN, "VZ-103", "03-08 18:00-19:00", of(5), (), "yes", "until 19:00"),
    (ANN, "VZ-103", "03-08 18:15-19:15", of(5), (), OUT, "not after"),
    (ANN, "VZ-103", "03-11 18:00-20:30", of(5), (), "yes", "Thursday's late opening joins the day"),
    (ANN, "VZ-103", "03-11 20:00-20:45", of(5), (), OUT, "and ends at 20:30"),
    (ANN, "VZ-103", "03-06 08:30-12:30", of(5), (), "yes", "the first Saturday of March"),
    (ANN, "VZ-103", "03-06 08:15-09:00", of(5), (), OUT, "from half past eight"),
    (ANN, "VZ-103", "03-06 12:00-12:45", of(5), (), OUT, "until half past twelve"),
    (ANN, "VZ-103", "03-13 09:00-10:00", of(5), (), OUT, "the second Saturday"),
    (ANN, "VZ-103", "04-03 09:00-10:00", of(5), (), "yes", "the first Saturday of April"),
    (ANN, "VZ-103", "05-01 09:00-10:00", of(5), (), SHUT, "the first Saturday of May is Labour Day"),
    (ANN, "VZ-103", "03-07 09:00-10:00", of(5), (), OUT, "a Sunday"),
    (
        ANN,
        "WP-1BUR-01",
        "04-03 07:00-12:30",
        of(now="03-25 09:00"),
        (),
        "yes",
        "its block overlaps the Saturday's hours",
    ),
    (ANN, "WP-1BUR-01", "04-03 12:30-19:00", of(now="03-25 09:00"), (), OUT, "this one does not"),
    (ANN, "PZ-02", "03-13 09:00-10:00", of(20), (), OFFICER, "staff of the ceremonial wing: every Saturday from nine"),
    (ANN, "PZ-02", "03-06 08:30-09:30", of(20), (), OUT, "the wing's own hours, not the building's first Saturday"),
    # residents come in when the zone is open to the public
    (KAAT, "VZ-001", "03-09 08:30-09:30", of(10), (), DESK, "the square opens at half past eight"),
    (KAAT, "VZ-001", "03-09 08:00-09:00", of(10), (), OUT, "the staff may, the public not yet"),
    (ANN, "VZ-001", "03-09 08:00-09:00", of(10), (), "yes", "staff may"),
    (KAAT, "VZ-001", "03-09 17:00-18:00", of(10), (), DESK, "until six"),
    (KAAT, "VZ-001", "03-11 18:00-19:00", of(10), (), DESK, "on Thursday until seven, no evening yet"),
    (LIEN, "VZ-001", "03-09 10:00-11:00", of(10), (), DESK, "a resident as well as an association"),
    (GERDA, "VZ-001", "03-09 08:30-09:30", of(10, caller=WIM), (), "yes", "a caller: reception would approve it"),
    (FARID, "VZ-001", "03-09 08:30-09:30", of(10, caller=WIM), (), DESK, "the facility manager would not"),
    (GERDA, "VZ-001", "03-09 08:00-09:00", of(10, caller=WIM), (), OUT, "a caller comes when the public does"),
    (GERDA, "VZ-103", "03-09 10:00-11:00", of(5, caller=WIM), (), NOT_YOURS, "it is not open to callers"),
    (GERDA, "VZ-001", "03-09 10:00-11:00", of(10, caller=WIM, on_behalf_of=KAAT), (), "400 caller", "for one of them"),
    (ANN, "VZ-001", "03-09 10:00-11:00", of(10, caller=WIM), (), "403", "only the front desk knows callers"),
    (KAAT, "VZ-001", "03-09 10:00-11:00", of(10, caller=WIM), (), "403", "nor does an association"),
    (
        GERDA,
        "VZ-001",
        "03-09 10:00-11:00",
        of(10, on_behalf_of=KAAT),
        (),
        "yes",
        "reception books what it would approve",
    ),
    (KAAT, "OR-02", "03-09 18:00-19:00", of(5), (), OUT, "no evenings at the reading table"),
    (KAAT, "PZ-01", "03-13 10:00-12:00", of(20), (), OFFICER, "the wing is public on Saturdays"),
    (KAAT, "PZ-01", "03-08 10:00-12:00", of(20), (), OUT, "on no other day"),
    (KAAT, "VZ-103", "03-08 10:00-11:00", of(5), (), NOT_YOURS, "not for associations"),
    (KAAT, "VZ-103", "03-07 03:10-04:00", of(99), (), NOT_YOURS, "and that is all it says"),
    (CHRIS, "LK-01", "03-11 14:00-19:00", of(service="GEM-BEV"), (), "yes", "duty at the late opening"),
    (CHRIS, "LK-01", "03-11 13:00-15:00", of(service="GEM-BEV"), (), OUT, "on Thursday the counters open at two"),
    (CHRIS, "LK-01", "03-08 12:00-13:00", of(service="GEM-BEV"), (), OUT, "counters close at half past twelve"),
    (CHRIS, "LK-01", "03-12 13:30-16:30", of(service="GEM-BEV"), (), OUT, "and on Friday afternoon"),
    (CHRIS, "LK-01", "03-06 09:00-12:00", of(service="GEM-BEV"), (), "yes", "the first Saturday"),
    # closing days
    (ANN, "VZ-103", "03-29 10:00-11:00", of(5), (), SHUT, "Easter Monday"),
    (INES, "VZ-103", "03-29 10:00-11:00", of(5), (), SHUT, "for the welfare house too"),
    (JEF, "VZ-103", "05-17 10:00-11:00", of(5), (), SHUT, "Whit Monday"),
    (ANN, "WP-1BUR-01", "03-29 07:00-12:30", of(now="03-20 09:00"), (), SHUT, "a desk no less"),
    (INES, "VZ-103", "07-21 10:00-11:00", of(5, now="07-01 09:00"), (), SHUT, "the national holiday"),
    (ANN, "VZ-103", "05-07 10:00-11:00", of(5), (), SHUT, "bridging day of the town"),
    (DORA, "VZ-103", "05-07 10:00-11:00", of(5), (), SHUT, "and of the social-welfare centre"),
    (KAAT, "VZ-001", "05-07 10:00-11:00", of(10), (), SHUT, "and of associations"),
    (INES, "VZ-103", "05-07 10:00-11:00", of(5), (), "yes", "not of the welfare house"),
    (JEF, "VZ-103", "05-07 10:00-11:00", of(5), (), "yes", "nor of the job shop"),
    (ANN, "VZ-103", "11-02 10:00-11:00", of(5, now=SOULS), (), SHUT, "All Souls"),
    (
        INES,
        "SK-08",
        "11-02 10:00-10:45",
        of(2, service="CAW-ONT", now=SOULS),
        (),
        "yes warns alone R23 zone:Z0-CAW 1/2",
        "the welfare house talks on All Souls",
    ),
    (ANN, "VZ-103", "03-22 10:00-11:00", of(5), TWO_CLOSED, SHUT, "only town and OCMW are closed: the town is"),
    (DORA, "VZ-103", "03-22 10:00-11:00", of(5), TWO_CLOSED, SHUT, "the OCMW is"),
    (INES, "VZ-103", "03-22 10:00-11:00", of(5), TWO_CLOSED, "yes", "CAW may"),
    (JEF, "VZ-103", "03-22 10:00-11:00", of(5), TWO_CLOSED, "yes", "the job shop may"),
    (KAAT, "VZ-001", "03-22 10:00-11:00", of(10), TWO_CLOSED, DESK, "an association may ask"),
    (GERDA, "VZ-001", "03-22 10:00-11:00", of(10, on_behalf_of=KAAT), TWO_CLOSED, "yes", "whose booking it is decides"),
    (ANN, "VZ-103", "12-24 11:30-12:00", of(5, now=XMAS), (), "yes", "Christmas Eve until noon"),
    (ANN, "VZ-103", "12-24 11:30-12:30", of(5, now=XMAS), (), SHUT, "half an hour after noon"),
    (ANN, "VZ-103", "12-24 12:30-13:30", of(5, now=XMAS), (), SHUT, "all of it"),
    (ANN, "VZ-103", "12-24 08:30-09:30", of(5, now=XMAS), (), "yes", "from half past eight"),
    (ANN, "VZ-103", "12-24 08:00-09:00", of(5, now=XMAS), (), SHUT, "not from eight"),
    (INES, "VZ-103", "12-24 12:30-13:30", of(5, now=XMAS), (), "yes", "the welfare house is open all day"),
    (ANN, "WP-1BUR-01", "12-24 07:00-19:00", of(now=XMAS), (), "yes", "a day at a desk has a morning in it"),
    (KAAT, "OR-01", "12-24 11:00-12:00", of(5, now=XMAS), (), DESK, "the public until noon"),
    (ANN, "WP-1BUR-01", "12-24 07:00-12:30", of(now=XMAS), (), "yes", "a desk's morning has open hours in it"),
    (ANN, "WP-1BUR-01", "12-24 12:30-19:00", of(now=XMAS), (), SHUT, "its afternoon has none"),
    (ANN, "VZ-103", "2025-12-29 10:00-11:00", of(5, now="2025-12-20 09:00"), (), "422 not_in_use", "before the move"),
    (ANN, "VZ-103", "2026-01-05 10:00-11:00", of(5, now="2025-12-20 09:00"), (), "yes", "and after it"),
    # evenings
    (KAAT, "VZ-001", "03-09 19:00-21:00", of(10), (), NO_KEY, "who opens the door?"),
    (
        KAAT,
        "VZ-001",
        "03-09 19:00-21:00",
        of(10, key_holder=MARC),
        (),
        FM_AND_DESK,
        "Marc; facility manager and reception",
    ),
    (KAAT, "VZ-001", "03-09 17:00-18:15", of(10), (), NO_KEY, "a quarter past six is evening"),
    (KAAT, "VZ-001", "03-11 18:00-20:00", of(10), (), NO_KEY, "on Thursday after seven"),
    (KAAT, "VZ-001", "03-09 20:00-23:00", of(10, key_holder=MARC), (), FM_AND_DESK, "until eleven"),
    (KAAT, "VZ-001", "03-09 20:00-23:15", of(10, key_holder=MARC), (), LATE, "not a quarter longer"),
    (KAAT, "VZ-001", "03-09 20:00-23:15", of(10), (), "422 key_holder_needed R22; too_late_at_night R22", "and no key"),
    (KAAT, "VZ-001", "12-24 19:00-21:00", of(10, key_holder=MARC, now=XMAS), (), SHUT, "no evening on Christmas Eve"),
    (ANN, "OR-04", "03-09 19:00-21:00", of(9, exclusive=True, key_holder=MARC), (), FM, "a staff party, one approval"),
    (KAAT, "VZ-001", "03-09 19:00-21:00", of(10, key_holder=ANN), (), "400 key_holder", "Ann holds no keys: as nobody"),
    (
        KAAT,
        "VZ-001",
        "03-09 19:00-21:00",
        of(10, key_holder="facilitair.medewerker"),
        GONE,
        "400 key_holder",
        "a caretaker who left is answered as nobody",
    ),
    (KAAT, "VZ-001", "03-09 19:00-21:00", of(10, key_holder=OLGA), (), "400 key_holder", "neither caretaker nor here"),
    (KAAT, "VZ-001", "03-09 19:00-21:00", of(10, key_holder="nobody"), (), "400 key_holder", "nobody of that name"),
    (KAAT, "VZ-001", "03-09 19:00-21:00", of(10, key_holder=FARID), (), FM_AND_DESK, "a facility manager has keys"),
    (KAAT, "VZ-001", "03-13 19:00-21:00", of(10, key_holder=MARC), (), FM_AND_DESK, "any Saturday evening"),
    (KAAT, "VZ-001", "03-13 14:00-16:00", of(10, key_holder=MARC), (), OUT, "but no Saturday afternoon"),
    (KAAT, "VZ-001", "03-14 19:00-21:00", of(10, key_holder=MARC), (), OUT, "nor a Sunday"),
    (ANN, "VZ-001", "03-09 17:00-20:00", of(10, key_holder=MARC), (), FM, "staff need no reception"),
    (ANN, "VZ-001", "03-13 19:00-21:00", of(10, key_holder=MARC), (), FM, "nor on a Saturday evening"),
    (
        FARID,
        "VZ-001",
        "03-09 19:00-21:00",
        of(9, on_behalf_of=KAAT, key_holder=MARC),
        (),
        DESK,
        "Farid's word is given",
    ),
    (
        GERDA,
        "VZ-001",
        "03-09 19:00-21:00",
        of(9, on_behalf_of=KAAT, key_holder=MARC),
        (),
        FM,
        "Gerda's is, Farid's not",
    ),
    (ANN, "VZ-103", "03-09 10:00-11:00", of(5, key_holder=KAAT), (), "400 key_holder", "by day as in the evening"),
    (DORA, "PZ-01", "03-09 10:00-11:00", of(20), (), OFFICER, "the council chamber is the OCMW's too"),
    (DORA, "PZ-02", "03-09 10:00-11:00", of(20), (), NOT_YOURS, "weddings are the town's"),
    (ANN, "VZ-001", "03-09 18:00-19:00", of(10), (), "yes", "staff are still in: no evening"),
    (ANN, "VZ-001", "03-09 18:00-19:15", of(10), (), NO_KEY, "after seven it is"),
    (ANN, "VZ-001", "03-11 18:00-20:30", of(10), (), "yes", "Thursday until half past eight it is not"),
    (ANN, "VZ-001", "03-09 22:00-23:15", of(10, key_holder=MARC), (), LATE, "eleven for staff too"),
    (FARID, "VZ-001", "03-09 19:00-21:00", of(10, key_holder=FARID), (), "yes", "his own approval, his own keys"),
    (ANN, "VZ-101", "03-09 18:00-20:00", of(10, key_holder=MARC), (), OUT, "De Vaart has no evenings"),
    (ANN, "PZ-01", "03-08 19:00-22:00", of(20, key_holder=MARC), (), FM + "+protocol_officer", "the chamber asks both"),
    (HUGO, "PZ-01", "03-08 19:00-22:00", of(20, key_holder=MARC), (), FM, "Hugo is one of them"),
    (FARID, "PZ-01", "03-08 19:00-22:00", of(20, key_holder=MARC), (), OFFICER, "Farid the other"),
]


@pytest.mark.parametrize(
    ("who", "space", "when", "what", "before", "answer", "why"), TABLE, ids=[row[-1] for row in TABLE]
)
def test_the_house_is_open_to_whom_its_hours_say(prepared, who, space, when, what, before, answer, why):
    assert answered(who, space, when, what) == answer, why
