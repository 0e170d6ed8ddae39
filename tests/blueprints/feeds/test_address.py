"""An address is a key: it opens one calendar for whoever has it, until it is revoked, and keeps no trace of itself."""

from __future__ import annotations

import gzip
from datetime import timedelta

import pytest
from sqlalchemy import text

from blueprints.feeds import writing
from models.actions.bookings.cancel import cancel
from models.actions.bookings.change import change
from models.actions.people.feeds import make_feed, revoke_feed
from models.queries import feeds as queries
from models.queries.feeds import feeds_of
from models.rules.refusals import BadRequest, NotFound
from models.tables.db import db
from models.tables.outage import Busy
from tests.cast import ANN, BRAM, CHRIS, DORA, INES, at

MONDAY = "2027-03-08"


def test_it_is_a_calendar_in_the_name_of_the_organisation_and_asks_for_no_cookie(town):
    town.book(INES, "SK-08", f"{MONDAY}T10:00", "11:00", attendees=2)
    answer = town.get(town.address(INES))
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert answer.headers["Cache-Control"] == "private"
    assert "Set-Cookie" not in answer.headers
    lines = answer.data.replace(b"\r\n ", b"").decode().split("\r\n")
    for name in ("NAME:", "X-WR-CALNAME:"):
        assert any(line.startswith(f"{name}CAW Vaartstreek - Welzijnshuis") for line in lines)
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT30M" in lines
    assert all(len(line) <= 75 for line in answer.data.split(b"\r\n"))


def test_a_feed_without_bookings_is_a_calendar_too(town):
    assert town.get(town.address(ANN)).data.endswith(b"END:VTIMEZONE\r\nEND:VCALENDAR\r\n")


@pytest.mark.parametrize("address", ["/feeds/wrong.ics", f"/feeds/{'x' * 43}.ics", "/feeds/é.ics", "/feeds/a/b.ics"])
def test_a_wrong_address_is_not_found(town, address):
    answer = town.get(address)
    assert answer.status_code == 404
    assert "Set-Cookie" not in answer.headers or address == "/feeds/a/b.ics"


def test_a_revoked_address_opens_nothing_and_only_its_owner_can_revoke_it(town):
    with town.acting(ANN) as (ann, now):
        made = make_feed("mine", None, ann, now)
    with town.acting(BRAM) as (bram, now), pytest.raises(NotFound):
        revoke_feed(made.id, bram, now)
    assert town.get(f"/feeds/{made.token}.ics").status_code == 200
    with town.acting(ANN) as (ann, now):
        revoke_feed(made.id, ann, now)
        assert feeds_of(ann.id) == []
        with pytest.raises(NotFound):
            revoke_feed(made.id, ann, now)
    assert town.get(f"/feeds/{made.token}.ics").status_code == 404


def test_the_address_of_somebody_who_left_opens_nothing(town):
    address = town.address(ANN)
    with town.app.app_context():
        db.session.execute(text("UPDATE person SET active = :no WHERE username = :who"), {"no": False, "who": ANN})
        db.session.commit()
    assert town.get(address).status_code == 404


def test_the_database_keeps_no_token(town):
    token = town.address(ANN).removeprefix("/feeds/").removesuffix(".ics")
    assert len(token) >= 43  # 256 bits
    with town.app.app_context():
        assert token not in repr(db.session.execute(text("SELECT * FROM feed")).all())
        assert token not in repr(db.session.execute(text("SELECT * FROM audit_entry")).all())


