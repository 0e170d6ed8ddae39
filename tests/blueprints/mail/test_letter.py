"""What a letter says and to whom, and the invitation in it as calendar programs read it."""

from __future__ import annotations

from datetime import UTC, timedelta

import icalendar
import pytest
from sqlalchemy import text

from models.actions.bookings.cancel import cancel
from models.actions.bookings.change import change
from models.actions.bookings.decide import approve, decline
from models.tables.db import db
from tests.cast import ANN, BRAM, BRUSSELS, CHRIS, DORA, ELS, FARID, HUGO, INES, at
from tests.models.ical.judges import JUDGES

pytestmark = pytest.mark.usefixtures("colleagues")

MONDAY = "2027-03-08"
ADDRESS = "medewerker.burgerzaken.01@gemeente.example.org"


@pytest.fixture(autouse=True)
def everyone_reads_english(town):
    """English is the language of the sources: what these tests read stands in no other file."""
    speak(town, "en")


def speak(town, language):
    with town.app.app_context():
        db.session.execute(text("UPDATE person SET language = :language"), {"language": language})
        db.session.commit()


def words(letter):
    return letter.get_body(("plain",)).get_content()


def calendar(letter):
    (part,) = (each for each in letter.walk() if each.get_content_type() == "text/calendar")
    return part


def events(letter):
    read = icalendar.Calendar.from_ical(calendar(letter).get_content())
    assert read["METHOD"] == calendar(letter).get_param("method")
    return read.walk("VEVENT")


def test_a_booking_is_told_with_what_where_and_when_in_the_name_of_the_organisation(town):
    (booking,) = town.book(ANN, "VZ-103", f"{MONDAY}T09:00", "10:00", attendees=6, title="Teamoverleg")
    (letter,) = town.post()
    assert letter["To"].addresses[0].addr_spec == ADDRESS
    assert str(letter["From"]) == "Municipality of Vaartbeke <trefpunt@localhost>"  # that of TREFPUNT_MAIL_FROM
    assert letter["Reply-To"] == "onthaal@gemeente.example.org"  # as it stands in organisations.csv
    assert letter["Subject"] == "Booked: De Brug (VZ-103), Monday 8 March, 09:00–10:00"
    assert letter["Auto-Submitted"] == "auto-generated"
    for line in (
        "What: Teamoverleg",
        "Where: De Brug (VZ-103)",
        "When: Monday 8 March, 09:00–10:00",
        f"http://localhost/bookings/{booking.handle}",
        "Municipality of Vaartbeke",
        "+32 3 000 00 00",
    ):
        assert line in words(letter).splitlines()


def test_it_invites_the_recipient_to_what_they_already_have(town):
    (booking,) = town.book(ANN, "VZ-103", f"{MONDAY}T09:00", "10:00", attendees=6, title="Teamoverleg")
    (letter,) = town.post()
    assert (calendar(letter).get_param("method"), calendar(letter).get_content_charset()) == ("REQUEST", "utf-8")
    (event,) = events(letter)
    assert (event["UID"], event["SEQUENCE"], event["STATUS"]) == (booking.uid, 0, "CONFIRMED")
    assert (event["ORGANIZER"], event["ATTENDEE"]) == ("mailto:trefpunt@localhost", f"mailto:{ADDRESS}")
    assert event["ATTENDEE"].params["PARTSTAT"] == "ACCEPTED"
    assert "RSVP" not in event["ATTENDEE"].params


