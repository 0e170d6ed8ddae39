"""Closing days: whom they close, which bookings they leave outside, and who may set, change and take them back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from models.actions.bookings.book import book
from models.actions.places.change_closure import change_closure, effects_of_closure, remove_closure
from models.queries.bookings import bookings_by_id
from models.queries.hours import KeptClosure, closures_between, closures_by_id, kept_closure
from models.queries.house import the_house
from models.queries.people import person_by_username
from models.rules.changes.closing import Close
from models.rules.judging.unfit import Unfit
from models.rules.refusals import BadRequest, NotAllowed, NotFound, Refused
from models.rules.values import Scope
from tests.cast import ANN, FARID, INES, NORA, NOW, ask
from tests.changing import by, put, tried

MONDAY = date(2027, 3, 8)
EASTER_MONDAY = date(2027, 3, 29)
ALL_OF_THEM = frozenset({"GEM", "OCMW", "CAW", "WW", "VER"})

pytestmark = pytest.mark.usefixtures("demo")


def person(username: str):
    return person_by_username(username)


def wish(first: date = MONDAY, last: date | None = None, **more) -> Close:
    return Close(
        Scope("municipality", the_house().code), {"nl": "Verhuis", "fr": "Déménagement"}, first=first, last=last, **more
    )


def close(*wishes: Close, who: str = FARID) -> tuple[list[KeptClosure], tuple[Unfit, ...]]:
    """The closing days as they now stand, and the bookings that no longer fit."""
    effects = put(*wishes, who=who, reason="")
    return closures_by_id(effects.closed), effects.unfit


def for_(*organisations: str, **more) -> Close:
    return wish(organisations=frozenset(organisations), **more)


def booked(space: str, start: str, end: str, who: str = ANN, day: date = MONDAY):
    return book(ask(space, f"{day}T{start}", end), person(who), NOW).bookings[0]


def refused(space: str, start: str, end: str, who: str = ANN, day: date = MONDAY) -> list[str]:
    with pytest.raises(Refused) as no:
        booked(space, start, end, who, day)
    return [each.code for each in no.value.refusals]


def test_a_closure_on_a_day_with_bookings_shows_them_and_they_stay():
    room, talk = booked("VZ-101", "09:00", "10:00"), booked("SK-08", "09:00", "09:30", INES)
    booked("VZ-101", "09:00", "10:00", day=MONDAY + timedelta(days=1))
    assert [each.booking.id for each in tried(wish()).unfit] == [room.id, talk.id]
    assert closures_between(MONDAY, MONDAY) == []
    _closures, unfit = close(wish())
    assert [(each.booking.id, each.codes) for each in unfit] == [
        (room.id, ("organisation_closed",)),
        (talk.id, ("organisation_closed",)),
    ]
    assert {each.status for each in bookings_by_id([room.id, talk.id])} == {"confirmed"}


def test_from_then_on_nobody_books_that_day_and_the_days_beside_it_are_as_before():
    close(wish())
    assert refused("VZ-101", "14:00", "15:00") == refused("SK-08", "14:00", "14:30", INES) == ["organisation_closed"]
    assert booked("VZ-101", "14:00", "15:00", day=MONDAY + timedelta(days=1))


def test_only_the_organisations_named_are_closed():
    closures, _unfit = close(for_("CAW"), who=INES)
    assert closures[0].day.organisations == {"CAW"}
    assert refused("SK-08", "14:00", "14:30", INES) == ["organisation_closed"]
    assert booked("VZ-101", "14:00", "15:00")


def test_a_day_may_be_open_in_part():
    morning, afternoon = booked("VZ-101", "09:00", "10:00"), booked("VZ-101", "13:00", "14:00")
    _closures, unfit = close(wish(kind="half_day", opens=8 * 60, closes=12 * 60))
    assert [each.booking.id for each in unfit] == [afternoon.id] != [morning.id]
    assert booked("VZ-101", "11:00", "12:00")
    assert refused("VZ-103", "11:30", "12:30") == ["organisation_closed"]


def test_a_stretch_of_days_is_a_row_for_each_but_where_everyone_is_closed_already():
    assert len(closures_between(EASTER_MONDAY, EASTER_MONDAY)) == 1
    closures, _unfit = close(wish(EASTER_MONDAY - timedelta(days=3), EASTER_MONDAY + timedelta(days=4)))
    assert [each.day.day.day for each in closures] == [26, 27, 28, 30, 31, 1, 2]
    assert closures[0].names == {"nl": "Verhuis", "fr": "Déménagement"}
    with pytest.raises(BadRequest) as no:
        close(wish(EASTER_MONDAY, organisations=ALL_OF_THEM))
    assert (no.value.field, no.value.code) == ("from", "already_closed")


def test_several_are_written_together_or_not_at_all():
    with pytest.raises(BadRequest):
        close(wish(), wish(date(2027, 3, 1)))
    assert closures_between(MONDAY, MONDAY) == []
    assert len(close(wish(), wish(date(2027, 4, 5)), wish())[0]) == 2


def test_the_house_that_was_imagined_is_the_one_that_comes():
    imagined = for_("GEM", "WW").imagined(the_house())
    close(for_("GEM", "WW"))
    assert set(imagined.closures) == set(the_house().closures)


@pytest.mark.parametrize(
    ("who", "organisations", "may"),
    [
        (FARID, (), True),
        (FARID, ("WW",), True),
        (INES, ("CAW",), True),
        (INES, (), False),  # that would be everyone
        (INES, ("CAW", "GEM"), False),
        (INES, ("GEM",), False),
        (NORA, ("GEM",), False),
        (ANN, ("GEM",), False),
    ],
)
def test_who_may_close_whom(who, organisations, may):
    if may:
        assert close(for_(*organisations), who=who)[0]
        return
    with pytest.raises(NotAllowed):
        close(for_(*organisations), who=who)
    [[own], _unfit] = close(for_("CAW"))
    if who == INES:  # and none of hers becomes one of others
        with pytest.raises(NotAllowed):
            change_closure(own.id, for_(*organisations), by(who))


def test_a_partners_administrator_leaves_the_days_of_others_alone():
    [shared] = closures_between(EASTER_MONDAY, EASTER_MONDAY)
    for act in (lambda: remove_closure(shared.id, by(INES)), lambda: change_closure(shared.id, for_("CAW"), by(INES))):
        with pytest.raises(NotAllowed):
            act()
    assert kept_closure(shared.id) == shared


def test_a_closing_day_moves_and_its_old_day_is_open_again():
    [[made], _unfit] = close(wish())
    tuesday = wish(MONDAY + timedelta(days=1), organisations=frozenset({"GEM"}))
    room = booked("VZ-101", "09:00", "10:00", day=MONDAY + timedelta(days=1))
    assert [each.booking.id for each in effects_of_closure(made.id, tuesday, by()).unfit] == [room.id]
    changed = change_closure(made.id, tuesday, by(), seen=made.version)
    assert [each.booking.id for each in changed.unfit] == [room.id]
    [kept] = closures_by_id(changed.closed)
    assert (kept.id, kept.version, kept.day.organisations) == (made.id, made.version + 1, {"GEM"})
    assert booked("VZ-101", "09:00", "10:00")


def test_a_closing_day_is_taken_back():
    [[made], _unfit] = close(wish())
    remove_closure(made.id, by(), seen=made.version)
    assert kept_closure(made.id) is None
    assert booked("VZ-101", "09:00", "10:00")
    with pytest.raises(NotFound):
        remove_closure(made.id, by())


def test_what_is_over_stays_as_it_was():
    [new_year] = closures_between(date(2027, 1, 1), date(2027, 1, 1))
    for act in (lambda: remove_closure(new_year.id, by()), lambda: change_closure(new_year.id, wish(), by())):
        with pytest.raises(BadRequest) as no:
            act()
        assert no.value.code == "closure_over"
    [[made], _unfit] = close(wish())
    with pytest.raises(BadRequest) as no:
        change_closure(made.id, wish(date(2027, 3, 1)), by())
    assert no.value.code == "in_the_past"


def test_the_second_of_two_managers_is_told_that_the_first_was_there():
    [[made], _unfit] = close(wish())
    change_closure(made.id, replace(wish(), kind="bridging_day"), by(), seen=made.version)
    for act in (
        lambda: change_closure(made.id, for_("GEM"), by(), seen=made.version),
        lambda: remove_closure(made.id, by(), seen=made.version),
    ):
        with pytest.raises(Refused) as no:
            act()
        assert [each.code for each in no.value.refusals] == ["changed_meanwhile"]
    assert kept_closure(made.id).day.kind == "bridging_day"
