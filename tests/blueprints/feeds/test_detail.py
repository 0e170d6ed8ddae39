"""A feed tells the least of what its scope, the organisation, the service and the person allow."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from models.actions.bookings.cancel import cancel
from models.actions.bookings.change import change
from models.actions.bookings.decide import approve
from models.queries.house import the_house
from models.rules.refusals import BadRequest
from models.tables.db import db
from tests.cast import ANN, BRAM, CHRIS, DORA, ELS, FARID, GERDA, HUGO, INES, JEF, KAAT, LIEN

pytestmark = pytest.mark.usefixtures("colleagues")

MONDAY = "2027-03-08"
SECRET = "Schuldbemiddeling Jan Peeters"
TIME_AND_PLACE = {
    "UID",
    "SEQUENCE",
    "DTSTAMP",
    "LAST-MODIFIED",
    "CREATED",
    "DTSTART",
    "DTEND",
    "STATUS",
    "CLASS",
    "SUMMARY",
    "LOCATION",
}


def one(events):
    assert len(events) == 1
    return events[0]


@pytest.mark.parametrize(
    ("booker", "see_title", "see_busy"),
    [
        (ANN, [ANN, BRAM, FARID], [DORA, INES, JEF]),  # inside titles are seen, outside not
        (DORA, [DORA], [ELS, ANN, FARID, GERDA]),  # professional secrecy: not even by colleagues
        (INES, [INES], [ANN, DORA]),
        (JEF, [JEF, "consulent.werkwinkel.02"], [ANN, INES]),
    ],
)
def test_a_rooms_feed_shows_each_viewer_what_the_organisation_lets_them_see(town, booker, see_title, see_busy):
    town.book(booker, "VZ-103", f"{MONDAY}T09:00", "10:00", attendees=6, title="Teamoverleg")
    for viewer in see_title + see_busy:
        event = one(town.events(viewer, "space:VZ-103"))
        expected = ("Teamoverleg", "PUBLIC") if viewer in see_title else ("Bezet", "PRIVATE")
        assert (event["SUMMARY"], event["CLASS"]) == expected, viewer
        assert event["LOCATION"] == "De Brug (VZ-103)"
        assert not {"DESCRIPTION", "ORGANIZER", "ATTENDEE", "URL"} & set(event)


@pytest.mark.parametrize(
    ("asked", "summary", "has_more"),
    [("full", "Teamoverleg", True), ("title", "Teamoverleg", False), ("busy", "Bezet", False)],
)
def test_a_feed_tells_no_more_than_its_maker_asked_for(town, asked, summary, has_more):
    town.book(ANN, "VZ-103", f"{MONDAY}T09:00", "10:00", attendees=6, title="Teamoverleg")
    event = one(town.events(ANN, "mine", asked))
    assert event["SUMMARY"] == summary
    assert ("DESCRIPTION" in event, "URL" in event) == (has_more, has_more)


@pytest.mark.parametrize(
    ("privacy", "colleague", "outsider"),
    [("busy", "Bezet", "Bezet"), ("title", "Infoavond", "Bezet"), ("public", "Infoavond", "Infoavond")],
)
def test_a_booking_can_ask_for_less_and_a_public_one_is_for_all(town, privacy, colleague, outsider):
    town.book(ANN, "VZ-103", f"{MONDAY}T09:00", "10:00", attendees=6, title="Infoavond", privacy=privacy)
    assert one(town.events(BRAM, "zone:Z1-VER"))["SUMMARY"] == colleague
    assert one(town.events(DORA, "zone:Z1-VER"))["SUMMARY"] == outsider


@pytest.mark.parametrize(
    ("space", "who", "service"),
    [
        ("SK-05", DORA, "OCMW-SCH"),
        ("SK-08", INES, "CAW-SLA"),
        ("SK-01", CHRIS, "GEM-BST"),
        ("VZ-103", FARID, "GEM-HRM"),  # a meeting room, where a title is kept
    ],
)
def test_of_a_private_talk_even_its_own_feed_tells_time_and_place_only(town, space, who, service):
    (booking,) = town.book(
        who, space, f"{MONDAY}T10:00", "11:00", attendees=2, title=SECRET, service=service, note=SECRET
    )
    with town.acting(who) as (person, _now):
        place = the_house().spaces[space]
    for scope in (
        "mine",
        f"space:{space}",
        f"zone:{place.zone}",
        f"floor:{place.floor}",
        f"service:{service}",
        f"organisation:{person.organisation}",
    ):
        for detail in ("busy", "title", "full"):
            event = one(town.events(who, scope, detail))
            assert event["SUMMARY"] == ("Bezet" if detail == "busy" else "Gesprek")
            assert set(event) == TIME_AND_PLACE - ({"CREATED"} if detail == "busy" else set())
            octets = town.octets(who, scope, detail).decode()
            for telling in (SECRET, "Jan", booking.visitor_code or SECRET, service, who, "@"):
                assert telling not in octets


def test_whoever_is_not_party_to_a_private_talk_sees_a_taken_place(town):
    town.book(DORA, "SK-05", f"{MONDAY}T10:00", "11:00", attendees=2, title=SECRET, service="OCMW-SCH")
    for scope in ("space:SK-05", "zone:Z0-SPR", "floor:F0"):
        assert one(town.events(ELS, scope))["SUMMARY"] == "Bezet"
    for viewer in (ANN, FARID, GERDA, INES, KAAT, ELS):
        for scope in ("organisation:OCMW", "service:OCMW-SCH", "public", "mine"):
            assert town.events(viewer, scope) == []


def test_a_list_by_organisation_does_not_tell_whose_taken_place_it_is(town):
    town.book(ANN, "VZ-103", f"{MONDAY}T09:00", "10:00", attendees=6, title="Teamoverleg")
    town.book(ANN, "VZ-104", f"{MONDAY}T09:00", "10:00", attendees=6, title="Open dag", privacy="public")
    assert [event["SUMMARY"] for event in town.events(DORA, "organisation:GEM")] == ["Open dag"]
    assert {event["SUMMARY"] for event in town.events(BRAM, "organisation:GEM")} == {"Teamoverleg", "Open dag"}


def test_the_public_feed_has_what_is_public_and_nothing_else_not_even_ones_own(town):
    town.book(ANN, "VZ-103", f"{MONDAY}T09:00", "10:00", attendees=6, title="Teamoverleg")
    town.book(ANN, "VZ-104", f"{MONDAY}T09:00", "10:00", attendees=6, title="Open dag", privacy="public")
    assert [event["SUMMARY"] for event in town.events(ANN, "public")] == ["Open dag"]


OUTSIDERS = [
    (ANN, "space:SK-05"),  # the social-welfare centre's
    (FARID, "space:SK-08"),  # the welfare house's: managing the building is not booking there
    (INES, "zone:Z1-BUR"),
    (KAAT, "space:VZ-103"),  # not open to associations
    (LIEN, "zone:Z1-VER"),
    (LIEN, "floor:F2"),
]


@pytest.mark.parametrize(("who", "scope"), OUTSIDERS)
def test_whoever_may_not_book_there_makes_no_calendar_of_it(town, who, scope):
    with pytest.raises(BadRequest) as error:
        town.address(who, scope)
    assert (error.value.field, error.value.code) == ("scope", "not_yours_to_book")


@pytest.mark.parametrize(("who", "scope"), OUTSIDERS)
def test_a_calendar_that_its_owner_has_from_before_opens_nothing(town, who, scope):
    address = town.address(who)
    with town.app.app_context():
        db.session.execute(text("UPDATE feed SET scope = :scope"), {"scope": scope})
        db.session.commit()
    assert town.get(address).status_code == 404


def test_a_floors_calendar_holds_the_spaces_that_its_owner_may_book_and_no_others(town):
    town.book(INES, "SK-08", f"{MONDAY}T10:00", "11:00", attendees=2)
    town.book(DORA, "SK-05", f"{MONDAY}T10:00", "11:00", attendees=2)
    town.book(ANN, "VZ-001", f"{MONDAY}T10:00", "11:00", attendees=8)
    found = {
        who: {event["LOCATION"].rpartition("(")[2] for event in town.events(who, "floor:F0")}
        for who in (ANN, DORA, INES, LIEN)
    }
    assert found == {
        ANN: {"VZ-001)"},
        DORA: {"VZ-001)", "SK-05)"},
        INES: {"VZ-001)", "SK-08)"},
        LIEN: {"VZ-001)"},
    }


def test_a_calendar_opens_again_when_its_owner_may_book_there_again(town):
    address = town.address(JEF, "space:VZ-103")
    for owner, status in (("VER", 404), ("WW", 200)):
        with town.app.app_context():
            db.session.execute(
                text("UPDATE person SET organisation_id = (SELECT id FROM organisation WHERE code = :owner)"),
                {"owner": owner},
            )
            db.session.commit()
        assert town.get(address).status_code == status


def test_a_booking_handed_on_goes_from_one_feed_into_the_other(town):
    (room,) = town.book(ANN, "VZ-103", f"{MONDAY}T09:00", "10:00", attendees=6, title="Teamoverleg")
    dates = town.book(ANN, "VZ-104", f"{MONDAY}T09:00", "10:00", attendees=4, recurrence="FREQ=DAILY;COUNT=3")
    hers, his = town.address(ANN), town.address(BRAM)
    tags = [town.get(each).headers["ETag"] for each in (hers, his)]
    with town.acting(ANN) as (ann, now):
        change(room.id, {"on_behalf_of": BRAM}, ann, now)
        change(dates[1].id, {"on_behalf_of": BRAM}, ann, now)
    assert [town.get(each).headers["ETag"] == tag for each, tag in zip((hers, his), tags, strict=True)] == [False] * 2
    assert {str(event["UID"]) for event in town.events(ANN)} == {dates[0].uid}
    assert len(one(town.events(ANN))["EXDATE"].dts) == 1
    assert {(str(event["UID"]), event["SEQUENCE"]) for event in town.events(BRAM)} == {(room.uid, 1), (dates[1].uid, 1)}


def test_the_words_are_those_of_the_owners_language(town):
    town.book(DORA, "SK-05", f"{MONDAY}T10:00", "11:00", attendees=2, service="OCMW-SCH")
    for language, busy, talk in (
        ("nl", "Bezet", "Gesprek"),
        ("fr", "Occupé", "Entretien"),
        ("en", "Busy", "Talk"),
        ("de", "Belegt", "Gespräch"),
    ):
        with town.app.app_context():
            db.session.execute(text("UPDATE person SET language = :language"), {"language": language})
            db.session.commit()
        assert one(town.events(ELS, "space:SK-05"))["SUMMARY"] == busy
        assert one(town.events(DORA, "mine"))["SUMMARY"] == talk


def test_a_booking_that_waits_is_tentative_for_its_party_until_it_is_approved(town):
    (booking,) = town.book(ANN, "VZ-201", f"{MONDAY}T09:00", "10:00", attendees=6, title="Overleg")
    assert booking.status == "pending"
    assert one(town.events(ANN))["STATUS"] == "TENTATIVE"
    assert one(town.events(DORA, "space:VZ-201"))["STATUS"] == "CONFIRMED"  # to her it is taken, no more
    with town.acting(HUGO) as (hugo, now):
        approve(booking.id, hugo, now)
    assert one(town.events(ANN))["STATUS"] == "CONFIRMED"


def test_a_cancelled_booking_leaves_no_trace_for_those_who_saw_a_taken_place(town):
    """That somebody changed their mind is more than that a space is taken."""
    (booking,) = town.book(DORA, "VZ-103", f"{MONDAY}T09:00", "10:00", attendees=6)
    with town.acting(DORA) as (dora, now):
        cancel(booking.id, dora, now)
    assert town.events(ANN, "space:VZ-103") == []


def test_a_rooms_feed_knows_of_the_larger_room_that_takes_it_along(town):
    town.book(FARID, "VZ-101-102", f"{MONDAY}T09:00", "10:00", attendees=40, title="Personeelsfeest")
    assert one(town.events(ANN, "space:VZ-102"))["LOCATION"] == "De Vaart en De Sluis (VZ-101-102)"
