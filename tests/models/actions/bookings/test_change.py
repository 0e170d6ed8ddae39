"""Moving, changing, cancelling, approving, checking in: who may, what is judged again, and what stays as it was."""

from __future__ import annotations

import pytest

from models.actions.bookings.attend import check_in, release
from models.actions.bookings.book import book
from models.actions.bookings.cancel import cancel
from models.actions.bookings.change import change
from models.actions.bookings.decide import approve, decline
from models.queries.bookings import bookings_in_series, bookings_page
from models.queries.people import person_by_username
from models.rules.changes.spaces import SetCapacity
from models.rules.refusals import BadRequest, NotAllowed, NotFound, Refused, SeriesRefused
from tests.cast import ANN, BRAM, CHRIS, DORA, ELS, FARID, GERDA, HUGO, KAAT, MARC, NOW, ask, at
from tests.changing import put, space

MONDAY, TUESDAY = "2027-03-08", "2027-03-09"

pytestmark = pytest.mark.usefixtures("demo")


def person(username: str):
    return person_by_username(username)


def booked(who: str, space: str, start: str, end: str, now=NOW, **more):
    return book(ask(space, start, end, **more), person(who), now).bookings[0]


def weekly(who: str, space: str = "VZ-104", **more):
    return book(
        ask(space, f"{TUESDAY}T09:00", "10:00", attendees=4, recurrence="FREQ=WEEKLY;COUNT=4", **more), person(who), NOW
    )


def codes(refused) -> list[str]:
    return sorted(each.code for each in refused.value.refusals)


def test_a_moved_booking_leaves_its_old_place_free_and_counts_its_sequence_up():
    room = booked(ANN, "VZ-104", f"{MONDAY}T09:00", "10:00", attendees=4)
    moved = change(
        room.id, {"space": "VZ-105", "start": at(f"{MONDAY}T11:00"), "end": at(f"{MONDAY}T12:00")}, person(ANN), NOW
    )
    assert (moved.space, moved.during.start, moved.uid, moved.sequence) == (
        "VZ-105",
        at(f"{MONDAY}T11:00"),
        room.uid,
        1,
    )
    assert booked(BRAM, "VZ-104", f"{MONDAY}T09:00", "10:00", attendees=4)


def test_a_booking_may_be_lengthened_over_its_own_old_time():
    room = booked(ANN, "VZ-104", f"{MONDAY}T09:00", "10:00", attendees=4)
    assert change(room.id, {"end": at(f"{MONDAY}T10:30")}, person(ANN), NOW).during.end == at(f"{MONDAY}T10:30")


def test_what_others_see_is_left_to_the_space_again():
    room = booked(ANN, "VZ-104", f"{MONDAY}T09:00", "10:00", attendees=4, privacy="public")
    assert change(room.id, {"privacy": None}, person(ANN), NOW).privacy == "title"
    talk = booked(DORA, "SK-05", f"{MONDAY}T09:00", "09:45", attendees=2, service="OCMW-SCH")
    assert change(talk.id, {"privacy": None, "attendees": 3}, person(DORA), NOW).privacy == "busy"


@pytest.mark.parametrize(
    ("given", "changes", "said"),
    [
        ({"title": "Jan Peeters"}, {"attendees": 3}, True),
        ({"note": "Jan Peeters"}, {"start": at(f"{MONDAY}T09:15"), "end": at(f"{MONDAY}T10:00")}, True),
        ({"title": "Jan Peeters"}, {"privacy": "title"}, True),  # nothing that is judged
        ({}, {"title": "Jan Peeters"}, True),
        ({}, {"note": "Jan Peeters", "attendees": 3}, True),
        ({}, {"attendees": 3}, False),
    ],
)
def test_that_a_title_or_note_was_not_kept_is_said_as_long_as_the_talk_is_private(given, changes, said):
    talk = booked(DORA, "SK-05", f"{MONDAY}T09:00", "09:45", attendees=2, service="OCMW-SCH", **given)
    for _time in range(2):
        talk = change(talk.id, changes, person(DORA), NOW)
        assert (talk.title, talk.note) == (None, None)
        assert [each.code for each in talk.warnings if each.code == "title_not_kept"] == ["title_not_kept"] * said


