"""Who sees what of a booking: four organisations, ordinary and private, in every answer that could tell it."""

from __future__ import annotations

import pytest

from tests.blueprints.api.asking import wish
from tests.cast import ANN, BRAM, CHRIS, DORA, ELS, FARID, HUGO, INES, JEF, KAAT, LIEN

BUSY = {"id", "space", "kind", "start", "end"}
TITLE = BUSY | {"status", "title", "organisation", "layout", "attendees", "privacy"}
JANA = "consulent.werkwinkel.02"  # Jef's colleague
SECRET = "Schuldhulp An"

# who books, what, who sees the title, who sees everything; everyone else who may book there sees a place that is taken,
# and who may not nothing
TABLE = [
    ("ordinary, own organisation sees the title", ANN, wish("VZ-103"), {BRAM, CHRIS, FARID, HUGO}, {ANN}),
    ("kept to itself", ANN, wish("VZ-103", privacy="busy"), set(), {ANN}),
    (
        "made public",
        ANN,
        wish("VZ-103", privacy="public"),
        {BRAM, CHRIS, DORA, ELS, FARID, HUGO, INES, JEF, JANA, KAAT, LIEN},
        {ANN},
    ),
    (
        "of a service whose coordinator is party to it",
        ANN,
        wish("SK-01", end="09:30", service="GEM-BEV", privacy="title"),
        {BRAM, FARID, HUGO},
        {ANN, CHRIS},
    ),
    ("a confidential talk", ANN, wish("SK-01", end="09:30", service="GEM-BST"), set(), {ANN, CHRIS}),
    (
        "a confidential talk, asked to be public",
        ANN,
        wish("SK-01", end="09:30", service="GEM-BST", privacy="public"),
        set(),
        {ANN, CHRIS},
    ),
    ("professional secrecy: the title stays inside", DORA, wish("VZ-103", privacy="public"), {ELS}, {DORA}),
    ("professional secrecy, ordinary", DORA, wish("VZ-103"), set(), {DORA}),
    ("a secret talk of the social-welfare centre", ELS, wish("SK-05", service="OCMW-SCH"), set(), {ELS, DORA}),
    ("the welfare house, public", INES, wish("VZ-002", privacy="public"), set(), {INES}),
    ("a secret talk of the welfare house", INES, wish("SK-08", service="CAW-ONT"), set(), {INES}),
    ("the job shop", JEF, wish("VZ-002", privacy="title"), {JANA}, {JEF}),
    (
        "waits for the protocol officer",
        ANN,
        wish("PZ-03", start="10:00", end="11:00", attendees=10, privacy="title"),
        {BRAM, CHRIS, FARID},
        {ANN, HUGO},
    ),
]
EVERYONE = (ANN, BRAM, CHRIS, DORA, ELS, FARID, HUGO, INES, JEF, JANA, KAAT, LIEN)
THE_TOWN, SOCIAL_WELFARE, JOB_SHOP = {ANN, BRAM, CHRIS, FARID, HUGO}, {DORA, ELS}, {JEF, JANA}
MAY_BOOK = {
    "VZ-103": THE_TOWN | SOCIAL_WELFARE | JOB_SHOP | {INES},
    "VZ-002": SOCIAL_WELFARE | JOB_SHOP | {INES},
    "SK-01": THE_TOWN | SOCIAL_WELFARE | JOB_SHOP,
    "SK-05": SOCIAL_WELFARE,
    "SK-08": {INES},
    "PZ-03": THE_TOWN | SOCIAL_WELFARE,
}