def test_a_move_asks_again_with_a_higher_sequence_and_a_cancellation_cancels(town):
    (booking,) = town.book(ANN, "VZ-103", f"{MONDAY}T09:00", "10:00", attendees=6)
    for minutes, action in (
        (1, lambda *who: change(booking.id, {"start": at(f"{MONDAY}T11:00"), "end": at(f"{MONDAY}T12:00")}, *who)),
        (2, lambda *who: cancel(booking.id, *who)),
    ):
        town.work()
        town.clock.instant += timedelta(minutes=minutes)
        with town.acting(ANN) as (ann, now):
            action(ann, now)
    booked, moved, cancelled = letters = town.post()
    assert {each["References"] for each in letters} == {f"<{booking.uid}@trefpunt>"}  # one conversation
    assert [calendar(each).get_param("method") for each in (booked, moved, cancelled)] == [
        "REQUEST",
        "REQUEST",
        "CANCEL",
    ]
    assert [events(each)[0]["SEQUENCE"] for each in (booked, moved, cancelled)] == [0, 1, 2]
    assert {events(each)[0]["UID"] for each in (booked, moved, cancelled)} == {booking.uid}
    assert events(moved)[0]["DTSTART"].dt.astimezone(UTC) == at(f"{MONDAY}T11:00")
    assert events(cancelled)[0]["STATUS"] == "CANCELLED"
    assert [each["Subject"].partition(":")[0] for each in (booked, moved, cancelled)] == [
        "Booked",
        "Changed",
        "Cancelled",
    ]


def test_a_request_is_tentative_until_the_word_of_who_decides(town):
    asked, other = (
        town.book(ANN, "VZ-201", f"{MONDAY}T{start}", end, attendees=6)[0]
        for start, end in (("09:00", "10:00"), ("13:00", "14:00"))
    )
    assert [events(each)[0]["STATUS"] for each in town.post("Asked for")] == ["TENTATIVE"] * 2
    town.clock.instant += timedelta(minutes=1)
    with town.acting(HUGO) as (hugo, now):
        approve(asked.id, hugo, now)
        decline(other.id, hugo, now, "De raad vergadert dan.")
    (approved,) = town.post("Approved")
    (declined,) = town.post("Declined")
    assert (events(approved)[0]["STATUS"], calendar(declined).get_param("method")) == ("CONFIRMED", "CANCEL")
    assert "Why: De raad vergadert dan." in words(declined).splitlines()


@pytest.mark.parametrize("judge", JUDGES)
def test_a_series_is_told_in_one_letter_with_one_event_that_repeats(town, judge):
    town.book(DORA, "VZ-103", "2027-03-23T09:00", "10:00", attendees=6)
    town.clock.instant += timedelta(minutes=1)
    town.book(
        ANN,
        "VZ-103",
        "2027-03-16T09:00",
        "10:00",
        attendees=6,
        title="Teamoverleg",
        recurrence="FREQ=WEEKLY;COUNT=4",
        on_conflict="skip",
    )
    letter = town.post()[-1]
    assert letter["Subject"] == "Booked: De Brug (VZ-103), 3 dates from Tuesday 16 March, 09:00–10:00"
    dates = [line for line in words(letter).splitlines() if line.startswith("- ")]
    assert dates == [f"- {day}, 09:00–10:00" for day in ("Tuesday 16 March", "Tuesday 30 March", "Tuesday 6 April")]
    seen = judge(calendar(letter).get_payload(decode=True))
    assert [f"{each.start.astimezone(BRUSSELS):%m-%d %H:%M}" for each in seen] == [
        "03-16 09:00",
        "03-30 09:00",
        "04-06 09:00",
    ]


@pytest.mark.parametrize("judge", JUDGES)
def test_each_change_of_a_series_is_told_with_the_whole_of_it(town, judge):
    dates = town.book(ANN, "VZ-103", "2027-03-09T09:00", "10:00", attendees=6, recurrence="FREQ=WEEKLY;COUNT=4")
    steps = (
        lambda *who: cancel(dates[1].id, *who),
        lambda *who: change(dates[2].id, {"start": at("2027-03-23T14:00"), "end": at("2027-03-23T15:00")}, *who),
    )
    for step in steps:
        town.work()
        town.clock.instant += timedelta(minutes=1)
        with town.acting(ANN) as (ann, now):
            step(ann, now)
    booked, cancelled, moved = town.post()
    assert [calendar(each).get_param("method") for each in (booked, cancelled, moved)] == ["REQUEST"] * 3
    assert [{event["SEQUENCE"] for event in events(each)} for each in (booked, cancelled, moved)] == [{0}, {1}, {2}]
    assert "RRULE" in events(moved)[0]
    assert events(moved)[1]["URL"].endswith(dates[2].handle)  # its own, not that of the first date
    seen = [judge(calendar(each).get_payload(decode=True)) for each in (cancelled, moved)]
    assert [[f"{each.start.astimezone(BRUSSELS):%m-%d %H:%M}" for each in whole] for whole in seen] == [
        ["03-09 09:00", "03-23 09:00", "03-30 09:00"],
        ["03-09 09:00", "03-23 14:00", "03-30 09:00"],
    ]


