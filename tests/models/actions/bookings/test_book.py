"""Booking on a real database: what is accepted, what is refused and why, and what is written."""

from __future__ import annotations

import pytest

from models.actions.bookings.book import book, check
from models.actions.bookings.idempotency import Key
from models.queries.bookings import bookings_by_id, bookings_page
from models.queries.people import person_by_username
from models.rules.changes.limits import SetLimit
from models.rules.refusals import BadRequest, NotAllowed, NotFound, Refused, SeriesRefused
from models.rules.values import Scope
from tests.cast import ANN, BRAM, CHRIS, DORA, FARID, GERDA, HUGO, INES, JEF, KAAT, LIEN, MARC, NOW, OLGA, ask, at
from tests.changing import put

MONDAY, TUESDAY, THURSDAY = "2027-03-08", "2027-03-09", "2027-03-04"

pytestmark = pytest.mark.usefixtures("demo")


def booked(who: str, space: str, start: str, end: str, now=NOW, **more):
    """As they are told; that is what stands in the database, of which nothing is read back."""
    made = book(ask(space, start, end, **more), person_by_username(who), now).bookings
    assert list(made) == bookings_by_id([each.id for each in made])
    return made


def refused(who: str, space: str, start: str, end: str, now=NOW, **more) -> dict:
    with pytest.raises(Refused) as no:
        booked(who, space, start, end, now, **more)
    return {each.code: each for each in no.value.refusals}


def everything():
    return bookings_page(limit=10_000)


@pytest.mark.parametrize(
    ("start", "end", "why_not"),
    [
        ("10:00", "11:00", "space_taken"),  # within the 15 minutes the room is aired
        ("10:15", "11:00", None),  # the buffer is over
        ("09:30", "09:45", "space_taken"),  # inside
        ("08:00", "09:00", "space_taken"),  # VZ-101 wants 15 minutes after this one too
        ("08:00", "08:45", None),
    ],
)
def test_two_bookings_of_a_room_keep_its_buffer_between_them(start, end, why_not):
    booked(ANN, "VZ-101", f"{MONDAY}T09:00", "10:00", attendees=10)
    if why_not:
        assert why_not in refused(BRAM, "VZ-101", f"{MONDAY}T{start}", end, attendees=10)
    else:
        assert booked(BRAM, "VZ-101", f"{MONDAY}T{start}", end, attendees=10)


def test_a_composite_takes_its_parts_and_a_part_takes_the_composite():
    booked(FARID, "VZ-101-102", f"{MONDAY}T09:00", "10:00", attendees=40)
    assert "space_taken" in refused(ANN, "VZ-102", f"{MONDAY}T09:00", "10:00", attendees=10)
    booked(ANN, "VZ-102", f"{MONDAY}T14:00", "15:00", attendees=10)
    assert "space_taken" in refused(FARID, "VZ-101-102", f"{MONDAY}T14:30", "15:30", attendees=40)


@pytest.mark.parametrize(
    ("layout", "attendees", "rule", "limit"),
    [
        ("theatre", 25, None, None),
        ("theatre", 26, "R08", 25),  # 40 seats, but air for 25
        ("boardroom", 18, None, None),
        ("boardroom", 19, "R01", 18),
        ("reception", 26, "R08", 25),
        ("theatre", 51, "R08", 25),  # fire allows 50, air still less
    ],
)
def test_the_strictest_of_layout_fire_and_air_names_itself(layout, attendees, rule, limit):
    if rule is None:
        assert booked(ANN, "VZ-001", f"{MONDAY}T09:00", "10:00", attendees=attendees, layout=layout)
        return
    refusal = refused(ANN, "VZ-001", f"{MONDAY}T09:00", "10:00", attendees=attendees, layout=layout)["too_many_people"]
    assert (refusal.rule, refusal.limit, refusal.actual) == (rule, limit, attendees)


def test_a_shared_space_fills_up_to_its_last_place_and_no_further():
    for who, people in ((ANN, 30), (DORA, 20), (JEF, 20)):
        booked(who, "OR-04", f"{MONDAY}T12:00", "13:00", attendees=people)
    refusal = refused(INES, "OR-04", f"{MONDAY}T12:30", "13:30", attendees=1)["shared_space_full"]
    assert (refusal.limit, refusal.actual, refusal.rule) == (70, 71, None)
    assert booked(INES, "OR-04", f"{MONDAY}T13:00", "13:30", attendees=1)


