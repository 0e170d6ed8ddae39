"""What the contract promises of a feed and of an invitation, word by word."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from models.ical.write import Event, Mailbox, Recurring, invitation
from tests.models.ical.agenda import BRUSSELS, at, event, feed, lines

JAN = Mailbox("jan@willebroek.example", "Jan Peeters")
RESERVATIONS = Mailbox("reservaties@willebroek.example", "Gemeente Willebroek")


def invite(*events: Event, method: str = "REQUEST") -> bytes:
    return invitation(events, method=method, zone=BRUSSELS, product_id="-//Trefpunt//NL")


def starting(octets: bytes, name: str) -> list[str]:
    return [line for line in lines(octets) if line.startswith(name)]


def test_a_feed_names_its_organisation_and_when_to_come_back():
    told = lines(feed(event(at("2027-05-03 09:00")), name="OCMW, Willebroek", refresh=timedelta(minutes=90)))
    assert told[:3] == ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Trefpunt//NL"]
    assert {
        r"NAME:OCMW\, Willebroek",
        r"X-WR-CALNAME:OCMW\, Willebroek",
        "REFRESH-INTERVAL;VALUE=DURATION:PT90M",
        "X-PUBLISHED-TTL:PT90M",
    } <= set(told)


def test_a_booking_tells_its_wall_time_and_its_own_history():
    booked = event(
        at("2027-05-03 09:00"),
        sequence=3,
        created_at=at("2027-01-02 08:00"),
        changed_at=at("2027-04-01 08:00"),
        location="VZ-101",
        url="https://x.example/bookings/1",
    )
    told = lines(feed(booked))
    assert told[told.index("BEGIN:VEVENT") :] == [
        "BEGIN:VEVENT",
        "UID:overleg@trefpunt",
        "SEQUENCE:3",
        "DTSTAMP:20270401T060000Z",
        "LAST-MODIFIED:20270401T060000Z",
        "CREATED:20270102T070000Z",
        "DTSTART;TZID=Europe/Brussels:20270503T090000",
        "DTEND;TZID=Europe/Brussels:20270503T100000",
        "STATUS:CONFIRMED",
        "CLASS:PUBLIC",
        "SUMMARY:Overleg",
        "LOCATION:VZ-101",
        "URL:https://x.example/bookings/1",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_a_changed_date_and_a_left_out_date_are_named_in_the_series_own_wall_time():
    series = event(at("2027-03-14 09:00"), recurrence=Recurring("FREQ=WEEKLY;COUNT=4", (at("2027-03-21 09:00"),)))
    told = feed(event(at("2027-03-28 14:00"), recurrence_id=at("2027-03-28 09:00")), series)
    assert starting(told, "EXDATE") == ["EXDATE;TZID=Europe/Brussels:20270321T090000"]
    assert starting(told, "RECURRENCE-ID") == ["RECURRENCE-ID;TZID=Europe/Brussels:20270328T090000"]
    assert lines(told).index("RRULE:FREQ=WEEKLY;COUNT=4") < lines(told).index(starting(told, "RECURRENCE-ID")[0])


@pytest.mark.parametrize(
    ("start", "end", "written"),
    [
        (at("2027-10-31 01:00"), at("2027-10-31 01:30"), ";TZID=Europe/Brussels:20271031T010000"),
        (at("2027-10-31 02:00"), at("2027-10-31 02:30"), ":20271031T000000Z"),  # first time
        (at("2027-10-31 02:00", second_time=True), at("2027-10-31 03:00"), ":20271031T010000Z"),  # second time
        (at("2027-10-31 01:30"), at("2027-10-31 02:00", second_time=True), ":20271030T233000Z"),  # with its end
        (at("2027-10-31 03:00"), at("2027-10-31 03:30"), ";TZID=Europe/Brussels:20271031T030000"),
    ],
)
def test_a_booking_that_touches_the_repeated_hour_is_written_in_utc(start, end, written):
    told = feed(event(start, end - start))
    assert starting(told, "DTSTART")[-1] == f"DTSTART{written}"
    assert starting(told, "DTEND")[0].endswith("Z") == written.endswith("Z")


def test_a_date_in_the_second_pass_of_the_repeated_hour_is_left_out_in_utc():
    twice = (at("2027-10-31 02:30"), at("2027-10-31 02:30", second_time=True))
    told = feed(event(at("2027-10-30 02:30"), recurrence=Recurring("FREQ=HOURLY;COUNT=90", twice)))
    assert starting(told, "EXDATE") == ["EXDATE;TZID=Europe/Brussels:20271031T023000", "EXDATE:20271031T013000Z"]


def test_a_town_in_utc_needs_no_zone():
    told = feed(event(datetime(2027, 5, 3, 9, tzinfo=UTC)), zone=ZoneInfo("Etc/UTC"))
    assert "DTSTART:20270503T090000Z" in lines(told)
    assert b"VTIMEZONE" not in told
    assert b"TZID" not in told


def test_a_feed_without_events_still_holds_a_component():
    assert "BEGIN:VTIMEZONE" in lines(feed())


def test_the_same_events_give_the_same_bytes_in_whatever_order():
    series = event(at("2027-03-14 09:00"), recurrence=Recurring("FREQ=WEEKLY;COUNT=4"))
    events = (
        series,
        event(at("2027-03-29 14:00"), recurrence_id=at("2027-03-28 09:00")),
        event(at("2027-03-22 14:00"), recurrence_id=at("2027-03-21 09:00")),
        event(at("2027-01-04 09:00"), uid="a"),
    )
    assert feed(*events) == feed(*reversed(events))


def test_a_title_cannot_smuggle_in_a_line_of_its_own():
    evil = "x\r\nSTATUS:CANCELLED\nATTENDEE:mailto:a@b\rURL:x\u2028y\x00\x07\x85\ud800"
    told = feed(
        event(
            at("2027-05-03 09:00"),
            summary=evil,
            location=evil,
            url="https://a/\r\nSTATUS:CANCELLED",
            organiser=Mailbox("a@b\r\nSTATUS:CANCELLED", 'x"\r\nSTATUS:CANCELLED'),
        )
    )
    assert starting(told, "STATUS") == ["STATUS:CONFIRMED"]
    assert starting(told, "ATTENDEE") == []
    assert starting(told, "SUMMARY") == [r"SUMMARY:x\nSTATUS:CANCELLED\nATTENDEE:mailto:a@b\nURL:x\ny"]
    assert starting(told, "ORGANIZER") == ['ORGANIZER;CN="x^\' STATUS:CANCELLED":mailto:a@b%0ASTATUS%3ACANCELLED']


def test_an_rrule_with_a_line_break_is_never_written():
    with pytest.raises(ValueError, match="a raw line break"):
        feed(event(at("2027-05-03 09:00"), recurrence=Recurring("FREQ=DAILY;COUNT=2\r\nSTATUS:CANCELLED")))


@pytest.mark.parametrize(
    "wrong",
    [
        {"start": datetime(2027, 5, 3, 9)},
        {"changed_at": datetime(2027, 5, 3, 9)},  # naive
        {"end": at("2027-05-03 08:00")},  # before its start
    ],
)
def test_an_event_refuses_times_that_mean_no_instant_or_run_backwards(wrong):
    with pytest.raises(ValueError, match="needs an aware instant|does not end before it starts"):
        replace(event(at("2027-05-03 09:00")), **wrong)


def test_an_invitation_asks_whoever_has_not_answered_to_answer():
    booked = event(
        at("2027-05-03 09:00"),
        organiser=RESERVATIONS,
        attendees=(JAN, Mailbox("an@willebroek.example", "An", "accepted")),
    )
    told = lines(invite(booked))
    assert "METHOD:REQUEST" in told
    assert 'ORGANIZER;CN="Gemeente Willebroek":mailto:reservaties@willebroek.example' in told
    assert (
        'ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;CN="Jan Peeters"'
        ":mailto:jan@willebroek.example"
    ) in told
    assert (
        'ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;CN="An":mailto:an@willebroek.example'
    ) in told


def test_a_cancellation_says_cancelled_and_asks_nothing():
    booked = event(at("2027-05-03 09:00"), organiser=RESERVATIONS, attendees=(JAN,), sequence=2)
    told = lines(invite(booked, method="CANCEL"))
    assert {"METHOD:CANCEL", "STATUS:CANCELLED", "SEQUENCE:2", "UID:overleg@trefpunt"} <= set(told)
    assert not any("RSVP" in line for line in told)


def test_an_invitation_is_no_calendar_to_subscribe_to():
    booked = event(at("2027-05-03 09:00"), organiser=RESERVATIONS, attendees=(JAN,))
    assert not any(line.startswith(("X-WR-CALNAME", "NAME", "REFRESH")) for line in lines(invite(booked)))


@pytest.mark.parametrize(
    "events",
    [
        (),
        (event(at("2027-05-03 09:00"), attendees=(JAN,)),),  # nobody to answer to
        (event(at("2027-05-03 09:00"), organiser=RESERVATIONS),),  # nobody to invite
        (
            event(at("2027-05-03 09:00"), organiser=RESERVATIONS, attendees=(JAN,)),
            event(at("2027-05-04 09:00"), organiser=RESERVATIONS, attendees=(JAN,), uid="b"),
        ),  # two bookings
    ],
)
def test_an_invitation_that_programs_would_drop_is_not_written(events):
    with pytest.raises(ValueError, match="an invitation"):
        invite(*events)


def test_a_published_calendar_lists_nobody_invited():
    booked = event(at("2027-05-03 09:00"), organiser=RESERVATIONS, attendees=(JAN,))
    told = feed(booked, method="PUBLISH")
    assert "METHOD:PUBLISH" in lines(told)
    assert starting(told, "ATTENDEE") == []
