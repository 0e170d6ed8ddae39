"""The day goes otherwise: a quarter more, the visitor is late, done, nobody came. It is Wednesday 3 March 2027."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from models.actions.places.set_quota import add_quota
from models.queries.people import person_by_username
from models.rules.changes.quotas import QuotaWish
from tests.blueprints.booking.reading import Reader
from tests.cast import ANN, DORA, FARID, GERDA, KAAT, NOW, at

TODAY = "2027-03-03"
TALK = {"attendees": 2, "service": "OCMW-LEE"}
MORE, LATE, NO_ONE, DONE, HERE = "+15 minutes, until", "Visitor is late: from", "Nobody came", "Done", "Check in"


@pytest.fixture
def talk(booked):
    return booked(DORA, "SK-05", f"{TODAY}T10:00", "11:00", **TALK)


def offered(page) -> list[str]:
    """What the buttons of a booking's page say that a key presses too."""
    return [" ".join(each.get_text(" ").split()) for each in page.soup.select("[aria-keyshortcuts]")]


def keys_of(part) -> list[str]:
    return [each["aria-keyshortcuts"] for each in part.select("[aria-keyshortcuts]")]


@pytest.mark.parametrize(
    ("now", "there", "next_at", "buttons"),
    [
        ("09:30", False, None, []),  # too early for anything
        ("09:50", False, None, [HERE, "Give back", f"{LATE} 10:15"]),  # they ring that they come later
        ("10:05", False, None, [HERE, NO_ONE, f"{MORE} 11:15", f"{LATE} 10:15"]),
        ("10:20", False, None, [HERE, NO_ONE, f"{MORE} 11:15", f"{LATE} 10:30"]),
        ("10:05", False, "11:15", [HERE, NO_ONE, f"{LATE} 10:15"]),  # five minutes of airing: only what is left of it
        ("10:50", False, "11:15", [HERE, NO_ONE]),  # and nothing is left
        ("10:50", True, None, [DONE, f"{MORE} 11:15"]),
        ("10:50", True, "11:15", [DONE]),
        ("10:50", True, "11:30", [DONE, f"{MORE} 11:15"]),
        ("11:00", True, None, []),  # over
    ],
)
def test_each_press_stands_on_home_and_page_only_where_it_would_be_taken(
    now, there, next_at, buttons, talk, signed_in, booked, clock
):
    dora = signed_in(DORA)
    if next_at:
        booked(DORA, "SK-05", f"{TODAY}T{next_at}", "12:00", **TALK)
    if there:
        clock.instant = at(f"{TODAY}T09:55")
        dora.send(f"/bookings/{talk.handle}/check-in")
    clock.instant = at(f"{TODAY}T{now}")
    page = dora.open(f"/bookings/{talk.handle}")
    assert offered(page) == buttons
    lines = [each for each in dora.open("/").soup.select(".row-booking") if talk.visitor_code in each.text]
    assert [keys_of(line) for line in lines] == ([] if now == "11:00" else [keys_of(page.soup)])


def test_what_is_pressed_is_done_and_twice_is_once(talk, signed_in, kept, clock):
    dora = signed_in(DORA)
    clock.instant = at(f"{TODAY}T10:05")
    page = dora.open(f"/bookings/{talk.handle}")
    more, late = page.buttons("+15 minutes,")[0], page.buttons("Visitor is late:")[0]
    for _twice in range(2):
        assert dora.press(more).location == f"/bookings/{talk.handle}"
        assert (kept(talk.id).during.start, kept(talk.id).during.end) == (
            at(f"{TODAY}T10:00"),
            at(f"{TODAY}T11:15"),
        )
    for _twice in range(2):
        dora.press(late)
        assert (kept(talk.id).during.start, kept(talk.id).during.end) == (
            at(f"{TODAY}T10:15"),
            at(f"{TODAY}T11:30"),
        )
    assert kept(talk.id).status == "confirmed"
    assert "Now Wednesday 3 March" in dora.open(f"/bookings/{talk.handle}").text


def test_a_key_on_the_timeline_is_answered_with_the_reason_where_it_cannot_be(talk, signed_in, booked, kept, clock):
    """It is sent without looking: static/js/timeline.js."""
    dora = signed_in(DORA)
    clock.instant = at(f"{TODAY}T10:05")
    booked(DORA, "SK-05", f"{TODAY}T11:15", "12:00", **TALK)
    assert dora.send(f"/bookings/{talk.handle}/longer", wished="11:15", next="/booths").location == "/booths"
    assert "is taken at that time" in dora.open("/booths").soup.body.text
    assert kept(talk.id).during.end == at(f"{TODAY}T11:00")
    clock.instant = at(f"{TODAY}T09:00")
    dora.send(f"/bookings/{talk.handle}/longer", wished="11:15")
    assert "Nothing was changed: it is Wednesday 3 March, 10:00–11:00." in dora.open("/booths").soup.text


