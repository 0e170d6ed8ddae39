"""A booking handed to another person: who may, by what it is judged, and who hears of it."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from models.actions.bookings.attend import check_in
from models.actions.bookings.book import book
from models.actions.bookings.cancel import cancel
from models.actions.bookings.change import change, check_change
from models.actions.bookings.decide import approve
from models.actions.places.set_quota import add_quota
from models.queries.bookings import bookings_in_series, bookings_page
from models.queries.people import person_by_username
from models.queries.receipts import receipts_of
from models.rules.changes.quotas import QuotaWish
from models.rules.judging.nameless import SOMEBODY
from models.rules.judging.receipt import judge_again
from models.rules.refusals import NotAllowed, NotFound, Refused, SeriesRefused
from models.tables.db import db
from models.tables.log import AuditEntry, OutboxRow
from tests.cast import ANN, BRAM, CHRIS, DORA, FARID, GERDA, HUGO, KAAT, LIEN, NOW, OLGA, ask, at
from tests.delegates import let_book_for

MONDAY, TUESDAY = "2027-03-08", "2027-03-09"
NOBODY = "nobody.here"

pytestmark = pytest.mark.usefixtures("demo", "named")


@pytest.fixture
def named(demo) -> None:
    """Three colleagues who book for each other, and the reception for one of them."""
    let_book_for(ANN, BRAM, GERDA)
    let_book_for(BRAM, ANN, GERDA)
    let_book_for(CHRIS, ANN)


def person(username: str):
    return person_by_username(username)


def booked(who: str, space: str = "VZ-104", start: str = f"{MONDAY}T09:00", end: str = "10:00", **more):
    return book(ask(space, start, end, **{"attendees": 4} | more), person(who), NOW).bookings[0]


def handed(booking, who: str, to: str, **more):
    return change(booking.id, {"on_behalf_of": to}, person(who), NOW, **more)


def mails_since(number: int) -> dict[str, tuple[str, list]]:
    """Who was told what, of which bookings."""
    rows = db.session.execute(select(OutboxRow).where(OutboxRow.id > number).order_by(OutboxRow.id)).scalars()
    people = {person(name).id: name for name in (ANN, BRAM, DORA, FARID, GERDA, HUGO)}
    return {people[row.recipient_id]: (row.kind, row.facts["bookings"]) for row in rows}


def last_mail() -> int:
    return db.session.execute(select(OutboxRow.id).order_by(OutboxRow.id.desc()).limit(1)).scalar() or 0


def test_a_booking_handed_on_is_the_others_as_if_they_had_booked_it():
    room = booked(ANN, title="Ploeg", note="Met koffie")
    theirs = handed(room, ANN, BRAM)
    assert (theirs.organiser, theirs.booked_by, theirs.id, theirs.uid, theirs.sequence, theirs.version) == (
        BRAM,
        BRAM,
        room.id,
        room.uid,
        1,
        2,
    )
    assert (theirs.during, theirs.space, theirs.title, theirs.note, theirs.status) == (
        room.during,
        room.space,
        "Ploeg",
        "Met koffie",
        "confirmed",
    )
    with pytest.raises(NotAllowed):
        cancel(room.id, person(ANN), NOW)
    assert cancel(room.id, person(BRAM), NOW).status == "cancelled"


def test_whoever_booked_it_for_another_stays_party_to_it():
    room = booked(GERDA, on_behalf_of=ANN)
    theirs = handed(room, ANN, BRAM)
    assert (theirs.organiser, theirs.booked_by) == (BRAM, GERDA)
    assert handed(room, GERDA, ANN).organiser == ANN


@pytest.mark.parametrize(
    ("who", "to", "answer"),
    [
        (ANN, BRAM, None),  # a colleague who named her
        (ANN, CHRIS, None),
        (ANN, HUGO, NotAllowed),  # one who did not
        (ANN, ANN, None),  # it stays whose it is
        (ANN, DORA, NotAllowed),  # somebody of another organisation
        (ANN, KAAT, NotAllowed),
        (ANN, NOBODY, NotAllowed),  # alike, whether there is somebody of that name or not
        (ANN, OLGA, NotAllowed),  # no longer in service
        (FARID, DORA, NotAllowed),  # who may only move it gives nobody what he cannot read
        (FARID, FARID, NotAllowed),  # nor himself
        (FARID, NOBODY, NotAllowed),
        (BRAM, BRAM, NotAllowed),  # nobody takes what they only see
        (DORA, DORA, NotFound),
    ],
)
def test_who_may_hand_a_booking_to_whom(who, to, answer):
    room = booked(ANN, "VZ-001", title="Ploeg")
    if answer is None:
        assert handed(room, who, to).organiser == to
        return
    for act in (lambda: handed(room, who, to), lambda: check_change(room.id, {"on_behalf_of": to}, person(who), NOW)):
        with pytest.raises(answer):
            act()
    assert [(each.organiser, each.version) for each in bookings_page()] == [(ANN, 1)]


def test_an_association_hands_nothing_to_a_resident():
    hall = booked(KAAT, "VZ-001", f"{TUESDAY}T13:00", "15:00", attendees=10)
    with pytest.raises(NotAllowed):
        handed(hall, KAAT, LIEN)


def test_the_organisation_follows_and_with_it_who_sees_the_title():
    room = booked(GERDA, "VZ-001", f"{TUESDAY}T13:00", "14:00", title="Ploeg", privacy="title")
    assert (room.organisation, handed(room, GERDA, KAAT).organisation) == ("GEM", "VER")
    with pytest.raises(NotFound):
        change(room.id, {"title": "Team"}, person(GERDA), NOW)
    assert change(room.id, {"title": "Team"}, person(KAAT), NOW).organisation == "VER"


def test_one_desk_a_half_day_counts_for_whoever_gets_it():
    desk = booked(ANN, "WP-1BUR-02", f"{MONDAY}T07:00", "12:30", attendees=None)
    booked(BRAM, "WP-1BUR-03", f"{MONDAY}T07:00", "12:30", attendees=None)
    with pytest.raises(Refused) as no:
        handed(desk, ANN, BRAM)
    assert ([each.code for each in no.value.refusals], no.value.status) == (["person_busy"], 409)
    assert booked(ANN, "WP-1BUR-04", f"{MONDAY}T12:30", "19:00", attendees=None)


def test_a_quota_counts_for_whoever_gets_it_and_is_given_back_by_whoever_had_it():
    monday = at(f"{MONDAY}T09:00").date()
    add_quota(
        QuotaWish("person", None, "meeting_room", "bookings", "day", 1, monday, monday),
        person(FARID),
        NOW,
        reason="Everybody once",
    )
    first, second = booked(ANN), booked(BRAM, "VZ-105", f"{MONDAY}T13:00", "14:00")
    with pytest.raises(Refused) as no:
        handed(second, BRAM, ANN)
    assert [each.code for each in no.value.refusals] == ["quota_reached"]
    handed(first, ANN, CHRIS)
    assert handed(second, BRAM, ANN).organiser == ANN


def test_the_publics_hours_hold_for_a_resident_who_gets_it():
    room = booked(GERDA, "VZ-001", f"{MONDAY}T07:30", "09:00")
    with pytest.raises(Refused) as no:
        handed(room, GERDA, LIEN)
    assert "outside_hours" in {each.code for each in no.value.refusals}


def test_what_was_approved_for_one_party_is_asked_anew_for_another():
    college = booked(ANN, "VZ-201", f"{TUESDAY}T09:00", "11:00", attendees=10)
    approve(college.id, person(HUGO), NOW)
    before = last_mail()
    theirs = handed(college, ANN, BRAM)
    assert (theirs.status, theirs.awaited_roles) == ("pending", {"protocol_officer"})
    assert mails_since(before)[HUGO][0] == "to_approve"
    assert approve(college.id, person(HUGO), NOW).status == "confirmed"


@pytest.mark.parametrize(
    ("scope", "whose"), [("this", [ANN, BRAM, ANN, ANN]), ("following", [ANN, BRAM, BRAM, BRAM]), ("all", [BRAM] * 4)]
)
def test_the_dates_of_a_series_are_handed_on_as_far_as_asked(scope, whose):
    series = book(
        ask("VZ-104", f"{TUESDAY}T09:00", "10:00", attendees=4, recurrence="FREQ=WEEKLY;COUNT=4"), person(ANN), NOW
    )
    handed(series.bookings[1], ANN, BRAM, scope=scope)
    assert [each.organiser for each in bookings_in_series(series.series)] == whose


def test_a_series_is_handed_on_whole_or_not_at_all():
    series = book(ask("WP-1BUR-02", f"{MONDAY}T07:00", "12:30", recurrence="FREQ=DAILY;COUNT=3"), person(ANN), NOW)
    booked(BRAM, "WP-1BUR-03", f"{TUESDAY}T07:00", "12:30", attendees=None)
    with pytest.raises(SeriesRefused) as no:
        handed(series.bookings[0], ANN, BRAM, scope="all")
    assert [each.start for each in no.value.dates] == [at(f"{TUESDAY}T07:00")]
    assert {each.organiser for each in bookings_in_series(series.series)} == {ANN}


def test_a_date_that_is_anothers_stays_theirs_when_its_series_moves():
    series = book(
        ask("VZ-001", f"{TUESDAY}T13:00", "14:00", attendees=4, recurrence="FREQ=WEEKLY;COUNT=3"), person(GERDA), NOW
    )
    handed(series.bookings[1], GERDA, KAAT)
    change(
        series.bookings[0].id,
        {"start": at(f"{TUESDAY}T15:00"), "end": at(f"{TUESDAY}T16:00")},
        person(GERDA),
        NOW,
        scope="all",
    )
    dates = bookings_in_series(series.series)
    assert [(each.organiser, each.organisation, each.sequence) for each in dates] == [
        (GERDA, "GEM", 1),
        (KAAT, "VER", 1),
        (GERDA, "GEM", 1),
    ]
    assert dates[1].during.start == at("2027-03-16T13:00")


def test_calendars_lose_it_and_get_it_and_whoever_booked_it_hears_of_a_change():
    room = booked(GERDA, on_behalf_of=ANN, title="Ploeg")
    before = last_mail()
    change(room.id, {"on_behalf_of": BRAM, "space": "VZ-105"}, person(ANN), NOW)
    mails = mails_since(before)
    assert {who: kind for who, (kind, _told) in mails.items()} == {
        ANN: "handed_on",
        BRAM: "taken_over",
        GERDA: "changed",
    }
    told = {who: (facts["uid"], facts["sequence"], facts["space"]) for who, (_kind, [facts]) in mails.items()}
    assert told == {ANN: (room.uid, 1, "VZ-104"), BRAM: (room.uid, 1, "VZ-105"), GERDA: (room.uid, 1, "VZ-105")}


def test_whoever_had_it_hears_no_more_of_it():
    room = booked(ANN)
    handed(room, ANN, BRAM)
    before = last_mail()
    change(room.id, {"space": "VZ-105"}, person(BRAM), NOW)
    assert mails_since(before).keys() == {BRAM}


def test_the_log_says_who_handed_it_from_whom_to_whom_and_a_receipt_on_what_and_not_whose_it_was():
    room = booked(ANN)
    handed(room, ANN, BRAM)
    entry = db.session.execute(select(AuditEntry).where(AuditEntry.action == "change")).scalar_one()
    assert (entry.actor_id, entry.facts["changed"], entry.facts["handed_on"]) == (
        person(ANN).id,
        ["on_behalf_of"],
        [person(ANN).id, person(BRAM).id],
    )
    accepted, changed = receipts_of(room.id)
    assert {each.met.wanted.organiser.id for each in (accepted, changed)} == {SOMEBODY}
    assert judge_again(changed.rulebook, changed.met).accepted


def test_whoever_is_there_is_not_replaced_by_somebody_who_is_not():
    room = booked(ANN)
    check_in(room.id, person(ANN), at(f"{MONDAY}T09:00"))
    for hour in ("09:30", "10:00"):  # under way, and over
        with pytest.raises(Refused) as no:
            change(room.id, {"on_behalf_of": BRAM}, person(ANN), at(f"{MONDAY}T{hour}"))
        assert [each.code for each in no.value.refusals] == ["wrong_status"]


def of_three(first: str = ANN, second: str = BRAM):
    """A series of which one date is somebody else's, in confidence."""
    series = book(
        ask("VZ-101", f"{TUESDAY}T09:00", "10:00", attendees=4, recurrence="FREQ=WEEKLY;COUNT=3"), person(first), NOW
    )
    handed(series.bookings[1], first, second)
    change(series.bookings[1].id, {"service": "GEM-HRM", "title": "Ontslag", "note": "Dossier 55"}, person(second), NOW)
    return series.bookings


@pytest.mark.parametrize("scope", ["all", "following"])
@pytest.mark.parametrize(
    "changes",
    [
        {"on_behalf_of": ANN},
        {"title": "Ploeg"},
        {"service": None},
        {"space": "VZ-102"},
        {"attendees": 5},
        {"start": at(f"{TUESDAY}T14:00"), "end": at(f"{TUESDAY}T15:00")},
    ],
)
def test_a_series_reaches_no_date_that_is_somebody_elses_now(changes, scope):
    first, theirs, last = of_three()
    before = bookings_in_series(first.series)[1]
    assert check_change(first.id, changes, person(ANN), NOW, scope) is not None
    change(first.id, changes, person(ANN), NOW, scope=scope)
    assert bookings_in_series(first.series)[1] == before
    with pytest.raises(NotFound):
        change(theirs.id, changes, person(ANN), NOW)


def test_a_series_that_is_cancelled_leaves_the_date_that_is_somebody_elses():
    first, _theirs, _last = of_three()
    cancel(first.id, person(ANN), NOW, scope="all")
    assert [each.status for each in bookings_in_series(first.series)] == ["cancelled", "confirmed", "cancelled"]