def test_a_title_is_lost_with_a_word_when_its_booking_becomes_a_private_talk_and_not_otherwise():
    talk = booked(ANN, "SK-01", f"{MONDAY}T09:00", "09:30", attendees=2, service="GEM-BEV", title="Jan Peeters")
    assert talk.title
    assert "title_not_kept" not in {each.code for each in talk.warnings}
    secret = change(talk.id, {"service": "GEM-BST"}, person(ANN), NOW)
    assert secret.title is None
    assert secret.visitor_code
    assert "title_not_kept" in {each.code for each in secret.warnings}
    code = secret.visitor_code
    assert change(talk.id, {"attendees": 1}, person(ANN), NOW).visitor_code == code


def test_what_is_taken_away_the_house_decides():
    room = booked(ANN, "VZ-104", f"{MONDAY}T09:00", "10:00", attendees=4, equipment=("scherm",), layout="boardroom")
    bare = change(room.id, {"equipment": None, "layout": None, "attendees": None}, person(ANN), NOW)
    assert (bare.equipment, bare.layout, bare.attendees) == ((), room.layout, None)


def test_a_refused_move_changes_nothing_and_offers_what_would_work():
    room = booked(ANN, "VZ-104", f"{MONDAY}T09:00", "10:00", attendees=4)
    booked(BRAM, "VZ-105", f"{MONDAY}T09:00", "10:00", attendees=4)
    with pytest.raises(Refused) as no:
        change(room.id, {"space": "VZ-105"}, person(ANN), NOW)
    assert codes(no) == ["space_taken"]
    assert no.value.alternatives
    [same] = [each for each in bookings_page() if each.id == room.id]
    assert (same.space, same.sequence, same.version) == ("VZ-104", 0, 1)


def test_an_old_booking_may_keep_its_start_and_change_its_head_count():
    room = booked(ANN, "VZ-104", f"{MONDAY}T09:00", "10:00", attendees=4)
    during = at(f"{MONDAY}T09:40")
    assert change(room.id, {"attendees": 6}, person(ANN), during).attendees == 6
    with pytest.raises(Refused) as no:
        change(room.id, {"start": at(f"{MONDAY}T09:15"), "end": at(f"{MONDAY}T10:00")}, person(ANN), during)
    assert codes(no) == ["in_the_past"]


@pytest.mark.parametrize(
    ("who", "answer"),
    [
        (BRAM, NotAllowed),  # a colleague sees the title, and may not
        (DORA, NotFound),  # another organisation sees only that the room is taken
        (FARID, None),  # the facility manager may
    ],
)
def test_who_may_change_or_cancel_anothers_booking(who, answer):
    room = booked(ANN, "VZ-104", f"{MONDAY}T09:00", "10:00", attendees=4, title="Ploeg")
    if answer is None:
        assert change(room.id, {"attendees": 5}, person(who), NOW).attendees == 5
        assert cancel(room.id, person(who), NOW).status == "cancelled"
        return
    with pytest.raises(answer):
        change(room.id, {"attendees": 5}, person(who), NOW)
    with pytest.raises(answer):
        cancel(room.id, person(who), NOW)


def test_nobody_but_its_party_can_touch_a_secret_talk_not_even_its_existence():
    talk = booked(DORA, "SK-01", f"{MONDAY}T10:00", "10:30", service="OCMW-LEE", attendees=2)
    for who in (FARID, CHRIS, GERDA):
        for act in (
            lambda p: cancel(talk.id, p, NOW),
            lambda p: change(talk.id, {"attendees": 3}, p, NOW),
            lambda p: check_in(talk.id, p, NOW),
            lambda p: approve(talk.id, p, NOW),
        ):
            with pytest.raises(NotFound):
                act(person(who))


def test_what_may_not_be_changed_is_named():
    room = booked(ANN, "VZ-104", f"{MONDAY}T09:00", "10:00", attendees=4)
    with pytest.raises(BadRequest) as bad:
        change(room.id, {"organiser": BRAM}, person(ANN), NOW)
    assert bad.value.field == "organiser"


def test_the_second_of_two_editors_is_told():
    room = booked(ANN, "VZ-104", f"{MONDAY}T09:00", "10:00", attendees=4)
    change(room.id, {"title": "Eerste"}, person(ANN), NOW, version=room.version)
    with pytest.raises(Refused) as no:
        change(room.id, {"title": "Tweede"}, person(ANN), NOW, version=room.version)
    assert codes(no) == ["changed_meanwhile"]