@pytest.mark.parametrize(("booker", "body", "title", "full"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_everyone_sees_as_much_as_they_may(program, booker, body, title, full):
    made = program(booker).post("/bookings", {**body, "title": SECRET, "note": SECRET})
    assert made.status_code == 201, made.text
    booking = made.json
    for viewer in EVERYONE:
        seen = program(viewer).get(f"/bookings/{booking['id']}")
        if viewer not in title | full | MAY_BOOK[booking["space"]]:
            assert seen.status_code == 404
            assert program(viewer).get("/bookings").json["items"] == []
            assert program(viewer).get(f"/bookings?space={booking['space']}").json["items"] == []
            continue
        detail = "full" if viewer in full else "title" if viewer in title else "busy"
        assert detail_of(seen.json) == detail, viewer
        assert program(viewer).get("/bookings").json["items"] == [seen.json]
        assert program(viewer).get(f"/bookings?space={booking['space']}").json["items"] == [seen.json]
        if detail == "busy":
            assert SECRET not in seen.text

        # a status tells more than a place that is taken
        told = {
            status: len(program(viewer).get(f"/bookings?status={status}").json["items"])
            for status in ("pending", "confirmed", "cancelled")
        }
        assert told == {status: int(status == booking["status"] and detail != "busy") for status in told}, viewer
        assert len(program(viewer).get("/bookings?mine=1").json["items"]) == int(viewer == booker)


@pytest.mark.parametrize(("booker", "body", "title", "full"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_a_cancelled_booking_is_gone_for_whoever_saw_it_busy(program, booker, body, title, full):
    booking = program(booker).post("/bookings", {**body, "title": SECRET}).json
    program(booker).delete(f"/bookings/{booking['id']}")
    for viewer in EVERYONE:
        # nobody has a word to give on it any more, so the protocol officer is an ordinary colleague again
        sees_more = viewer in title | full or (viewer == HUGO and BRAM in title)
        assert program(viewer).get(f"/bookings/{booking['id']}").status_code == (200 if sees_more else 404), viewer
        listed = program(viewer).get("/bookings?status=cancelled").json["items"]
        assert len(listed) == int(sees_more), viewer
        is_party = viewer in full and viewer != HUGO
        assert len(program(viewer).get("/bookings").json["items"]) == int(is_party), viewer


def test_a_refusal_tells_nothing_of_who_stands_in_the_way(program):
    program(ELS).post("/bookings", {**wish("SK-05", service="OCMW-SCH"), "title": SECRET})
    for body in (wish("SK-05", attendees=2), wish("SK-05", attendees=2, start="09:30", end="10:30")):
        answer = program(DORA).post("/bookings", body)
        assert answer.status_code == 409
        assert SECRET not in answer.text
        assert "OCMW-SCH" not in answer.text
        assert ELS not in answer.text


def test_a_page_tells_nothing_of_hidden_ones_by_its_length_or_its_next(program):
    for hour in ("08", "09", "10", "11"):
        hidden = program(DORA).post("/bookings", wish("VZ-103", start=f"{hour}:00", end=f"{hour}:45")).json
        program(DORA).delete(f"/bookings/{hidden['id']}")
    mine = program(ANN).post("/bookings", wish(start="14:00", end="15:00")).json
    program(ANN).delete(f"/bookings/{mine['id']}")
    for path in ("/bookings?limit=1", "/bookings?limit=1&status=cancelled"):
        answer = program(ANN).get(path).json
        assert [each["id"] for each in answer["items"]] == [mine["id"]]
        assert answer["next"] is None


@pytest.mark.parametrize("capacity", [1, 2, 3, 4])
def test_of_anothers_talks_a_manager_learns_how_many_there_are_and_not_whether_they_are_above_it(capacity, program):
    program(ELS).post("/bookings", {**wish("SK-05", service="OCMW-SCH", attendees=3), "title": SECRET})
    answer = program(FARID, "manage").patch("/spaces/SK-05", {"capacity": capacity, "reason": "Verbouwing"})
    assert answer.json["above_capacity"] == []
    assert answer.json["under_secrecy"] == [{"organisation": "OCMW", "bookings": 1}]


def detail_of(booking: dict) -> str:
    if booking.keys() == BUSY:
        return "busy"
    if booking.keys() == TITLE:
        return "title"
    assert booking.keys() > TITLE
    return "full"
