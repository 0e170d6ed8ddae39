"""Whoever asks whether a calendar is another is told by one statement that it is not, for as long as that is so."""

from __future__ import annotations

import sqlite3
from datetime import timedelta

import pytest
from sqlalchemy import text, update

from models.actions.bookings.cancel import cancel
from models.actions.bookings.change import change
from models.actions.people.feeds import revoke_feeds
from models.tables.booking import Booking
from models.tables.db import db
from tests.cast import ANN, BRAM, CHRIS, DORA, FARID, INES

MONDAY = "2027-03-08"
OF_A_PERSON_OR_PLACE = ("mine", "space:VZ-101", "zone:Z1-VER")


@pytest.fixture
def asked_again(town, counted_queries):
    """The status of an address asked for with the tag it last had, and whether anything was asked of the database
    beyond the one statement."""

    def ask(address: str, tag: str, **more) -> tuple[int, bool]:
        with counted_queries() as counted:
            answer = town.get(address, If_None_Match=tag, **more)
        return answer.status_code, counted.number > 0

    return ask


@pytest.mark.parametrize(
    ("given", "is_it"),
    [
        ('"{tag}"', True),
        ('W/"{tag}"', True),  # a proxy that packs weakens it
        ('"{tag}-gzip"', True),  # or adds how it packed, as we do
        ('"{tag};br"', True),
        ('"another", "{tag}"', True),
        ("*", True),
        ('"another"', False),
        ("", False),
    ],
)
def test_the_tag_is_known_however_a_proxy_has_written_it(town, given, is_it):
    address = town.address(ANN)
    first = town.get(address)
    tag = first.headers["ETag"].strip('"')
    answer = town.get(address, If_None_Match=given.format(tag=tag))
    assert answer.status_code == (304 if is_it else 200)
    assert ("Content-Type" in answer.headers) is not is_it
    for name in ("Cache-Control", "X-Content-Type-Options", "Content-Security-Policy"):
        assert answer.headers[name] == first.headers[name], name
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert "Set-Cookie" not in answer.headers


def test_a_head_tells_of_the_text_without_writing_it(town, counted_queries):
    address = town.address(ANN)
    first = town.get(address)
    with counted_queries() as counted:
        answer = town.app.test_client().head(address)
    assert (answer.status_code, answer.data, counted.number) == (200, b"", 0)
    for name in ("ETag", "Content-Type", "Last-Modified"):
        assert answer.headers[name] == first.headers[name]


@pytest.mark.parametrize("scope", OF_A_PERSON_OR_PLACE)
def test_what_others_do_elsewhere_has_nothing_worked_out_again(town, asked_again, scope):
    town.book(ANN, "VZ-101", f"{MONDAY}T09:00", "10:00", attendees=4)
    address = town.address(ANN, scope)
    tag = town.get(address).headers["ETag"]
    (booking,) = town.book(INES, "SK-08", f"{MONDAY}T09:00", "10:00", attendees=2)
    assert asked_again(address, tag) == (304, False)
    with town.acting(INES) as (ines, now):
        change(booking.id, {"attendees": 1}, ines, now)
        cancel(booking.id, ines, now)
    assert asked_again(address, tag) == (304, False)


@pytest.mark.parametrize("scope", [*OF_A_PERSON_OR_PLACE, "floor:F1", "organisation:GEM", "public"])
def test_what_is_done_here_is_there_at_once(town, asked_again, scope):
    address = town.address(ANN, scope)
    tag = town.get(address).headers["ETag"]
    assert asked_again(address, tag) == (304, False)
    (booking,) = town.book(ANN, "VZ-101", f"{MONDAY}T09:00", "10:00", attendees=4, privacy="public", title="Een")
    news = town.get(address, If_None_Match=tag)
    assert (news.status_code, b"Een" in news.data) == (200, True)
    with town.acting(ANN) as (ann, now):
        change(booking.id, {"space": "VZ-103", "attendees": 3}, ann, now)
    tag = town.get(address, If_None_Match=news.headers["ETag"]).headers["ETag"]
    with town.acting(ANN) as (ann, now):
        cancel(booking.id, ann, now)
    assert (b"Een" in town.get(address, If_None_Match=tag).data) is False


def test_what_is_written_on_days_that_it_does_not_reach_has_nothing_worked_out_again(town, asked_again):
    """But for the dates of a series that goes on: it is written as a rule, which counts them all."""
    (alone,) = town.book(ANN, "VZ-101", f"{MONDAY}T09:00", "10:00", attendees=4)
    weekly = town.book(ANN, "VZ-101", f"{MONDAY}T11:00", "12:00", attendees=4, recurrence="FREQ=WEEKLY;COUNT=2")
    for booking, days_ago in ((alone, 200), (weekly[0], 140)):
        start, end = (each - timedelta(days=days_ago) for each in (booking.during.start, booking.during.end))
        write(town, booking.id, starts_at=start, ends_at=end)
    addresses = [town.address(ANN, scope) for scope in ("space:VZ-101", "floor:F1")]
    tags = [town.get(each).headers["ETag"] for each in addresses]
    write(town, alone.id, sequence=5)
    assert [asked_again(*each) for each in zip(addresses, tags, strict=True)] == [(304, False)] * 2
    write(town, weekly[0].id, sequence=5)
    assert [asked_again(*each)[0] for each in zip(addresses, tags, strict=True)] == [200] * 2