def test_a_title_may_be_mended_even_when_the_room_has_become_too_small():
    room = booked(ANN, "VZ-101", f"{MONDAY}T09:00", "10:00", attendees=14)
    put(SetCapacity(space("VZ-101"), 12))
    assert change(room.id, {"title": "Nieuw"}, person(ANN), NOW).title == "Nieuw"
    with pytest.raises(Refused) as no:
        change(room.id, {"attendees": 13}, person(ANN), NOW)
    assert codes(no) == ["too_many_people"]


@pytest.mark.parametrize(
    ("scope", "starts"),
    [
        ("this", ["09:00", "14:00", "09:00", "09:00"]),
        ("following", ["09:00", "14:00", "14:00", "14:00"]),
        ("all", ["14:00", "14:00", "14:00", "14:00"]),
    ],
)
def test_a_series_is_moved_in_wall_time_as_far_as_asked(scope, starts):
    series = weekly(ANN)
    second = series.bookings[1]
    change(second.id, {"start": at("2027-03-16T14:00"), "end": at("2027-03-16T15:00")}, person(ANN), NOW, scope=scope)
    dates = bookings_in_series(series.series)
    assert [each.during.start for each in dates] == [
        at(f"{day}T{start}")
        for day, start in zip(("2027-03-09", "2027-03-16", "2027-03-23", "2027-03-30"), starts, strict=True)
    ]
    assert {each.uid for each in dates} == {series.series}


def test_a_series_moves_whole_or_not_at_all():
    series = weekly(ANN)
    booked(BRAM, "VZ-104", "2027-03-23T14:00", "15:00", attendees=4)
    with pytest.raises(SeriesRefused) as no:
        change(
            series.bookings[0].id,
            {"start": at(f"{TUESDAY}T14:00"), "end": at(f"{TUESDAY}T15:00")},
            person(ANN),
            NOW,
            scope="all",
        )
    assert [each.start for each in no.value.dates] == [at("2027-03-23T14:00")]
    assert [each.during.start.hour for each in bookings_in_series(series.series)] == [8, 8, 8, 7]  # 09:00, in UTC


def test_a_series_may_be_moved_by_an_hour_onto_its_own_old_places():
    series = book(
        ask("VZ-104", f"{TUESDAY}T09:00", "11:00", attendees=4, recurrence="FREQ=DAILY;COUNT=3"), person(ANN), NOW
    )
    change(
        series.bookings[0].id,
        {"start": at(f"{TUESDAY}T10:00"), "end": at(f"{TUESDAY}T12:00")},
        person(ANN),
        NOW,
        scope="all",
    )
    assert [each.during.start.hour for each in bookings_in_series(series.series)] == [9, 9, 9]


@pytest.mark.parametrize("first", ["2027-03-10", "2027-03-08"])
def test_a_daily_series_may_be_moved_by_a_day_onto_the_place_of_its_next_date(first):
    series = book(
        ask("VZ-104", f"{TUESDAY}T09:00", "11:00", attendees=4, recurrence="FREQ=DAILY;COUNT=3"), person(ANN), NOW
    )
    change(
        series.bookings[0].id,
        {"start": at(f"{first}T09:00"), "end": at(f"{first}T11:00")},
        person(ANN),
        NOW,
        scope="all",
    )
    assert bookings_in_series(series.series)[0].during.start == at(f"{first}T09:00")


def test_cancelling_following_dates_leaves_the_earlier_ones():
    series = weekly(ANN)
    cancel(series.bookings[2].id, person(ANN), NOW, scope="following")
    assert [each.status for each in bookings_in_series(series.series)] == [
        "confirmed",
        "confirmed",
        "cancelled",
        "cancelled",
    ]


def test_cancelling_twice_answers_the_same_and_a_booking_that_is_over_cannot_be_cancelled():
    room = booked(ANN, "VZ-104", f"{MONDAY}T09:00", "10:00", attendees=4)
    first = cancel(room.id, person(ANN), NOW)
    again = cancel(room.id, person(ANN), NOW)
    assert (first.status, first.sequence) == (again.status, again.sequence) == ("cancelled", 1)
    other = booked(ANN, "VZ-104", f"{MONDAY}T11:00", "12:00", attendees=4)
    with pytest.raises(Refused) as no:
        cancel(other.id, person(ANN), at(f"{MONDAY}T12:00"))
    assert codes(no) == ["wrong_status"]


