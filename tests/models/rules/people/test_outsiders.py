"""Who may book a space, and who is told when it is taken."""

from __future__ import annotations

import pytest

from models.rules.people.discretion import Viewer, is_told_of, may_be_read
from models.rules.people.outsiders import may_book_in
from tests.models.rules.builders import ANN, KAAT, at, house, person
from tests.models.rules.people.test_discretion import booking

NOW = at("08:00")
FARID = person("farid", roles="staff facility_manager")
GERDA, MARC = person("gerda", roles="staff receptionist"), person("marc", roles="staff caretaker")
HUGO, NORA = person("hugo", roles="staff protocol_officer"), person("nora", roles="staff prevention_adviser")
ELS = person("els", "OCMW")


def a_house(*bookable_by: str, to_public: bool):
    return house({"ROOM": {"bookable_by": bookable_by, "public_bookable": to_public}})


@pytest.mark.parametrize(
    ("bookable_by", "to_public", "who", "may"),
    [
        ((), False, ANN, True),  # nobody is named: everybody
        (("GEM",), False, ANN, True),
        (("OCMW",), False, ANN, False),
        (("OCMW",), True, ANN, False),  # open to residents is not open to other organisations
        (("GEM", "VER"), True, KAAT, True),
        (("GEM", "VER"), False, KAAT, False),  # named, but not open to associations
        ((), False, KAAT, False),
        ((), True, None, True),  # from the street: as a resident
        ((), False, None, False),
        (("VER",), True, FARID, True),  # books for them
        (("VER",), True, GERDA, True),
        (("OCMW",), False, FARID, False),  # managing a space is not booking it
        (("OCMW",), False, NORA, False),
    ],
)
def test_who_may_book_is_of_an_organisation_that_may_and_the_public_only_what_is_open_to_it(
    bookable_by, to_public, who, may
):
    assert may_book_in(who, a_house(*bookable_by, to_public=to_public).spaces["ROOM"]) is may


@pytest.mark.parametrize(
    ("who", "today", "tomorrow"),
    [
        (ANN, False, False),  # an outsider
        (KAAT, False, False),
        (None, False, False),
        (ELS, True, True),  # may book it
        (FARID, True, False),  # on duty
        (GERDA, True, False),
        (MARC, True, False),
        (HUGO, True, False),
        (NORA, True, False),
    ],
)
def test_outsiders_are_told_nothing_and_whoever_is_on_duty_what_touches_today(who, today, tomorrow):
    made = a_house("OCMW", to_public=False)
    viewer, taken = Viewer.of(who, made), booking("OCMW", "organiser", "title", "SOCIAL", id=1, space="ROOM")
    space = made.spaces["ROOM"]
    assert is_told_of(viewer, taken, space, NOW) is may_be_read(viewer, taken, NOW) is today
    assert is_told_of(viewer, taken, space, at("2027-03-07T23:00")) is tomorrow


def test_their_own_is_told_to_them_wherever_it_is():
    made = a_house("OCMW", to_public=False)
    viewer, own = Viewer.of(person("organiser"), made), booking("GEM", "organiser", "title", id=1, space="ROOM")
    assert is_told_of(viewer, own, made.spaces["ROOM"], at("2027-03-07T23:00"))
    assert may_be_read(viewer, own, NOW)


def test_whose_word_it_waits_for_is_told_of_it():
    made = a_house("OCMW", to_public=False)
    waits = booking("OCMW", "organiser", status="pending", awaited_roles=frozenset({"protocol_officer"}), space="ROOM")
    assert is_told_of(Viewer.of(HUGO, made), waits, made.spaces["ROOM"], at("2027-03-01T09:00"))


def test_a_public_event_is_for_those_too_who_may_not_book_where_it_is():
    made = a_house("GEM", to_public=False)
    viewer, event = Viewer.of(KAAT, made), booking("GEM", "organiser", "public", space="ROOM")
    assert may_be_read(viewer, event, NOW)
    assert is_told_of(viewer, event, made.spaces["ROOM"], NOW)