def test_last_use_is_shown_and_written_at_most_once_in_five_minutes(town):
    address = town.address(ANN)
    start, seen = town.clock.instant, []
    for minutes in (0, 4, 5, 9, 30):
        town.clock.instant = start + timedelta(minutes=minutes)
        town.get(address)
        with town.acting(ANN) as (ann, _now):
            seen.append((feeds_of(ann.id)[0].last_used_at - start) // timedelta(minutes=1))
    assert seen == [0, 0, 5, 5, 30]


def test_an_unchanged_feed_is_not_sent_again_and_a_changed_one_is(town):
    (booking,) = town.book(ANN, "VZ-101", f"{MONDAY}T09:00", "10:00", attendees=8, title="Overleg")
    address = town.address(ANN)
    town.clock.instant += timedelta(minutes=10)
    first = town.get(address)
    tags = {"If_None_Match": first.headers["ETag"]}
    dates = {"If_Modified_Since": first.headers["Last-Modified"]}
    assert first.headers["ETag"].startswith('"')
    town.clock.instant += timedelta(hours=1)
    for headers in (tags, tags | dates):
        again = town.get(address, **headers)
        assert (again.status_code, again.data) == (304, b"")
        assert (again.headers["ETag"], again.headers["Cache-Control"]) == (first.headers["ETag"], "private")
    with town.acting(ANN) as (ann, now):
        change(booking.id, {"title": "Teamoverleg"}, ann, now)
    for headers in (tags, dates, tags | dates):
        assert town.get(address, **headers).status_code == 200


@pytest.mark.parametrize(
    ("scope", "change_of_mind"),
    [
        ("space:SK-01", "UPDATE organisation SET feed_detail_inside = 'busy'"),
        ("space:SK-01", "UPDATE person SET language = 'fr'"),
        ("space:SK-01", "UPDATE space SET name_nl = 'De Zee'"),
        ("service:GEM-BEV", "DELETE FROM person_role WHERE role = 'counter_coordinator'"),
    ],
)
def test_a_feed_is_news_when_what_it_may_tell_has_changed_though_no_booking_has(town, scope, change_of_mind):
    town.book(ANN, "SK-01", f"{MONDAY}T10:00", "11:00", attendees=2, service="GEM-BEV", privacy="title")
    address = town.address(CHRIS if scope.startswith("service") else BRAM, scope)
    tag = town.get(address).headers["ETag"]
    assert town.get(address, If_None_Match=tag).status_code == 304
    with town.app.app_context():
        db.session.execute(text(change_of_mind))
        db.session.commit()
    assert town.get(address, If_None_Match=tag).status_code == 200


def test_whoever_knows_no_more_than_a_date_gets_the_whole_feed_for_it_may_be_another(town):
    """All day Last-Modified is the same, so that it tells nobody when something changed in the house."""
    address = town.address(ANN)
    first = town.get(address)
    assert first.headers["Last-Modified"] == "Tue, 02 Mar 2027 23:00:00 GMT"
    assert town.get(address, If_Modified_Since=first.headers["Last-Modified"]).status_code == 200


def test_a_booking_moved_to_another_room_is_news_for_the_room_it_left(town):
    """No booking of that feed has changed: the newest change must not be sought among them."""
    (booking,) = town.book(ANN, "VZ-101", f"{MONDAY}T09:00", "10:00", attendees=8)
    address = town.address(BRAM, "space:VZ-101")
    town.clock.instant += timedelta(hours=1)
    seen = town.get(address)
    with town.acting(ANN) as (ann, now):
        change(booking.id, {"space": "VZ-103"}, ann, now)
    town.clock.instant += timedelta(minutes=1)
    answer = town.get(address, If_Modified_Since=seen.headers["Last-Modified"])
    assert answer.status_code == 200
    assert b"VEVENT" not in answer.data


def test_a_change_in_the_second_of_the_last_reading_is_not_missed(town):
    town.clock.instant = town.clock.instant.replace(microsecond=200_000)
    (booking,) = town.book(ANN, "VZ-101", f"{MONDAY}T09:00", "10:00", attendees=8, title="Een")
    address = town.address(ANN)
    seen = town.get(address)
    town.clock.instant = town.clock.instant.replace(microsecond=900_000)
    with town.acting(ANN) as (ann, now):
        change(booking.id, {"title": "Twee"}, ann, now)
    town.clock.instant += timedelta(seconds=5)
    assert town.get(address, If_Modified_Since=seen.headers["Last-Modified"]).status_code == 200


@pytest.mark.parametrize("scope", ["mine", "space:VZ-101", "organisation:GEM"])
def test_a_cancelled_booking_is_absent_from_that_moment_on(town, scope):
    (booking,) = town.book(ANN, "VZ-101", "2027-05-03T09:00", "10:00", attendees=8)
    address = town.address(ANN, scope)
    before = town.get(address)
    assert booking.uid.encode() in before.data
    with town.acting(ANN) as (ann, now):
        cancel(booking.id, ann, now)
    after = town.get(address, If_None_Match=before.headers["ETag"])
    assert after.status_code == 200
    assert b"BEGIN:VEVENT" not in after.data


def test_bookings_of_the_last_ninety_days_are_there_and_older_ones_are_not(town):
    town.book(ANN, "VZ-101", f"{MONDAY}T09:00", "10:00", attendees=8)
    address = town.address(ANN)
    for days, stays in ((90, True), (91, False)):
        town.clock.instant = at(f"{MONDAY}T12:00") + timedelta(days=days)
        assert (b"BEGIN:VEVENT" in town.get(address).data) is stays


def test_an_unknown_scope_or_detail_is_refused_by_name(town):
    with town.acting(DORA) as (dora, now):
        for scope, detail, field, code in (
            ("", None, "scope", "unknown_scope"),
            ("yours", None, "scope", "unknown_scope"),
            ("mine:VZ-101", None, "scope", "unknown_scope"),
            ("public:", None, "scope", "unknown_scope"),
            ("space", None, "scope", "unknown_scope"),
            ("space:", None, "scope", "unknown_scope"),
            ("space:XX-1", None, "scope", "unknown_code"),
            ("zone:VZ-101", None, "scope", "unknown_code"),
            ("mine", "everything", "detail", "unknown_choice"),
            ("mine", "", "detail", "unknown_choice"),
        ):
            with pytest.raises(BadRequest) as error:
                make_feed(scope, detail, dora, now)
            assert (error.value.field, error.value.code) == (field, code), scope
        assert feeds_of(dora.id) == []


def test_a_person_can_have_fifty_addresses(town):
    with town.acting(ANN) as (ann, now):
        for _ in range(50):
            make_feed("mine", None, ann, now)
        with pytest.raises(BadRequest) as error:
            make_feed("mine", None, ann, now)
    assert error.value.code == "too_many_feeds"


def test_reading_costs_the_same_number_of_queries_however_much_there_is_to_read(town, counted_queries):
    address = town.address(ANN)
    counts = []
    for week in range(3):
        town.book(ANN, "VZ-101", f"2027-03-{9 + 7 * week:02}T09:00", "10:00", attendees=8)
        town.book(
            ANN, "VZ-102", f"2027-03-{9 + 7 * week:02}T11:00", "12:00", attendees=8, recurrence="FREQ=DAILY;COUNT=3"
        )
        town.get(address)
        with town.app.app_context(), counted_queries() as counted:
            town.get(address)
        counts.append(counted.number)
    assert len(set(counts)) == 1
    assert counts[0] <= 9


def test_a_long_feed_goes_out_in_pieces_the_same_as_a_short_one_packed_or_not(town, monkeypatch):
    for hour in range(9, 12):
        town.book(ANN, "VZ-101", f"{MONDAY}T{hour:02}:00", f"{hour:02}:45", attendees=8, title=f"{hour} uur")
        town.book(INES, "SK-08", f"{MONDAY}T{hour:02}:00", f"{hour:02}:45", attendees=2)
    address = town.address(ANN, "organisation:GEM")
    short = town.get(address)
    monkeypatch.setattr(writing, "SHORT", 1000)
    monkeypatch.setattr(queries, "AT_ONCE", 3)
    long, packed = town.get(address), town.get(address, Accept_Encoding="gzip")
    assert (long.data, long.headers["ETag"]) == (short.data, short.headers["ETag"])
    assert long.content_length == len(short.data)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == short.data
    assert town.get(address, If_None_Match=packed.headers["ETag"]).status_code == 304
    head = town.app.test_client().head(address)
    assert (head.data, head.headers["ETag"]) == (b"", short.headers["ETag"])


def test_a_database_that_goes_away_in_the_middle_leaves_no_half_a_calendar(town, monkeypatch):
    for hour in (9, 10, 11):
        town.book(ANN, "VZ-101", f"{MONDAY}T{hour:02}:00", f"{hour:02}:45", attendees=8)
    read, pages = queries.calendar_bookings, []

    def goes_away(house, page):
        if pages:
            raise Busy
        pages.append(page)
        return read(house, page)

    monkeypatch.setattr(queries, "AT_ONCE", 1)
    monkeypatch.setattr(writing, "SHORT", 100)
    monkeypatch.setattr(queries, "calendar_bookings", goes_away)
    answer = town.get(town.address(ANN))
    assert (answer.status_code, b"VCALENDAR" in answer.data) == (503, False)