def test_a_letter_that_comes_late_brings_nothing_back_that_is_cancelled(town):
    dates = town.book(ANN, "VZ-103", "2027-03-09T09:00", "10:00", attendees=6, recurrence="FREQ=WEEKLY;COUNT=3")
    (alone,) = town.book(ANN, "VZ-103", "2027-03-10T09:00", "10:00", attendees=6)
    for action in (lambda *who: cancel(dates[0].id, *who, scope="all"), lambda *who: cancel(alone.id, *who)):
        town.clock.instant += timedelta(minutes=1)
        with town.acting(ANN) as (ann, now):
            action(ann, now)
    letters = town.post()
    assert len(letters) == 4
    for letter in letters:
        (event,) = events(letter)
        assert calendar(letter).get_param("method") == "CANCEL"
        assert (event["STATUS"], "RECURRENCE-ID" in event) == ("CANCELLED", False)
    assert {str(events(each)[0]["SEQUENCE"]) for each in letters} == {"1", "3"}  # of the series, one for each date


def test_a_booking_handed_on_leaves_one_calendar_and_comes_into_the_other(town):
    (booking,) = town.book(ANN, "VZ-103", f"{MONDAY}T09:00", "10:00", attendees=6, title="Teamoverleg")
    town.clock.instant += timedelta(minutes=1)
    with town.acting(ANN) as (ann, now):
        change(booking.id, {"on_behalf_of": BRAM}, ann, now)
    had, has = town.post("Handed on")[0], town.post("Yours from now on")[0]
    assert [(each["To"].addresses[0].username, calendar(each).get_param("method")) for each in (had, has)] == [
        (ANN, "CANCEL"),
        (BRAM, "REQUEST"),
    ]
    assert [(event["UID"], event["SEQUENCE"], event["STATUS"]) for each in (had, has) for event in events(each)] == [
        (booking.uid, 1, "CANCELLED"),
        (booking.uid, 1, "CONFIRMED"),
    ]
    assert "It goes out of your calendar." in words(had)
    assert "From now on it is yours." in words(has)
    assert len(town.post()) == 3  # Ann's own, of when she booked, is the third


@pytest.mark.parametrize("judge", JUDGES)
def test_dates_of_a_series_handed_on_leave_one_calendar_and_come_into_the_other_with_all_that_are_theirs(town, judge):
    dates = town.book(ANN, "VZ-103", "2027-03-09T09:00", "10:00", attendees=6, recurrence="FREQ=WEEKLY;COUNT=4")
    starts = [each.during.start for each in dates]
    for number, scope in ((1, "this"), (2, "following"), (0, "this")):
        town.work()
        town.clock.instant += timedelta(minutes=1)
        with town.acting(ANN) as (ann, now):
            change(dates[number].id, {"on_behalf_of": BRAM}, ann, now, scope=scope)
    gone, come = town.post("Handed on"), town.post("Yours from now on")
    assert [len([line for line in words(each).splitlines() if line.startswith("- ")]) for each in come] == [0, 2, 0]

    def left(letter):
        return sorted(each.start.astimezone(UTC) for each in judge(calendar(letter).get_payload(decode=True)))

    assert [left(each) for each in gone[:2]] == [[starts[0], *starts[2:]], starts[:1]]
    assert calendar(gone[2]).get_param("method") == "CANCEL"  # nothing is left of it
    assert [left(each) for each in come] == [[starts[1]], starts[1:], starts]


