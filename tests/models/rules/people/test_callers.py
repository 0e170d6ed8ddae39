"""Somebody without an account: judged as the public is, known again by nobody, and party to nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from models.rules.bookings.fields import Booked, Caller
from models.rules.house.house import Names, Organisation, Rule
from models.rules.house.quota import Quota
from models.rules.judging.facts import Facts, Held
from models.rules.judging.judge import judge
from models.rules.judging.rejudging import standing, wanted_again
from models.rules.people.callers import caller_in, organiser_of, stand_in
from models.rules.people.discretion import Viewer, detail_for, read_by, seen_by
from models.rules.people.person import NOBODY
from models.rules.people.rights import may_book_for
from tests.models.rules.builders import ANN, KAAT, NOW, SPACES, at, during, house, judged, person, taken, wanted

HOUSE = house({each: {"advance_days": 60} for each in SPACES})
PUBLIC = replace(
    HOUSE,
    organisations={
        **HOUSE.organisations,
        "BEW": Organisation("BEW", Names(nl="Bewoners"), stands_for_public=True),
    },
)
WIM = Caller("Wim Vos", phone="+32 3 555 01 02", email="wim@example.org", language="en")
CLUB = replace(WIM, association="De Zon")
GERDA = person("gerda", "GEM", "staff receptionist")
GILLES = person("gilles", "GEM", "staff receptionist")


def booked(caller: Caller | None = WIM, **more) -> Booked:
    return Booked(
        7,
        "SALON",
        "meeting_room",
        during("09:00", "10:00"),
        **{
            "status": "confirmed",
            "organisation": "BEW",
            "privacy": "busy",
            "persons": 10,
            "organiser": None,
            "booked_by": "gerda",
            "title": "Feest",
            "layout": "boardroom",
            "caller": caller,
            **more,
        },
    )


@pytest.mark.parametrize(
    ("caller", "where", "organisation", "roles", "language"),
    [
        (WIM, PUBLIC, "BEW", {"resident"}, "en"),
        (CLUB, PUBLIC, "BEW", {"association"}, "en"),
        (Caller("Wim"), PUBLIC, "BEW", {"resident"}, "nl"),  # the municipality's first language
        (None, PUBLIC, "BEW", {"resident"}, "nl"),  # a name that was not kept
    ],
)
def test_to_the_rules_a_caller_is_one_of_the_public(caller, where, organisation, roles, language):
    somebody = stand_in(caller, organisation, where)
    assert (somebody.organisation, somebody.roles, somebody.language) == (organisation, roles, language)
    assert somebody.is_outside
    assert not somebody.has_account


def test_a_letter_knows_of_a_caller_what_it_needs():
    assert caller_in(stand_in(CLUB, "BEW", PUBLIC)) == Caller("Wim Vos", email="wim@example.org", language="en")


def test_whose_a_booking_is():
    assert organiser_of(booked(organiser="kaat", caller=None), {"kaat": KAAT}, PUBLIC) is KAAT
    assert organiser_of(booked(), {}, PUBLIC) == stand_in(WIM, "BEW", PUBLIC)
    assert booked().whose == booked(replace(WIM, phone="+32 3 555 09 09")).whose
    assert booked().whose != booked(CLUB).whose


@pytest.mark.parametrize("who", [ANN, KAAT, person("bew", "BEW", "association"), person("els", roles="service_head")])
def test_the_front_desk_books_for_callers_and_nobody_else(who):
    assert may_book_for(GERDA, stand_in(WIM, "BEW", PUBLIC), PUBLIC)
    assert not may_book_for(who, stand_in(WIM, "BEW", PUBLIC), PUBLIC)


def test_no_two_callers_are_one_person():
    where = house({"DESK-1": {"bookable_by": ()}, "DESK-2": {"bookable_by": ()}})
    somebody = stand_in(WIM, "BEW", where)
    there = replace(taken("DESK-1", "07:00", "12:30"), organiser=NOBODY, is_outside=True)
    assert "person_busy" not in {
        each.code for each in judged(where, wanted("DESK-2", "07:00", "12:30", somebody), there).refusals
    }
    talk = replace(taken("COUNTER", "09:00", "10:00"), organiser=NOBODY, is_outside=True)
    verdict = judged(where, wanted("BOOTH", "09:00", "10:00", somebody), talk)
    assert "staff_busy" not in {each.code for each in verdict.warnings}


def test_a_caller_is_no_colleague_who_is_near():
    where = house(rules=[Rule("R23", severity="warn", parameter="2")])
    there = replace(taken("COUNTER", "09:00", "10:00"), organiser=NOBODY, is_outside=True)
    warned = judged(where, wanted("BOOTH", "09:00", "10:00"), there).warnings
    assert [(each.code, each.actual) for each in warned] == [("alone", 1)]


@pytest.mark.parametrize(
    ("quota", "refused"),
    [
        (Quota("organisation", "BEW", "meeting_room", "hours", "week", 2, date(2000, 1, 1), None, 1), True),
        (
            Quota("role", "resident", "meeting_room", "hours", "week", 2, date(2000, 1, 1), None, 1),
            False,
        ),  # each their own
        (Quota("role", "resident", "meeting_room", "hours", "week", 0.5, date(2000, 1, 1), None, 1), True),  # one alone
    ],
)
def test_a_shared_budget_counts_callers_together_and_one_of_each_person_each_apart(quota, refused):
    where = replace(PUBLIC, quotas=(quota,))
    held = Held(1, "meeting_room", during("13:00", "15:00"), NOBODY, "BEW")
    wish = wanted("SALON", "09:00", "10:00", stand_in(WIM, "BEW", where), attendees=2)
    verdict = judge(wish, where.policy("SALON", at("09:00").date()), Facts(where, held=(held,)), NOW)
    assert ("quota_reached" in {each.code for each in verdict.refusals}) == refused


def test_what_stands_is_judged_again_for_its_caller():
    wish = wanted_again(booked(), {}, GERDA, PUBLIC)
    assert (wish.organiser, wish.organisation) == (stand_in(WIM, "BEW", PUBLIC), "BEW")
    place = standing(booked(), {}, PUBLIC)
    assert (place.organiser, place.is_outside) == (NOBODY, True)


def test_a_caller_is_party_to_nothing_and_reads_in_a_letter_what_they_asked_for():
    viewer = Viewer.of(stand_in(WIM, "BEW", PUBLIC), PUBLIC)
    assert not viewer.is_party_to(booked())
    assert detail_for(viewer, booked()) == "busy"
    assert read_by(viewer, booked()).title == "Feest"
    assert read_by(Viewer.of(ANN, PUBLIC), booked()) == seen_by(Viewer.of(ANN, PUBLIC), booked())


@pytest.mark.parametrize(
    ("who", "booking", "sees_to_it"),
    [
        (GILLES, {}, True),  # whoever sits at the reception, though another booked it
        (ANN, {}, False),
        (person("omer", service="PERMITS"), {"service": "PERMITS"}, True),
        (person("omer", service="STAFF"), {"service": "PERMITS"}, False),
        (GILLES, {"service": "SOCIAL", "service_is_private": True}, False),  # those who coordinate it do
        (person("omer", service="SOCIAL"), {"service": "SOCIAL", "service_is_private": True}, False),
        (GILLES, {"organisation": "GEM"}, False),  # a name that retention took away is no caller's
        (GILLES, {"organiser": "kaat"}, False),
        (None, {}, False),
    ],
)
def test_a_callers_booking_is_the_receptions_and_the_services_whoever_made_it(who, booking, sees_to_it):
    assert Viewer.of(who, PUBLIC).is_party_to(booked()._replace(**booking)) is sees_to_it


def test_somebody_from_the_street_is_not_whoever_has_no_account():
    assert seen_by(Viewer.of(None, PUBLIC), booked()).detail == "busy"