@pytest.mark.parametrize("verb", ["longer", "later"])
@pytest.mark.parametrize("wished", [None, "", "soon", "25:00", "11:0", "2027-03-03T11:15:00"])
def test_a_press_that_does_not_say_to_which_time_changes_nothing(verb, wished, talk, signed_in, kept, clock):
    clock.instant = at(f"{TODAY}T10:05")
    said = {} if wished is None else {"wished": wished}
    page = signed_in(DORA).send(f"/bookings/{talk.handle}/{verb}", **said)
    assert page.status == 400
    assert "wished: " in page.soup.text
    assert kept(talk.id).version == talk.version


@pytest.mark.parametrize(
    ("verb", "wished"),
    [
        ("longer", at(f"{TODAY}T11:00").isoformat()),  # of a page from before it was made longer
        ("longer", "11:00"),
        ("longer", "11:45"),  # two steps at once
        ("longer", at("2027-03-04T11:30").isoformat()),
        ("later", "10:30"),
        ("later", "09:45"),
    ],
)
def test_an_old_page_changes_nothing_and_is_told_how_it_is(verb, wished, booked, signed_in, kept, clock):
    talk = booked(DORA, "SK-05", f"{TODAY}T10:00", "11:15", **TALK)
    clock.instant = at(f"{TODAY}T10:05")
    dora = signed_in(DORA)
    for _again in range(2):
        assert dora.send(f"/bookings/{talk.handle}/{verb}", wished=wished).status == 303
    assert "Nothing was changed: it is Wednesday 3 March, 10:00–11:15." in dora.open("/booths").soup.text
    assert kept(talk.id).version == talk.version


def test_of_six_presses_in_one_instant_one_moves_and_the_others_are_done(talk, browser_of, kept, clock):
    clock.instant = at(f"{TODAY}T10:05")
    doras = [Reader(browser_of(DORA)) for _each in range(6)]
    with ThreadPoolExecutor(6) as pool:
        wished = at(f"{TODAY}T11:15").isoformat()
        pages = list(pool.map(lambda dora: dora.send(f"/bookings/{talk.handle}/longer", wished=wished), doras))
    assert {page.status for page in pages} == {303}
    assert (kept(talk.id).during.end, kept(talk.id).version) == (at(f"{TODAY}T11:15"), talk.version + 1)
    for dora in doras:
        said = dora.open("/booths").soup.text
        assert "Now Wednesday 3 March, 10:00–11:15." in said
        assert "changed" not in said


def test_only_whoever_may_change_it(talk, signed_in, kept, clock):
    clock.instant = at(f"{TODAY}T10:05")
    for who, status in ((ANN, 404), (FARID, 404)):
        for verb in ("longer", "later"):
            assert signed_in(who).send(f"/bookings/{talk.handle}/{verb}").status == status
    assert kept(talk.id).version == talk.version


def test_a_quota_that_is_used_up_takes_the_press_away(booked, signed_in, demo_app, clock):
    meeting = booked(ANN, "VZ-104", f"{TODAY}T10:00", "11:00", attendees=4)
    clock.instant = at(f"{TODAY}T10:05")
    ann = signed_in(ANN)
    assert f"{MORE} 11:15" in offered(ann.open(f"/bookings/{meeting.handle}"))
    with demo_app.test_request_context():
        wish = QuotaWish("person", None, "meeting_room", "hours", "day", 1)
        add_quota(wish, person_by_username(FARID), NOW, reason="Fair use.")
    assert f"{MORE} 11:15" not in offered(ann.open(f"/bookings/{meeting.handle}"))


def test_nobody_waits_for_a_word_while_people_sit_there(booked, signed_in, kept, clock):
    """A room that an association asked for, and was given."""
    meeting = booked(KAAT, "VZ-001", f"{TODAY}T10:00", "11:00", attendees=4)
    gerda = signed_in(GERDA)
    gerda.send(f"/bookings/{meeting.handle}/approve")
    clock.instant = at(f"{TODAY}T10:05")
    kaat = signed_in(KAAT)
    kaat.send(f"/bookings/{meeting.handle}/check-in")
    assert offered(kaat.open(f"/bookings/{meeting.handle}")) == ["Leave early"]
    kaat.send(f"/bookings/{meeting.handle}/longer", wished="11:15")
    assert (kept(meeting.id).status, kept(meeting.id).during.end) == ("checked_in", at(f"{TODAY}T11:00"))
