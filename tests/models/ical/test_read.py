"""What was written is read back; what is no booking is refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.ical.event import Event, Mailbox, Recurring
from models.ical.read import read_events
from tests.models.ical.agenda import at, event, feed

INSTANTS = st.one_of(
    st.integers(0, 20 * 365 * 24 * 4).map(lambda n: datetime(2020, 1, 1, tzinfo=UTC) + n * timedelta(minutes=15)),
    st.integers(-16, 16).map(lambda n: datetime(2027, 10, 31, 1, tzinfo=UTC) + n * timedelta(minutes=15)),
    st.integers(-16, 16).map(lambda n: datetime(2027, 3, 28, 1, tzinfo=UTC) + n * timedelta(minutes=15)),
)
WORDS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=90)
ADDRESSES = st.from_regex(r"[a-z'+%.é]{1,20}@[a-z]{1,10}\.example", fullmatch=True)
REPLIES = st.sampled_from(["needs-action", "accepted", "declined", "tentative"])
MAILBOXES = st.builds(Mailbox, ADDRESSES, WORDS, REPLIES)
RULES = st.sampled_from(["FREQ=WEEKLY;COUNT=4", "FREQ=MONTHLY;UNTIL=20300101T080000Z;BYDAY=-1MO"])
SERIES = st.builds(Recurring, RULES, st.lists(INSTANTS, max_size=5, unique=True).map(sorted).map(tuple))
EVENTS = st.builds(
    lambda length, **others: Event(end=others["start"] + length, **others),
    length=st.integers(1, 200).map(lambda n: n * timedelta(minutes=15)),
    start=INSTANTS,
    uid=WORDS,
    summary=WORDS,
    status=st.sampled_from(["confirmed", "tentative", "cancelled"]),
    sequence=st.integers(0, 99),
    changed_at=INSTANTS,
    created_at=INSTANTS,
    location=st.none() | WORDS,
    description=st.none() | WORDS,
    recurrence=st.none() | SERIES,
    recurrence_id=st.none() | INSTANTS,
    organiser=st.none() | MAILBOXES.map(lambda who: Mailbox(who.address, who.name)),
    attendees=st.lists(MAILBOXES, max_size=3).map(tuple),
    url=st.none() | st.just("https://x.example/b/1?a=1;b=2,3"),
    classification=st.sampled_from(["PUBLIC", "PRIVATE", "CONFIDENTIAL"]),
)


@given(EVENTS, st.sampled_from(["Europe/Brussels", "America/Santiago", "Asia/Tokyo", "UTC"]))
def test_an_event_comes_back_as_it_was_written(written, key):
    assert read_events(feed(written, zone=ZoneInfo(key))) == (written,)


def test_a_file_gives_its_events_in_its_own_order():
    series = event(at("2027-03-14 09:00"), recurrence=Recurring("FREQ=WEEKLY;COUNT=4"))
    changed = event(at("2027-03-28 14:00"), recurrence_id=at("2027-03-28 09:00"))
    assert read_events(feed(changed, series)) == (series, changed)


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (b"UID:overleg@trefpunt\r\n", b"", "without a UID"),  # whose?
        (b"DTSTART;TZID=Europe/Brussels:20270503T090000", b"DTSTART;VALUE=DATE:20270503", "no instant"),  # a whole day
        (
            b"DTSTART;TZID=Europe/Brussels:20270503T090000",
            b"DTSTART:20270503T090000",
            "no instant",
        ),  # nine o'clock where?
        (b"DTSTART;TZID=Europe/Brussels:20270503T090000", b"DTSTART:gisteren", "date"),
        (b"DTEND;TZID=Europe/Brussels:20270503T100000\r\n", b"", "no instant"),
        (
            b"DTEND;TZID=Europe/Brussels:20270503T100000",
            b"DTEND;TZID=Europe/Brussels:20270503T080000",
            "before it starts",
        ),
        (b"STATUS:CONFIRMED", b"STATUS:MISSCHIEN", "STATUS is none of"),  # does it take place?
        (b"BEGIN:VCALENDAR", b"Beste,", "Beste"),
    ],
)
def test_what_tells_no_instants_or_words_of_its_own_is_refused(old, new, why):
    octets = feed(event(at("2027-05-03 09:00")))
    assert old in octets
    with pytest.raises(ValueError, match=why):
        read_events(octets.replace(old, new, 1))