def test_an_evening_stands_when_the_last_of_two_words_is_given():
    evening = booked(KAAT, "VZ-001", f"{TUESDAY}T17:00", "20:00", attendees=10, key_holder=MARC)
    assert approve(evening.id, person(GERDA), NOW).status == "pending"
    assert approve(evening.id, person(GERDA), NOW).status == "pending"
    assert approve(evening.id, person(FARID), NOW).status == "confirmed"
    assert approve(evening.id, person(FARID), NOW).status == "confirmed"


def test_a_declined_request_gives_its_place_back_with_a_reason():
    evening = booked(KAAT, "VZ-001", f"{TUESDAY}T13:00", "15:00", attendees=10)
    with pytest.raises(BadRequest):
        decline(evening.id, person(GERDA), NOW, "  ")
    declined = decline(evening.id, person(GERDA), NOW, "Verkiezingen")
    assert (declined.status, declined.status_reason) == ("declined", "Verkiezingen")
    assert booked(ANN, "VZ-001", f"{TUESDAY}T13:00", "15:00", attendees=10)
    with pytest.raises(Refused) as no:
        approve(evening.id, person(GERDA), NOW)
    assert codes(no) == ["wrong_status"]


def test_only_who_holds_the_awaited_role_decides():
    college = booked(ANN, "VZ-201", f"{TUESDAY}T09:00", "11:00", attendees=10)
    with pytest.raises((NotAllowed, NotFound)):
        approve(college.id, person(GERDA), NOW)
    assert approve(college.id, person(HUGO), NOW).status == "confirmed"


def test_an_approved_booking_asks_again_when_it_grows_and_not_when_it_shrinks():
    college = booked(ANN, "VZ-201", f"{TUESDAY}T09:00", "11:00", attendees=10)
    approve(college.id, person(HUGO), NOW)
    assert change(college.id, {"attendees": 8}, person(ANN), NOW).status == "confirmed"
    assert change(college.id, {"end": at(f"{TUESDAY}T10:30")}, person(ANN), NOW).status == "confirmed"
    assert change(college.id, {"end": at(f"{TUESDAY}T11:30")}, person(ANN), NOW).status == "pending"


@pytest.mark.parametrize(
    ("minute", "status"), [("08:44", None), ("08:45", "checked_in"), ("09:59", "checked_in"), ("10:00", None)]
)
def test_check_in_opens_a_quarter_before_the_start_and_closes_at_the_end(minute, status):
    room = booked(ANN, "VZ-104", f"{MONDAY}T09:00", "10:00", attendees=4)
    if status is None:
        with pytest.raises(Refused) as no:
            check_in(room.id, person(ANN), at(f"{MONDAY}T{minute}"))
        assert codes(no) == ["wrong_status"]
    else:
        assert check_in(room.id, person(ANN), at(f"{MONDAY}T{minute}")).status == status


def test_whoever_leaves_early_frees_the_room():
    room = booked(ANN, "VZ-104", f"{MONDAY}T09:00", "11:00", attendees=4)
    check_in(room.id, person(ANN), at(f"{MONDAY}T09:00"))
    assert release(room.id, person(ANN), at(f"{MONDAY}T09:30")).status == "completed"
    assert booked(BRAM, "VZ-104", f"{MONDAY}T09:45", "11:00", at(f"{MONDAY}T09:40"), attendees=4)


def test_nobody_gets_a_role_by_changing_a_booking():
    evening = booked(ANN, "VZ-001", f"{TUESDAY}T16:00", "18:00", attendees=10)
    until = {"end": at(f"{TUESDAY}T20:00")}
    for nobody in (ANN, "nobody.here"):  # alike, whether there is somebody of that name or not
        with pytest.raises(BadRequest) as no:
            change(evening.id, until | {"key_holder": nobody}, person(ANN), NOW)
        assert (no.value.field, no.value.code) == ("key_holder", "unknown_person")
    longer = change(evening.id, until | {"key_holder": MARC}, person(ANN), NOW)
    assert (longer.status, longer.awaited_roles) == ("pending", {"facility_manager"})


def test_a_booking_may_be_changed_for_whom_it_is_without_the_right_to_book_for_them():
    talk = booked(DORA, "SK-05", f"{MONDAY}T09:00", "09:45", attendees=2, service="OCMW-SCH", on_behalf_of=ELS)
    assert change(talk.id, {"attendees": 3}, person(DORA), NOW).organiser == ELS
    theirs = booked(GERDA, "VZ-001", f"{TUESDAY}T13:00", "14:00", attendees=4, on_behalf_of=KAAT)
    assert change(theirs.id, {"attendees": 5}, person(KAAT), NOW).organiser == KAAT