def test_exclusive_use_of_a_shared_space_waits_for_approval_and_keeps_others_out():
    [party] = booked(ANN, "OR-04", f"{MONDAY}T15:00", "16:00", attendees=20, exclusive=True)
    assert party.status == "pending"
    assert party.awaited_roles == {"facility_manager"}
    assert "space_taken" in refused(BRAM, "OR-04", f"{MONDAY}T15:30", "16:30", attendees=2)
    assert "protected_break" in refused(BRAM, "OR-04", f"{TUESDAY}T13:00", "14:00", attendees=2, exclusive=True)
    assert "protected_break" in refused(BRAM, "KH-01", f"{TUESDAY}T13:00", "13:30", attendees=2, exclusive=True)


@pytest.mark.parametrize(
    ("who", "start", "end", "more", "codes"),
    [
        (KAAT, "2027-03-09T19:00", "21:00", {}, {"key_holder_needed"}),
        (KAAT, "2027-03-09T19:00", "23:15", {"key_holder": MARC}, {"too_late_at_night"}),
        (KAAT, "2027-03-09T08:00", "09:00", {}, {"outside_hours"}),  # the public comes in at 08:30
        (ANN, "2027-03-09T08:00", "09:00", {}, set()),  # staff from 07:00
        (ANN, "2027-03-09T06:45", "08:00", {}, {"outside_hours"}),
        (ANN, "2027-03-07T10:00", "11:00", {}, {"outside_hours"}),  # a Sunday
        (ANN, "2027-03-29T10:00", "11:00", {}, {"organisation_closed"}),  # Easter Monday
        (ANN, "2026-12-24T11:30", "12:30", {}, {"organisation_closed"}),  # open until 12:00
        (ANN, "2026-12-24T11:00", "12:00", {}, set()),
        (ANN, "2027-03-09T10:10", "11:00", {}, {"off_grid"}),
        (ANN, "2027-03-09T08:00", "17:00", {}, {"too_long"}),
        (ANN, "2028-03-06T08:00", "09:00", {}, {"too_far_ahead"}),
        (ANN, "2027-03-09T10:00", "11:00", {"wheelchair": 2, "attendees": 5}, {"not_accessible"}),
        (ANN, "2027-03-09T10:00", "11:00", {"layout": "circus"}, {"layout_not_offered"}),
    ],
)
def test_a_room_is_refused_for_the_reasons_a_person_would_give(who, start, end, more, codes):
    now = at("2026-12-20T09:00") if start.startswith("2026") else NOW
    if codes:
        assert set(refused(who, "VZ-001", start, end, now, **{"attendees": 10, **more})) == codes
    else:
        assert booked(who, "VZ-001", start, end, now, **{"attendees": 10, **more})


def test_an_evening_needs_key_holder_and_two_approvals_and_stands_when_both_are_given():
    [evening] = booked(KAAT, "VZ-001", f"{TUESDAY}T17:00", "20:00", attendees=10, key_holder=MARC)
    assert evening.status == "pending"
    assert evening.awaited_roles == {"receptionist", "facility_manager"}


def test_a_person_who_has_the_approving_role_books_at_once():
    [college] = booked(HUGO, "VZ-201", f"{MONDAY}T09:00", "11:00", attendees=10)
    assert college.status == "confirmed"
    [asked] = booked(ANN, "VZ-201", f"{TUESDAY}T09:00", "11:00", attendees=10)
    assert asked.status == "pending"


def test_every_reason_is_given_and_not_only_the_first():
    codes = refused(ANN, "SK-10", f"{THURSDAY}T17:00", "20:10", service="GEM-VRE", attendees=9, wheelchair=3)
    assert {
        "panic_button_needed",
        "too_many_people",
        "off_grid",
        "too_long",
        "outside_hours",
        "party_too_large",
        "not_accessible",
    } <= set(codes)


def test_a_space_of_others_says_only_that_it_is_not_for_you():
    assert set(refused(ANN, "SK-08", f"{THURSDAY}T03:10", "04:00", attendees=99)) == {"not_for_your_organisation"}


@pytest.mark.parametrize(
    ("start", "end", "why_not"),
    [
        ("07:00", "12:30", "person_busy"),
        ("12:30", "19:00", None),
        ("07:00", "19:00", "person_busy"),
        ("08:00", "12:30", "off_grid"),
    ],
)
def test_a_person_has_one_desk_a_half_day(start, end, why_not):
    booked(ANN, "WP-1BUR-01", f"{THURSDAY}T07:00", "12:30")
    if why_not:
        assert why_not in refused(ANN, "WP-1BUR-02", f"{THURSDAY}T{start}", end)
    else:
        assert booked(ANN, "WP-1BUR-02", f"{THURSDAY}T{start}", end)


