"""The queue of requests: what each row tells, one press to approve, a reason to decline, many at once."""

from __future__ import annotations

import pytest

from tests.blueprints.booking.reading import values_of
from tests.cast import ANN, ELS, FARID, GERDA, HUGO, KAAT, LIEN, MARC

TUESDAY = "2027-03-09"
QUEUE = "/approvals"


@pytest.fixture
def ask_for(booked):
    def ask_it(start: str = "14:00", end: str = "16:00", who: str = KAAT, day: str = TUESDAY, **more):
        return booked(who, "VZ-001", f"{day}T{start}", end, **{"attendees": 14, "title": "Rehearsal", **more})

    return ask_it


def row(page, booking) -> str:
    return " ".join(page.soup.find(id=f"booking-{booking.handle}").get_text(" ").split())


def reasons(page, booking):
    """The prepared reasons of a row, as code and sentence."""
    buttons = page.soup.find(id=f"booking-{booking.handle}").select("button[name=prepared]")
    return {each["value"]: " ".join(each.get_text().split()) for each in buttons}


def test_a_row_tells_who_how_many_where_when_and_until_when_it_keeps_its_place(signed_in, ask_for):
    asked = ask_for(note="We bring our drums.")
    line = row(signed_in(GERDA).open(QUEUE), asked)
    for words in (
        "Rehearsal",
        "Tuesday 9 March, 14:00–16:00",
        "De Rupel",
        "VZ-001",
        "14 people",
        "Secretaris Harmonie",
        "(Association)",
        "We bring our drums.",
        "Asked: Today.",
        "Friday 5 March at 17:00",
    ):
        assert words in line, words
    assert "In the evening" not in line
    assert "Also asked" not in line


def test_a_row_tells_of_the_evening_its_warnings_other_words_and_of_who_else_asks(signed_in, ask_for):
    evening = ask_for("17:00", "20:00", attendees=3, key_holder=MARC)
    other = ask_for("14:00", "15:00", who=LIEN)
    page = signed_in(GERDA).open(QUEUE)
    line = row(page, evening)
    for words in (
        "In the evening; key holder: Concierge",
        "at least 4 people",
        "Also asked for that day: 14:00–15:00.",
        "Facility manager too",
    ):
        assert words in line, words
    assert "Also asked for that day: 17:00–20:00." in row(page, other)
    assert "(Resident)" in row(page, other)


def test_a_place_that_is_soon_given_back_stands_out(signed_in, ask_for, clock):
    asked = ask_for()
    clock.instant = asked.hold_until.replace(hour=8)
    page = signed_in(GERDA).open(QUEUE)
    assert "Keeps its place until today at 17:00" in page.soup.select_one(".badge-warn").get_text()


def test_requests_stand_in_turn(signed_in, ask_for):
    resident, association = ask_for("09:00", "10:00", who=LIEN), ask_for("11:00", "12:00")
    page = signed_in(GERDA).open(QUEUE)
    assert [each["id"] for each in page.soup.select(".request")] == [
        f"booking-{association.handle}",
        f"booking-{resident.handle}",
    ]


def test_one_press_approves_and_one_prepared_reason_declines(signed_in, ask_for, kept):
    first, second = ask_for("09:00", "10:00"), ask_for("11:00", "12:00")
    gerda = signed_in(GERDA)
    page = gerda.open(QUEUE)
    assert gerda.press(page.form(f"/bookings/{first.handle}/approve")).location == QUEUE
    code, sentence = next(iter(reasons(page, second).items()))
    form = page.form(f"/bookings/{second.handle}/decline")
    sent = gerda.send(form["action"], **values_of(form), prepared=code)
    assert sent.location == QUEUE
    assert [kept(each.id).status for each in (first, second)] == ["confirmed", "declined"]
    assert sentence in signed_in(KAAT).open(f"/bookings/{second.handle}").text  # in words, not as the code it is
    assert code not in signed_in(KAAT).open(f"/bookings/{second.handle}").source
    assert sentence in gerda.follow(sent).text  # among the lately declined


def test_several_are_approved_at_once_and_what_could_not_be_is_said(signed_in, ask_for, kept):
    requests = [ask_for(f"{hour:02}:00", f"{hour:02}:30") for hour in (9, 11, 13)]
    gerda = signed_in(GERDA)
    gerda.send(f"/bookings/{requests[2].handle}/decline", reason="The council meets")
    sent = gerda.send(QUEUE, booking=[each.handle for each in requests], verb="approve")
    page = gerda.follow(sent)
    assert "2 requests approved." in page.text
    assert "De Rupel, Tuesday 9 March, 13:00–13:30: This is no longer possible for this booking." in page.text
    assert [kept(each.id).status for each in requests] == ["confirmed", "confirmed", "declined"]


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"prepared": "tell_us_more"}, "tell_us_more"),
        ({"reason": "The council meets"}, "The council meets"),
        ({"prepared": "tell_us_more", "reason": " The council meets "}, "The council meets"),
    ],
)
def test_several_are_declined_at_once_with_one_reason(given, reason, signed_in, ask_for, kept):
    requests = [ask_for("09:00", "10:00"), ask_for("11:00", "12:00")]
    gerda = signed_in(GERDA)
    sent = gerda.send(QUEUE, booking=[each.handle for each in requests], verb="decline", **given)
    assert "2 requests declined." in gerda.follow(sent).text
    assert [(kept(each.id).status, kept(each.id).status_reason) for each in requests] == [("declined", reason)] * 2


