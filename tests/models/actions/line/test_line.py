"""The line of the counters: one number for a press, one party for a call, and a stamp for each change."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models.actions.bookings.book import book
from models.actions.bookings.book_parts import book_parts
from models.actions.bookings.change import change
from models.actions.bookings.release_no_shows import release_no_shows
from models.actions.line.arrive import arrive
from models.actions.line.begin import begin
from models.actions.line.call_again import call_again
from models.actions.line.call_next import call_next
from models.actions.line.finish import finish
from models.actions.line.forget_visitors import forget_visitors
from models.actions.line.forward import forward
from models.actions.line.interrupt import interrupt, resume
from models.actions.line.join import Joining, join_line
from models.actions.line.out_of_order import call_out_of_order, make_urgent
from models.actions.line.park import park
from models.actions.line.put_back import put_back
from models.actions.line.receive import receive, take_back_arrival
from models.actions.line.send_away import send_away
from models.queries.arrivals import arrived_among
from models.queries.bookings import booked
from models.queries.house import the_house
from models.queries.line import (
    calls_of,
    line_of,
    party_numbered,
    party_under,
    place_in_line,
    place_on_duty,
    put_first_in,
    served_by,
    stamps_of,
    visit_of_booking,
    visit_row,
    waiting,
)
from models.queries.line_pace import took_lately
from models.queries.people import person_by_username
from models.rules.line.waiting import Waiting
from models.rules.people.person import By
from models.rules.refusals import BadRequest, NotAllowed, NotFound, Refused
from tests.cast import ANN, CHRIS, DORA, GERDA, JEF, KAAT, NOW, ask, at
from tests.models.actions.racing import race
from tests.models.actions.racing_jobs import call_the_next

pytestmark = pytest.mark.usefixtures("demo")
TODAY, HALL, BOOTHS, PASS, LICENCE = "2027-03-03", "Z0-LOK", "Z0-SPR", "GEM-BEV", "GEM-RIJ"


def by(who: str, minutes: float = 0) -> By:
    return By(person_by_username(who), NOW + timedelta(minutes=minutes))


def joined(minutes: float = 0, service: str = PASS, zone: str = HALL, **more):
    return join_line(Joining(zone, service, **more), person_by_username(GERDA), NOW + timedelta(minutes=minutes))


def why_not(action, *arguments):
    with pytest.raises(Refused) as refused:
        action(*arguments)
    return refused.value.refusals[0].code


def test_a_double_press_gives_one_number_and_numbers_do_not_count_up():
    one, again = joined(key="kiosk:1"), joined(1, key="kiosk:1")
    assert one == again
    numbers = [joined(2 + each).number for each in range(30)]
    assert len(set(numbers)) == 30
    assert numbers != sorted(numbers)


@pytest.mark.parametrize(
    ("who", "wish", "wrong"),
    [
        (GERDA, Joining("Z9", PASS), NotFound),
        (GERDA, Joining(HALL, "OCMW-INT"), BadRequest),  # received in a booth, not at a counter
        (GERDA, Joining(HALL, PASS, 0), BadRequest),
        (GERDA, Joining(HALL, PASS, key="x" * 201), BadRequest),
        (JEF, Joining(HALL, PASS), NotAllowed),  # of the job shop
        (KAAT, Joining(HALL, PASS), NotAllowed),
        (None, Joining(HALL, PASS, 3), None),  # a kiosk
        (ANN, Joining(HALL, PASS), None),  # of that service
    ],
)
def test_a_place_in_line_is_taken_where_there_is_a_line_by_whoever_may(who, wish, wrong):
    person = person_by_username(who) if who else None
    if wrong is None:
        assert join_line(wish, person, NOW).quantity == wish.quantity
    else:
        with pytest.raises(wrong):
            join_line(wish, person, NOW)


def test_who_waits_longest_is_called_and_pressed_twice_it_is_one():
    first, second = joined(), joined(1)
    called = call_next(HALL, "LK-01", by(ANN, 5))
    assert (called.party.number, called.party.place, called.turn.why) == (first.number, "LK-01", "longest")
    assert call_next(HALL, "LK-01", by(ANN, 6)).party == called.party
    assert [(each.number, each.place, each.state) for each in calls_of(HALL, NOW, NOW + timedelta(minutes=6))] == [
        (first.number, "LK-01", "called")
    ]
    assert place_in_line(second.handle, NOW + timedelta(minutes=6)).before == 0
    begin(first.handle, by(ANN, 7))
    assert why_not(call_next, HALL, "LK-01", by(ANN, 8)) == "talk_goes_on"


@pytest.mark.parametrize(
    ("who", "place", "wrong"),
    [(ANN, "SK-01", BadRequest), (ANN, "nowhere", BadRequest), (DORA, "LK-01", NotFound), (KAAT, "LK-01", NotFound)],
)
def test_somebody_is_called_to_a_place_of_the_zone_by_whoever_works_there(who, place, wrong):
    joined()
    with pytest.raises(wrong):
        call_next(HALL, place, by(who))


def test_whoever_does_not_work_for_a_service_is_told_nothing_of_its_line():
    secret = joined(service="OCMW-SCH", zone=BOOTHS)
    assert call_next(BOOTHS, "SK-01", by(CHRIS, 1)) is None
    with pytest.raises(NotFound):
        begin(secret.handle, by(CHRIS, 1))
    assert call_next(BOOTHS, "SK-05", by(DORA, 1)).party.number == secret.number


def test_after_three_calls_a_party_has_not_come_and_may_be_put_back_at_its_old_place():
    first, second = joined(), joined(1)
    call_next(HALL, "LK-01", by(ANN, 5))
    assert call_again(first.handle, by(ANN, 5)).calls == 1  # in the same breath
    assert [call_again(first.handle, by(ANN, 5 + each)).state for each in (1, 2, 3)] == ["called", "called", "not_come"]
    assert put_back(first.handle, by(ANN, 20)).calls == 0
    assert call_next(HALL, "LK-01", by(ANN, 21)).party.number == first.number
    waited = visit_row(first.handle).first_called_at - visit_row(first.handle).arrived_at
    assert waited == timedelta(minutes=5)  # to the first call
    assert place_in_line(second.handle, NOW + timedelta(minutes=21)).before == 0


def test_handling_is_the_sum_over_interruptions():
    one = joined()
    call_next(HALL, "LK-01", by(ANN, 1))
    begin(one.handle, by(ANN, 2))
    interrupt(one.handle, by(ANN, 5))
    resume(one.handle, by(ANN, 20), "LK-01")
    park(one.handle, by(ANN, 24))
    resume(one.handle, by(ANN, 30), "LK-01")
    send_away(one.handle, by(ANN, 31))
    resume(one.handle, by(ANN, 40), "LK-01")
    done = finish(one.handle, by(ANN, 42), "as_booked", 1)
    row = visit_row(one.handle)
    assert (done.state, row.handled_seconds, row.outcome, row.others) == ("done", (3 + 4 + 1 + 2) * 60, "as_booked", 1)
    verbs = [each.verb for each in stamps_of([row.id])]
    assert verbs == ["join", "call", "begin", "interrupt", "resume", "park", "resume", "send_away", "resume", "finish"]
    assert finish(one.handle, by(ANN, 50), "gave_up").state == "done"
    assert visit_row(one.handle).outcome == "as_booked"
    assert why_not(begin, one.handle, by(ANN, 51)) == "wrong_status"


def test_somebody_who_is_handed_on_keeps_the_time_at_which_they_came():
    early, late = joined(), joined(5, LICENCE)
    call_next(HALL, "LK-01", by(ANN, 6))
    handed = forward(early.handle, LICENCE, by(ANN, 7))
    assert (handed.service, handed.arrived_at, handed.place) == (LICENCE, early.arrived_at, None)
    assert call_next(HALL, "LK-03", by("medewerker.burgerzaken.04", 8)).party.number == early.number
    assert place_in_line(late.handle, NOW + timedelta(minutes=8)).before == 0
    with pytest.raises(BadRequest):
        forward(early.handle, "OCMW-SCH", by("medewerker.burgerzaken.04", 9))


def test_out_of_order_needs_a_reason_and_is_counted():
    first, second, third = joined(), joined(1), joined(2)
    with pytest.raises(BadRequest):
        make_urgent(second.handle, " ", by(ANN, 3))
    assert make_urgent(second.handle, "Feels faint", by(ANN, 3)) == make_urgent(
        second.handle, "Feels faint", by(ANN, 3.1)
    )
    assert call_next(HALL, "LK-01", by(ANN, 4)).turn.why == "urgent"
    assert why_not(call_out_of_order, third.handle, "LK-01", "Baby", by(ANN, 5)) == "wrong_status"
    finish(second.handle, by(ANN, 5), "gave_up")
    assert call_out_of_order(third.handle, "LK-01", "A small baby", by(ANN, 6)).place == "LK-01"
    rows = [visit_row(each.handle).id for each in (first, second, third)]
    assert [each.reason for each in stamps_of(rows) if each.reason] == ["Feels faint", "A small baby"]
    counted = [put_first_in(HALL, services, NOW, the_house()) for services in ({PASS, LICENCE}, {LICENCE}, ())]
    assert counted == [2, 0, 0]  # of the others nobody is told whose line it is not


def test_whoever_comes_for_a_talk_is_called_by_its_hour_and_the_talk_follows():
    talk = book(ask("SK-01", f"{TODAY}T10:00", "10:30", service="GEM-VRE"), person_by_username(CHRIS), NOW).bookings[0]
    here = arrive(talk.id, person_by_username(GERDA), NOW + timedelta(minutes=10))
    assert arrive(talk.id, None, NOW + timedelta(minutes=11)) == here
    assert here.due_at == talk.during.start
    assert booked(talk.id).status == "confirmed"  # check-in opens a quarter before
    assert call_next(BOOTHS, "SK-01", by(CHRIS, 12)) is None  # 38 minutes before its hour
    assert call_next(BOOTHS, "SK-01", by(CHRIS, 50)).turn.why == "appointment"
    begin(here.handle, by(CHRIS, 55))
    assert booked(talk.id).status == "checked_in"
    finish(here.handle, by(CHRIS, 70), "as_booked")
    assert booked(talk.id).status == "completed"


def test_whoever_waits_for_a_talk_that_is_moved_within_the_day_is_called_by_its_new_hour():
    talk = book(ask("SK-01", f"{TODAY}T14:00", "14:30", service="GEM-VRE"), person_by_username(CHRIS), NOW).bookings[0]
    here = arrive(talk.id, person_by_username(GERDA), NOW)
    earlier = {"start": at(f"{TODAY}T11:00"), "end": at(f"{TODAY}T11:30")}
    change(talk.id, earlier, person_by_username(CHRIS), NOW)
    assert arrive(talk.id, None, NOW + timedelta(minutes=1)) == party_under(here.handle)
    assert party_under(here.handle).due_at == earlier["start"]


@pytest.mark.parametrize(("called", "then"), [(False, "not_come"), (True, "called")])
def test_whoever_came_for_a_talk_that_is_moved_to_another_day_comes_for_it_anew(called, then):
    talk = book(ask("SK-01", f"{TODAY}T14:00", "14:30", service="GEM-VRE"), person_by_username(CHRIS), NOW).bookings[0]
    receive(talk.handle, by(GERDA))
    here = party_numbered(visit_of_booking(talk.id).id)
    if called:
        call_next(BOOTHS, "SK-01", By(person_by_username(CHRIS), at(f"{TODAY}T13:50")))
    moving, tomorrow = (at(f"{TODAY}T13:55"), at("2027-03-04T13:50"))
    later = {"start": at("2027-03-04T14:00"), "end": at("2027-03-04T14:30")}
    change(talk.id, later, person_by_username(CHRIS), moving)
    assert (party_under(here.handle).state, party_under(here.handle).due_at) == (then, None)
    assert arrived_among([talk.id]) == {}
    assert receive(talk.handle, By(person_by_username(GERDA), tomorrow)).since == tomorrow
    anew = party_numbered(visit_of_booking(talk.id).id)
    assert (anew.handle != here.handle, anew.due_at) == (True, later["start"])
    assert booked(talk.id).status == "checked_in"


def test_a_talk_of_another_day_is_not_called():
    talk = book(ask("SK-01", "2027-03-04T10:00", "10:30", service="GEM-VRE"), person_by_username(CHRIS), NOW)
    assert why_not(arrive, talk.bookings[0].id, person_by_username(GERDA), NOW) == "not_today"
    with pytest.raises(NotFound):
        arrive(talk.bookings[0].id, person_by_username(JEF), NOW)
    assert line_of(BOOTHS, NOW) == []


def test_how_long_it_takes_is_told_once_twenty_talks_have_ended(counted_queries):
    ann, bram = by(ANN).person, by("medewerker.burgerzaken.05").person
    for each in range(20):
        assert waiting(PASS, NOW + timedelta(minutes=each), HALL) == Waiting(0)
        one = joined(each)
        call_next(HALL, "LK-01", By(ann, NOW + timedelta(minutes=each)))
        begin(one.handle, By(ann, NOW + timedelta(minutes=each, seconds=20)))
        finish(one.handle, By(ann, NOW + timedelta(minutes=each, seconds=50)), "as_booked")
    took = took_lately(the_house().services[PASS].id, NOW + timedelta(minutes=30), the_house())
    assert took == [timedelta(seconds=50)] * 20  # with the way to the counter
    line = [joined(30) for _each in range(12)]
    call_next(HALL, "LK-02", By(bram, NOW + timedelta(minutes=31)))
    told = place_in_line(line[-1].handle, NOW + timedelta(minutes=31))
    assert (told.before, told.waits.least, told.waits.most) == (
        10,
        timedelta(),
        timedelta(minutes=5),
    )  # two are on duty
    with counted_queries() as counted:
        assert waiting(PASS, NOW + timedelta(minutes=31), HALL).before == 11
    assert counted.number <= 6


def test_the_roster_of_today_says_who_works_in_a_line_and_where():
    house, ann = the_house(), by(ANN).person
    monday = NOW + timedelta(days=5, hours=1)  # of an even week, at ten
    assert place_on_duty(ann, HALL, monday, house) == "LK-01"
    assert place_on_duty(ann, HALL, monday + timedelta(days=5), house) is None  # no Saturday of theirs
    rostered = by("medewerker.omgeving.en.vrije.tijd.02").person
    assert served_by(rostered, HALL, monday, house) == {"GEM-MOB"}
    with pytest.raises(NotFound):
        call_next(BOOTHS, "SK-01", By(rostered, monday))


def test_reception_says_once_that_somebody_is_here_for_all_parts_of_a_visit_and_takes_it_back_for_all():
    hours = (("11:30", "11:45", "GEM-VRE"), ("12:00", "12:15", "GEM-BST"))
    parts = [ask("SK-02", f"{TODAY}T{start}", end, service=service) for start, end, service in hours]
    one, other = book_parts(parts, person_by_username(CHRIS), NOW).bookings
    gerda, pressed = person_by_username(GERDA), at(f"{TODAY}T11:20")
    receive(one.handle, By(gerda, pressed))
    assert arrived_among([one.id, other.id]) == {one.id: pressed, other.id: pressed}
    assert release_no_shows(at(f"{TODAY}T12:14")) == 0
    assert take_back_arrival(one.handle, By(gerda, pressed + timedelta(seconds=30)))
    assert arrived_among([one.id, other.id]) == {}
    assert [booked(each.id).status for each in (one, other)] == ["confirmed", "confirmed"]


def test_a_week_later_nothing_leads_to_whoever_came():
    talk = book(ask("SK-01", f"{TODAY}T10:00", "10:30", service="GEM-VRE"), person_by_username(CHRIS), NOW).bookings[0]
    here, urgent = arrive(talk.id, person_by_username(GERDA), NOW), joined(key="kiosk:2")
    make_urgent(urgent.handle, "Feels faint", by(ANN))
    in_six, in_eight = NOW + timedelta(days=6), NOW + timedelta(days=8)
    assert (booked(talk.id).visitor_code, forget_visitors(in_six)) == (talk.visitor_code, 0)
    assert forget_visitors(in_eight) == 3
    assert forget_visitors(in_eight) == 0
    assert booked(talk.id).visitor_code is None
    for each in (here, urgent):
        row = visit_row(each.handle)
        assert (row.booking_id, row.join_key, row.reason, row.urgent) == (None, None, None, False)
        assert [stamp.reason for stamp in stamps_of([row.id]) if stamp.reason] == []


def test_several_colleagues_in_the_same_instant_each_get_another_party(demo_url):
    waiting = {joined(each).number for each in range(6)}
    callers = [(f"medewerker.burgerzaken.{n:02}", HALL, f"LK-0{i}") for i, n in enumerate((1, 5, 9, 13, 17, 21), 1)]
    got = race(demo_url, call_the_next, callers)
    assert sorted(got) == sorted(waiting)
