"""Booking a room from its page: once however often it is sent, and with a way out where it is refused."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.blueprints.booking.reading import values_of
from tests.cast import ANN, BRAM, FARID, GERDA, KAAT
from tests.demo_building import open_day_and_night

TOMORROW = "2027-03-04"
# What is read from a form reaches no database.
ON_ONE_DATABASE = pytest.mark.parametrize("shelf", ["sqlite"], indirect=True)
FORM = "/rooms/VZ-104/book"


def test_a_room_is_booked_from_its_form_and_the_page_that_follows_says_so(signed_in, kept):
    ann = signed_in(ANN)
    sent = ann.fill_in(FORM, date=TOMORROW, start="10:00", end="11:00", attendees="6", title="Street plan")
    page = ann.follow(sent)
    assert page.title == "Street plan"
    assert "Booked: De Kaai" in page.text
    booking = kept(sent.location.rpartition("/")[2])
    assert (booking.space, booking.attendees, booking.status) == ("VZ-104", 6, "confirmed")
    assert booking.during.start.isoformat() == "2027-03-04T09:00:00+00:00"  # ten o'clock on the wall in winter


def test_a_form_sent_twice_is_one_booking_and_leads_to_it_both_times(signed_in, all_bookings):
    ann = signed_in(ANN)
    values = values_of(ann.open(FORM).form(FORM)) | {"date": TOMORROW, "start": "10:00", "end": "11:00"}
    first, second = ann.send(FORM, **values), ann.send(FORM, **values)
    assert (first.status, first.location) == (second.status, second.location)
    assert len(all_bookings()) == 1


def test_back_and_another_hour_or_room_is_another_booking_and_each_of_them_is_made_once(signed_in, all_bookings):
    ann = signed_in(ANN)
    values = values_of(ann.open(FORM).form(FORM)) | {"date": TOMORROW, "start": "10:00", "end": "11:00"}
    other = "/rooms/VZ-105/book"
    wishes = [
        (FORM, values),
        (FORM, values | {"start": "14:00", "end": "15:00"}),
        (other, values | {"start": "15:00", "end": "16:00"}),
    ]
    answers = [ann.send(form, **wish) for form, wish in [*wishes, *reversed(wishes)]]
    assert {each.status for each in answers} == {303}
    locations = [each.location for each in answers]
    assert locations[3:] == locations[2::-1]
    assert len(set(locations)) == len(all_bookings()) == 3


def test_a_refused_form_comes_back_filled_in_with_every_reason_first(signed_in, booked):
    booked(BRAM, "VZ-104", f"{TOMORROW}T10:00", "11:00")
    page = signed_in(ANN).fill_in(FORM, date=TOMORROW, start="10:00", end="11:00", attendees="30", title="Street plan")
    assert page.status == 422  # too many people, whatever others do
    summary = page.soup.select_one(".error-summary")
    assert summary.has_attr("autofocus")
    assert "30 people" in summary.text
    assert "taken" in summary.text
    assert {link["href"] for link in summary.select("a")} == {"#attendees"}
    assert page.soup.find(id="title")["value"] == "Street plan"


def test_an_alternative_is_one_press_that_books_it_with_what_was_filled_in(signed_in, booked, kept):
    booked(BRAM, "VZ-104", f"{TOMORROW}T10:00", "11:00")
    ann = signed_in(ANN)
    refused = ann.fill_in(FORM, date=TOMORROW, start="10:00", end="11:00", attendees="6", title="Street plan")
    assert refused.status == 409
    offers = refused.buttons("Book this")
    assert 1 <= len(offers) <= 3
    for offer in offers[:1]:
        done = ann.press(offer)
        assert done.status == 303
        booking = kept(done.location.rpartition("/")[2])
        assert (booking.title, booking.attendees, booking.organiser) == ("Street plan", 6, ANN)


def test_the_check_says_beforehand_what_booking_would_say_and_writes_nothing(signed_in, booked, all_bookings):
    booked(BRAM, "VZ-104", f"{TOMORROW}T10:00", "11:00")
    ann = signed_in(ANN)
    free = ann.send(f"{FORM}/check", date=TOMORROW, start="14:00", end="15:00")
    taken = ann.send(f"{FORM}/check", date=TOMORROW, start="10:00", end="11:00")
    unclear = ann.send(f"{FORM}/check", date="", start="10:00", end="11:00")
    assert "This is possible" in free.text
    assert taken.status == 200
    assert "This is not possible" in taken.text
    assert taken.buttons("Book this")
    assert "Choose a date" in unclear.text
    assert len(all_bookings()) == 1


def test_an_hour_that_the_clock_skips_is_said_at_the_field(signed_in):
    page = signed_in(FARID).fill_in("/spaces/PZ-01/book", date="2027-03-28", start="02:30", end="04:00")
    assert page.status == 400
    assert page.wrong_fields() == {"start"}
    assert "does not exist" in page.text


@pytest.mark.parametrize(
    ("repeat", "extra", "dates"),
    [
        ("weekly", {"count": "3"}, ["2027-03-04", "2027-03-11", "2027-03-18"]),
        ("daily", {"until": "2027-03-05"}, ["2027-03-04", "2027-03-05"]),
        ("monthly_weekday", {"count": "2"}, ["2027-03-04", "2027-04-01"]),  # the first Thursday
        ("monthly_day", {"count": "2"}, ["2027-03-04", "2027-05-04"]),  # 4 April is a Sunday: left out
    ],
)
def test_a_booking_repeats_as_chosen(repeat, extra, dates, signed_in, all_bookings):
    sent = signed_in(ANN).fill_in(
        FORM,
        date=TOMORROW,
        start="10:00",
        end="11:00",
        repeat=repeat,
        on_conflict="skip",
        **({"count": "3"} if repeat == "monthly_day" else extra),
    )
    assert sent.status == 303
    assert [each.during.start.date().isoformat() for each in all_bookings()] == dates


def test_a_repeat_without_an_end_is_asked_for_one(signed_in, all_bookings):
    page = signed_in(ANN).fill_in(FORM, date=TOMORROW, start="10:00", end="11:00", repeat="weekly")
    assert page.status == 400
    assert page.wrong_fields() == {"until"}
    assert not all_bookings()


def test_a_series_with_a_taken_date_offers_the_other_dates_at_one_press(signed_in, booked, all_bookings):
    booked(BRAM, "VZ-104", "2027-03-11T10:00", "11:00")
    ann = signed_in(ANN)
    page = ann.fill_in(FORM, date=TOMORROW, start="10:00", end="11:00", repeat="weekly", count="3", title="Series")
    assert page.status == 409
    assert "Not every date is possible" in page.text
    assert "11 March" in page.text
    done = ann.press(page.buttons("Book the other dates")[0])
    assert "2 dates booked" in ann.follow(done).text
    assert [each.title for each in all_bookings()].count("Series") == 2


def test_reception_books_for_an_association_by_its_name(signed_in, kept):
    gerda = signed_in(GERDA)
    sent = gerda.fill_in(
        "/rooms/VZ-001/book",
        date=TOMORROW,
        start="14:00",
        end="16:00",
        attendees="12",
        on_behalf_of=KAAT,
        channel="phone",
    )
    booking = kept(sent.location.rpartition("/")[2])
    assert (booking.organiser, booking.booked_by, booking.organisation) == (KAAT, GERDA, "VER")


def test_a_name_that_fits_several_people_is_asked_again_and_one_that_fits_nobody_too(signed_in, all_bookings):
    gerda = signed_in(GERDA)
    for name in ("Medewerker Burgerzaken", "nobody at all"):
        page = gerda.fill_in("/rooms/VZ-001/book", date=TOMORROW, start="14:00", end="16:00", on_behalf_of=name)
        assert page.status == 400
        assert page.wrong_fields() == {"on_behalf_of"}
    assert not all_bookings()


def test_who_works_elsewhere_is_nobody_to_whoever_may_not_book_for_them(signed_in, all_bookings):
    page = signed_in(ANN).fill_in(FORM, date=TOMORROW, start="14:00", end="16:00", on_behalf_of=KAAT)
    assert (page.status, page.wrong_fields()) == (400, {"on_behalf_of"})
    assert "We do not know an active person with this name." in page.text
    assert not all_bookings()


@pytest.mark.parametrize(
    ("who", "field", "typed", "some"),
    [
        (ANN, "on_behalf_of", "maatschappelijk", False),  # another organisation's
        (ANN, "on_behalf_of", "burgerzaken", True),  # herself
        (ANN, "evacuation_buddy", "burgerzaken", True),
        (ANN, "evacuation_buddy", "maatschappelijk", False),
        (GERDA, "on_behalf_of", "maatschappelijk", False),  # reception books for associations and residents
        (GERDA, "on_behalf_of", "harmonie", True),
        (GERDA, "on_behalf_of", "h", False),  # from the second letter on
    ],
)
def test_only_those_are_suggested_whom_one_may_name(signed_in, who, field, typed, some):
    page = signed_in(who).open(f"/bookings/people?{field}={typed}")
    assert bool(page.soup.find_all("option")) is some


@ON_ONE_DATABASE
@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({"date": "abc"}, "date"),
        ({"date": "0001-01-01"}, "date"),
        ({"date": "9999-12-31"}, "date"),
        ({"start": "25:00"}, "start"),
        ({"start": "10:00", "end": "09:00"}, "end"),
        ({"start": "10:00", "end": "10:00"}, "end"),
        ({"attendees": "0"}, "attendees"),
        ({"attendees": "-5"}, "attendees"),
        ({"attendees": "9" * 5000}, "attendees"),
        ({"attendees": "100001"}, "attendees"),
        ({"title": "x" * 201}, "title"),
        ({"title": "a\x07b"}, "title"),
        ({"visitors": "9", "attendees": "2"}, "visitors"),
        ({"repeat": "hourly"}, "repeat"),
        ({"repeat": "daily", "count": "401"}, "count"),
        ({"privacy": "all"}, "privacy"),
    ],
)
def test_what_makes_no_sense_is_said_at_its_field(values, wrong, signed_in, all_bookings):
    page = signed_in(ANN).fill_in(FORM, **({"date": TOMORROW, "start": "10:00", "end": "11:00"} | values))
    assert page.status == 400
    assert wrong in page.wrong_fields()
    assert not all_bookings()


def test_a_form_from_another_site_books_nothing(demo_app, signed_in, all_bookings):
    ann = signed_in(ANN)
    demo_app.config["WTF_CSRF_ENABLED"] = True
    assert ann.send(FORM, date=TOMORROW, start="10:00", end="11:00").status == 400
    assert not all_bookings()
    assert ann.fill_in(FORM, date=TOMORROW, start="10:00", end="11:00").status == 303


def test_a_whole_day_is_booked_from_the_form_on_the_date_that_has_25_hours(signed_in, kept, demo_app):
    with demo_app.app_context():
        open_day_and_night("VZ-104")
    sent = signed_in(ANN).fill_in(FORM, date="2027-10-31", start="00:00", end="00:00", attendees="6", title="Vigil")
    assert sent.status == 303, sent.text
    assert kept(sent.location.rpartition("/")[2]).during.length == timedelta(hours=25)


def test_whoever_books_what_they_just_booked_is_led_to_it_and_a_colleague_or_a_later_hour_is_refused(
    signed_in, clock, all_bookings
):
    ann, wish = signed_in(ANN), {"date": TOMORROW, "start": "10:00", "end": "11:00"}
    ann.fill_in(FORM, **wish, title="Street plan")
    said, link = "You have just booked this yourself", f'href="/bookings/{all_bookings()[0].handle}"'
    again = ann.fill_in(FORM, **wish)
    assert (again.status, said in again.text, link in str(again.soup)) == (409, True, True)
    assert again.soup.select_one(".error-summary, .alternatives") is None
    longer, other = ann.fill_in(FORM, **wish | {"end": "11:30"}), signed_in(BRAM).fill_in(FORM, **wish)
    clock.instant += timedelta(minutes=15)
    for page in (longer, other, ann.fill_in(FORM, **wish)):
        assert page.soup.select_one(".error-summary .alternatives")
        assert said not in page.text
    assert len(all_bookings()) == 1