def test_of_a_desks_block_only_the_part_within_the_days_hours_is_booked():
    now = at("2026-12-20T09:00")
    [morning] = booked(ANN, "WP-1BUR-01", "2026-12-24T07:00", "12:30", now)
    assert (morning.during.start, morning.during.end) == (at("2026-12-24T08:30"), at("2026-12-24T12:00"))
    assert set(refused(BRAM, "WP-1BUR-01", "2026-12-24T12:30", "19:00", now)) == {"organisation_closed"}


def test_the_slot_that_is_running_may_still_be_booked_and_the_one_before_not():
    now = at("2027-03-09T10:20")
    assert booked(ANN, "VZ-104", f"{TUESDAY}T10:15", "11:00", now, attendees=4)
    assert "in_the_past" in refused(ANN, "VZ-105", f"{TUESDAY}T10:00", "11:00", now, attendees=4)


def test_head_counts_bind_while_each_room_has_places_left(demo_app):
    put(SetLimit(Scope("floor", "F1"), 30))
    booked(ANN, "VZ-101", f"{MONDAY}T09:00", "10:00", attendees=20)
    refusal = refused(BRAM, "VZ-103", f"{MONDAY}T09:45", "10:45", attendees=11)["floor_full"]
    assert (refusal.rule, refusal.scope, refusal.limit, refusal.actual) == ("R04", "floor:F1", 30, 31)
    assert booked(BRAM, "VZ-103", f"{MONDAY}T09:45", "10:45", attendees=10)


def test_a_party_above_a_limit_by_itself_is_refused_whatever_others_do():
    put(SetLimit(Scope("floor", "F1"), 10))
    with pytest.raises(Refused) as no:
        booked(ANN, "VZ-103", f"{MONDAY}T09:00", "10:00", attendees=11)
    assert no.value.status == 422
    assert no.value.refusals[0].code == "floor_full"


def test_alternatives_can_be_booked_as_they_are_offered():
    booked(ANN, "VZ-104", f"{MONDAY}T09:00", "10:00", attendees=6)
    with pytest.raises(Refused) as no:
        booked(BRAM, "VZ-104", f"{MONDAY}T09:00", "10:00", attendees=6)
    assert no.value.status == 409
    assert len(no.value.alternatives) == 3
    for offered in no.value.alternatives:
        request = ask(offered.space, f"{MONDAY}T09:00", "10:00", attendees=6)
        check(
            request.__class__(offered.space, offered.during.start, offered.during.end, attendees=6),
            person_by_username(BRAM),
            NOW,
        )


def test_a_weekly_series_stays_at_nine_when_the_clock_changes():
    series = book(
        ask("VZ-001", "2027-03-15T09:00", "10:00", attendees=5, recurrence="FREQ=WEEKLY;COUNT=4", on_conflict="skip"),
        person_by_username(ANN),
        NOW,
    )
    assert [each.during.start for each in series.bookings] == [
        at("2027-03-15T09:00"),
        at("2027-03-22T09:00"),
        at("2027-04-05T09:00"),
    ]
    assert [(each.start, each.refusals[0].code) for each in series.refused] == [
        (at("2027-03-29T09:00"), "organisation_closed")
    ]
    assert len({each.uid for each in series.bookings}) == 1


def test_a_series_of_which_one_date_is_refused_is_not_booked_at_all_unless_asked():
    booked(BRAM, "VZ-001", "2027-03-16T09:00", "10:00", attendees=5)
    weekly = ask("VZ-001", "2027-03-09T09:00", "10:00", attendees=5, recurrence="FREQ=WEEKLY;COUNT=3")
    with pytest.raises(SeriesRefused) as no:
        book(weekly, person_by_username(ANN), NOW)
    assert no.value.status == 409
    assert len(everything()) == 1
    elsewhere = book(
        ask(
            "VZ-001",
            "2027-03-09T09:00",
            "10:00",
            attendees=5,
            recurrence="FREQ=WEEKLY;COUNT=3",
            on_conflict="alternative",
        ),
        person_by_username(ANN),
        NOW,
    )
    assert [each.space == "VZ-001" for each in elsewhere.bookings] == [True, False, True]