def write(town, booking_id: int, **values) -> None:
    with town.app.app_context():
        db.session.execute(update(Booking).where(Booking.id == booking_id).values(**values))
        db.session.commit()


def test_a_part_that_is_taken_is_news_for_the_whole_and_the_other_way_round(town):
    addresses = [town.address(BRAM, f"space:{space}") for space in ("VZ-101", "VZ-102", "VZ-101-102")]
    tags = [town.get(each).headers["ETag"] for each in addresses]
    town.book(ANN, "VZ-101-102", f"{MONDAY}T09:00", "10:00", attendees=20)
    news = [town.get(each, If_None_Match=tag) for each, tag in zip(addresses, tags, strict=True)]
    assert [each.status_code for each in news] == [200] * 3
    town.book(ANN, "VZ-101", f"{MONDAY}T11:00", "12:00", attendees=4)
    tags = [each.headers["ETag"] for each in news]
    again = [town.get(each, If_None_Match=tag).status_code for each, tag in zip(addresses, tags, strict=True)]
    assert again == [200, 304, 200]


@pytest.mark.parametrize(
    ("what_ends", "status"),
    [
        ("UPDATE person SET active = false WHERE username = '{who}'", 404),
        ("UPDATE feed SET revoked_at = created_at", 404),
        ("UPDATE person SET organisation_id = (SELECT id FROM organisation WHERE code = 'VER')", 404),
        ("UPDATE space SET name_nl = 'De Zee' WHERE code = 'VZ-101'", 200),
        ("UPDATE person SET language = 'fr' WHERE username = '{who}'", 200),
        ("UPDATE person SET preferred_equipment = 'x'", 304),  # nothing of theirs that shows
    ],
)
def test_what_ends_ends_at_once(town, what_ends, status):
    town.book(ANN, "VZ-101", f"{MONDAY}T10:00", "11:00", attendees=8)
    address = town.address(BRAM, "space:VZ-101")
    tag = town.get(address).headers["ETag"]
    with town.app.app_context():
        db.session.execute(text(what_ends.format(who=BRAM)))
        db.session.commit()
    assert town.get(address, If_None_Match=tag).status_code == status


def test_each_reader_is_answered_for_what_they_see_whoever_asked_before_them(town):
    """One talk that Chris coordinates, Dora sees as taken, and Ines, an outsider of its room, not at all."""
    town.book(ANN, "VZ-103", f"{MONDAY}T10:00", "11:00", attendees=2, title="Onder ons", privacy="title")
    readers = [(who, town.address(who, "organisation:GEM")) for who in (ANN, BRAM, CHRIS, DORA, INES)]
    alone = {who: town.get(address) for who, address in readers}
    for who, address in readers + readers[::-1]:
        for other, theirs in alone.items():
            answer = town.get(address, If_None_Match=theirs.headers["ETag"])
            assert answer.status_code == (304 if theirs.data == alone[who].data else 200), (who, other)
            assert answer.status_code == 304 or answer.data == alone[who].data
    assert len({each.data for each in alone.values()}) > 1


def test_a_day_later_the_text_is_worked_out_again_and_mostly_still_the_same(town, asked_again):
    town.book(ANN, "VZ-101", f"{MONDAY}T09:00", "10:00", attendees=4)
    address = town.address(ANN)
    tag = town.get(address).headers["ETag"]
    town.clock.instant += timedelta(days=1)
    assert asked_again(address, tag) == (304, True)
    assert asked_again(address, tag) == (304, False)


def gone(*_asked) -> None:
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR
    raise error


class Gone:
    driver_connection = None
    cursor = gone

    def close(self):
        pass


@pytest.mark.parametrize("connect", [gone, lambda _engine: Gone()], ids=["not to be reached", "lost"])
@pytest.mark.parametrize("method", ["HEAD", "GET"])
def test_a_database_that_is_gone_is_told_as_everywhere(town, monkeypatch, connect, method):
    address = town.address(ANN)
    tag = town.get(address).headers["ETag"]
    with town.app.app_context():
        monkeypatch.setattr(type(db.engine), "raw_connection", connect)
    for given in ({"If-None-Match": tag}, {}):
        answer = town.app.test_client().open(address, method=method, headers=given)
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")


@pytest.mark.parametrize("method", ["HEAD", "GET"])
def test_no_header_tells_whether_it_had_to_be_worked_out_again(town, asked_again, method):
    """Of what is public any booking has that done: whoever reads it would count what others book."""
    address = town.address(FARID, "public")
    tag = town.get(address).headers["ETag"]
    asked = {"method": method, "headers": {"If-None-Match": tag if method == "GET" else ""}}

    def told() -> tuple[int, list[tuple[str, str]]]:
        answer = town.app.test_client().open(address, **asked)
        return answer.status_code, [each for each in answer.headers if each[0] != "X-Request-ID"]

    at_once = told()
    town.book(BRAM, "VZ-102", f"{MONDAY}T09:00", "10:00")
    assert told() == at_once
    assert asked_again(address, tag) == (304, False)


def test_a_revoked_address_is_gone_for_whoever_has_its_tag(town):
    address = town.address(ANN)
    tag = town.get(address).headers["ETag"]
    with town.acting(ANN) as (ann, now):
        revoke_feeds(ann.id, now)
        db.session.commit()
    assert town.get(address, If_None_Match=tag).status_code == 404