def test_a_word_that_is_only_one_of_two_is_said_to_be_so(signed_in, ask_for, kept):
    evenings = [ask_for("17:00", "20:00", day=day, key_holder=MARC) for day in (TUESDAY, "2027-03-11")]
    for who, said in (
        (GERDA, "2 requests have your word; somebody else's is still awaited."),
        (FARID, "2 requests approved."),
    ):
        reader = signed_in(who)
        assert said in reader.follow(reader.send(QUEUE, booking=[e.handle for e in evenings], verb="approve")).text
    assert {kept(each.id).status for each in evenings} == {"confirmed"}


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"verb": "approve"}, "Tick at least one request."),
        ({"verb": "decline", "reason": "no"}, "Tick at least one"),
        ({"verb": "decline", "ticked": True}, "Why not?: Give a reason"),
        ({"verb": "decline", "ticked": True, "prepared": "made_up"}, "Why not?: Give a reason"),
        ({"verb": "decline", "ticked": True, "reason": "x" * 2001}, "Or in your own words: "),
        ({"verb": "sell", "ticked": True}, "Waiting for your approval"),
        ({"ticked": True}, "Waiting for your approval"),
        ({"verb": "approve", "booking": ["x", "-1", "٣", "9" * 40]}, "Tick at least one request."),
    ],
)
def test_a_form_that_says_too_little_decides_nothing_and_keeps_what_was_ticked(sent, said, signed_in, ask_for, kept):
    requests = [ask_for("09:00", "10:00"), ask_for("11:00", "12:00")]
    ticked = {"booking": [requests[0].handle]} if sent.pop("ticked", False) else {}
    page = signed_in(GERDA).send(QUEUE, **ticked, **sent)
    assert page.status == 400
    assert said in page.text
    assert [each["value"] for each in page.soup.select("[name=booking][checked]")] == [
        str(each) for each in ticked.get("booking", [])
    ]
    assert {kept(each.id).status for each in requests} == {"pending"}


def test_all_are_ticked_without_a_script(signed_in, ask_for):
    ask_for("09:00", "10:00"), ask_for("11:00", "12:00")
    gerda = signed_in(GERDA)
    page = gerda.open(gerda.open(QUEUE).link("Tick all").partition("#")[0])
    assert len(page.soup.select("[name=booking][checked]")) == 2
    assert not gerda.open(page.link("Tick none").partition("#")[0]).soup.select("[name=booking][checked]")


def test_another_deciders_request_cannot_be_decided_with_the_rest(signed_in, booked, ask_for, kept):
    mine, theirs = ask_for(), booked(ANN, "VZ-201", f"{TUESDAY}T14:00", "16:00", attendees=5)
    gerda = signed_in(GERDA)
    gerda.send(QUEUE, booking=[mine.handle, theirs.handle], verb="approve")
    assert [kept(each.id).status for each in (mine, theirs)] == ["confirmed", "pending"]
    assert (
        "None of these waits for you" in gerda.follow(gerda.send(QUEUE, booking=[theirs.handle], verb="approve")).text
    )
    assert signed_in(ANN).send(QUEUE, booking=[theirs.handle], verb="approve").status == 303
    assert kept(theirs.id).status == "pending"


def test_the_row_of_a_secret_request_has_place_time_number_and_moment_and_no_more(signed_in, booked):
    asked = booked(ELS, "VZ-201", f"{TUESDAY}T14:00", "16:00", attendees=14, title="Case Peeters", note="Peeters again")
    page = signed_in(HUGO).open(QUEUE)
    line = row(page, asked)
    assert "Busy" in line
    assert "14 people" in line
    assert "Keeps its place until" in line
    for secret in ("Peeters", "Hoofdmaatschappelijk", "Sociaal Huis", "OCMW"):
        assert secret not in page.source, secret


def test_a_request_lapses_on_its_own_page_too(signed_in, ask_for):
    asked = ask_for()
    for who in (KAAT, GERDA):
        assert (
            "It keeps its place until Friday 5 March at 17:00." in signed_in(who).open(f"/bookings/{asked.handle}").text
        )