def test_a_series_of_four_hundred_dates_takes_no_more_queries_than_one_of_eight(demo_app, counted_queries):
    def queries(count: int, space: str) -> int:
        with counted_queries() as counted:
            check(
                ask(
                    space,
                    "2027-03-15T09:00",
                    "10:00",
                    attendees=5,
                    recurrence=f"FREQ=DAILY;COUNT={count}",
                    on_conflict="skip",
                ),
                person_by_username(FARID),
                NOW,
            )
        return counted.number

    few, many = queries(8, "VZ-001"), queries(400, "VZ-001")
    assert many <= few + 8  # one query more per hundred dates, for the building and for the person


@pytest.mark.parametrize(
    ("who", "whom", "may"),
    [
        (CHRIS, BRAM, True),  # a coordinator, for somebody of her services
        (ANN, BRAM, False),  # a colleague who did not name her
        (ANN, DORA, False),  # another organisation
        (GERDA, KAAT, True),  # reception takes requests by phone
        (GERDA, ANN, False),  # but not of those who work here
        (ANN, OLGA, False),  # no longer active
        (ANN, "nobody.at.all", False),  # answered alike
        (KAAT, LIEN, False),
    ],
)
def test_on_behalf_of_others(who, whom, may):
    if may:
        [booking] = booked(who, "VZ-001", f"{MONDAY}T09:00", "10:00", attendees=5, on_behalf_of=whom)
        assert (booking.organiser, booking.booked_by) == (whom, who)
    else:
        with pytest.raises(NotAllowed):
            booked(who, "VZ-001", f"{MONDAY}T09:00", "10:00", attendees=5, on_behalf_of=whom)
    assert len(everything()) == int(may)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"service": "NO-SUCH"}, "service"),
        ({"service": "OCMW-SCH"}, "service"),  # of another organisation
        ({"key_holder": "nobody.at.all"}, "key_holder"),
        ({"key_holder": BRAM}, "key_holder"),  # holds no keys
        ({"evacuation_buddy": "nobody.at.all"}, "evacuation_buddy"),
        ({"evacuation_buddy": DORA}, "evacuation_buddy"),  # of another organisation
        ({"evacuation_buddy": OLGA}, "evacuation_buddy"),  # no longer active
        ({"key_holder": "nobody"}, "key_holder"),
        ({"visitors": 9}, "visitors"),  # of five attendees
        ({"recurrence": "FREQ=SECONDLY;COUNT=2"}, "recurrence"),
    ],
)
def test_an_unknown_code_names_its_field(more, field):
    with pytest.raises(BadRequest) as bad:
        booked(ANN, "VZ-001", f"{MONDAY}T09:00", "10:00", attendees=5, **more)
    assert bad.value.field == field
    assert everything() == []


def test_an_unknown_space_is_not_found():
    with pytest.raises(NotFound):
        booked(ANN, "VZ-999", f"{MONDAY}T09:00", "10:00")


def test_a_request_sent_twice_with_one_key_is_one_booking():
    request = ask("VZ-104", f"{MONDAY}T09:00", "10:00", attendees=4)
    ann, key = person_by_username(ANN), Key("a", "k", "h")
    first = book(request, ann, NOW, key=key)
    again = book(request, ann, NOW, key=key)
    assert again.kept == {"booking_ids": [first.bookings[0].id]}
    assert len(everything()) == 1
    with pytest.raises(Refused) as no:
        book(request, ann, NOW, key=Key("a", "k", "another body"))
    assert [each.code for each in no.value.refusals] == ["key_used_before"]


def test_a_refused_request_leaves_its_key_unused():
    ann, key = person_by_username(ANN), Key("a", "k", "h")
    with pytest.raises(Refused):
        book(ask("VZ-104", f"{MONDAY}T03:00", "04:00", attendees=4), ann, NOW, key=key)
    assert book(ask("VZ-104", f"{MONDAY}T09:00", "10:00", attendees=4), ann, NOW, key=key).bookings


def test_a_confidential_talk_keeps_no_name_but_a_visitor_code():
    [talk] = booked(DORA, "SK-01", f"{THURSDAY}T10:00", "10:30", service="OCMW-LEE", title="Jan Peeters", attendees=2)
    assert talk.title is None
    assert talk.note is None
    assert talk.visitor_code
    assert talk.privacy == "busy"
    assert [each.code for each in talk.warnings] == ["alone", "title_not_kept"]


def test_a_check_writes_nothing():
    check(ask("VZ-104", f"{MONDAY}T09:00", "10:00", attendees=4), person_by_username(ANN), NOW)
    assert everything() == []