@pytest.mark.parametrize(
    ("who", "space", "service", "organisation"),
    [
        (DORA, "SK-05", "OCMW-SCH", "Public Centre for Social Welfare Vaartbeke"),
        (INES, "SK-08", "CAW-SLA", "CAW Vaartstreek - Welfare House"),
        (FARID, "VZ-103", "GEM-HRM", "Municipality of Vaartbeke"),  # a meeting room, where the title is kept
    ],
)
def test_of_a_private_talk_no_part_of_a_letter_tells_more_than_time_and_space(town, who, space, service, organisation):
    secret = "Schuldbemiddeling Jan Peeters"
    (booking,) = town.book(
        who, space, f"{MONDAY}T10:00", "11:00", attendees=2, title=secret, note=secret, service=service
    )
    with town.acting(who) as (person, now):
        change(booking.id, {"start": at(f"{MONDAY}T10:15"), "end": at(f"{MONDAY}T11:15")}, person, now)
        cancel(booking.id, person, now)
    letters = town.post()
    assert len(letters) == 3
    for letter in letters:
        assert letter["From"].addresses[0].display_name == organisation
        assert "What: Talk" in words(letter).splitlines()
        (event,) = events(letter)
        assert event["SUMMARY"] == "Talk"
        assert not {"DESCRIPTION", "URL"} & set(event)
        everything = " ".join([*map(str, letter.values()), words(letter), calendar(letter).get_content()])
        for telling in (secret, "Jan", service, booking.visitor_code or secret, "/bookings/"):
            assert telling not in everything


@pytest.mark.parametrize(
    ("who", "to", "space", "service"), [(DORA, ELS, "SK-05", "OCMW-SCH"), (CHRIS, ANN, "SK-01", "GEM-BST")]
)
def test_of_a_private_talk_handed_on_neither_is_told_more_than_time_and_space(town, who, to, space, service):
    (booking,) = town.book(who, space, f"{MONDAY}T10:00", "10:30", attendees=2, title="Jan Peeters", service=service)
    with town.acting(who) as (person, now):
        change(booking.id, {"on_behalf_of": to}, person, now)
    assert len(town.post()) == 3
    for letter in (*town.post("Handed on"), *town.post("Yours from now on")):
        everything = " ".join([*map(str, letter.values()), words(letter), calendar(letter).get_content()])
        assert "What: Talk" in everything
        assert not any(telling in everything for telling in ("Jan", service, booking.visitor_code, "/bookings/"))


def test_each_reads_the_letter_in_their_own_language_as_far_as_we_speak_it(town):
    speak(town, "fr")
    town.book(DORA, "SK-05", f"{MONDAY}T10:00", "11:00", attendees=2, service="OCMW-SCH")
    (letter,) = town.post()
    assert letter["From"].addresses[0].display_name == "CPAS de Vaartbeke"
    assert "Entretien" in words(letter)
    assert events(letter)[0]["SUMMARY"] == "Entretien"
    assert "lundi 8 mars" in words(letter)
    speak(town, "xx")
    town.book(DORA, "SK-06", f"{MONDAY}T10:00", "11:00", attendees=2, service="OCMW-SCH")
    # A language that we do not speak: Dutch.
    assert any("maandag 8 maart" in words(letter) for letter in town.post())


def test_a_title_cannot_become_a_header(town):
    town.book(ANN, "VZ-103", f"{MONDAY}T09:00", "10:00", attendees=6, title="A: a@b.example\u2028Bcc: x@y.example")
    (letter,) = town.post()
    assert letter["Bcc"] is None
    assert len(letter["To"].addresses) == 1


def test_who_has_left_gets_no_mail_and_holds_up_nobody_elses(town):
    town.book(DORA, "VZ-103", f"{MONDAY}T09:00", "10:00", attendees=6)
    town.book(ANN, "VZ-104", f"{MONDAY}T09:00", "10:00", attendees=6)
    with town.app.app_context():
        db.session.execute(text("UPDATE person SET active = :no WHERE username = :who"), {"no": False, "who": DORA})
        db.session.commit()
    (letter,) = town.post()
    assert letter["To"].addresses[0].addr_spec == ADDRESS
    town.clock.instant += timedelta(days=1)
    assert len(town.post()) == 1
