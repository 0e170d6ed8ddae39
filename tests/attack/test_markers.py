"""Nobody reads of a booking what is not theirs to know, whatever they open, ask, keep in a calendar or are sent."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable
from urllib.parse import urlencode

import pytest

from tests.attack.known import KNOWN, LISTS_PEOPLE
from tests.attack.planted import BEYOND_THE_CAST, CAST, DAY, MARK, NAMES, SCREENS
from tests.attack.reading import (
    Leak,
    not_theirs,
    told_by_calendars,
    told_by_checks,
    told_by_mail,
    told_by_pages,
)
from tests.attack.surfaces import addresses
from tests.attack.town import Town, town_of
from tests.cast import FARID, NORA

NOBODY = None
WHOLE = "whole, "
OF_A_BUSY_ONE = {"id", "space", "kind", "start", "end"}


@pytest.fixture(
    scope="module",
    params=[
        "sqlite",
        pytest.param(f"{WHOLE}sqlite", marks=pytest.mark.deep),
        pytest.param(f"{WHOLE}postgresql", marks=[pytest.mark.deep, pytest.mark.postgresql]),
    ],
)
def town(request, tmp_path_factory):
    shelf = request.getfixturevalue(f"{request.param.removeprefix(WHOLE)}_shelf")
    with town_of(shelf, tmp_path_factory.mktemp("mail"), whole=request.param.startswith(WHOLE)) as there:
        yield there


def test_every_address_that_can_be_opened_is_opened(town):
    """A new one is filled in by tests/attack/surfaces.py, or left out there with a reason."""
    assert addresses(town)[1] == []


def test_no_page_no_answer_and_no_log_tells_anybody_what_is_not_theirs(town, caplog):
    caplog.set_level(logging.DEBUG)
    found, _unfilled = addresses(town)
    leaks = [
        leak
        for who in (*_people(town), *SCREENS, NOBODY)
        for endpoint, text in told_by_pages(who, found, town)
        for leak in not_theirs(who, endpoint, text, town)
        if not (leak.what in NAMES and leak.surface in LISTS_PEOPLE)
    ]
    _no_others_than_known(leaks, set(found), town)
    assert MARK.findall(caplog.text) == []


def test_nor_does_what_somebody_hears_who_asks_whether_they_could_have_that_time(town):
    leaks = [
        leak
        for who in _people(town)
        for surface, text in told_by_checks(who, town)
        for leak in not_theirs(who, surface, text, town)
    ]
    _no_others_than_known(leaks, {"api.check_booking", "rooms check", "booths check"}, town)


def test_no_calendar_does(town):
    leaks, surfaces = [], set()
    for who in _people(town):
        for surface, text in told_by_calendars(who, town):
            surfaces.add(surface)
            leaks += not_theirs(who, surface, text, town, is_calendar=True)
    assert len(surfaces) == 7, "a sort of calendar that nobody has"
    _no_others_than_known(leaks, surfaces, town)


def test_nor_does_any_mail(town):
    mails = list(told_by_mail(town))
    leaks = [leak for who, sort, text in mails for leak in not_theirs(who, sort, text, town, is_calendar=True)]
    _no_others_than_known(leaks, {sort for _who, sort, _text in mails}, town)


def test_of_what_is_only_busy_to_them_programs_learn_where_and_when_and_no_more(town):
    talks = {(each.space, f"{each.day}T{each.start}:00+01:00"): each for each in town.talks}
    times = {"start": f"{DAY}T00:00:00+01:00", "end": f"{DAY}T23:00:00+01:00"}
    told = set()
    for who in _people(town):
        answer = town.app.test_client().get(
            f"/api/v1/bookings?{urlencode(times)}", headers={"Authorization": f"Bearer {town.token(who)}"}
        )
        for item in answer.json["items"]:
            talk = talks.get((item["space"], item["start"]))
            if talk and not talk.may_read("title", who):
                told.add(who)
                assert set(item) == OF_A_BUSY_ONE, (who, talk.what)
    assert told, "nobody sees anything as busy"


def test_a_plan_tells_its_maker_of_anothers_talks_under_secrecy_neither_which_they_are_nor_where_they_go(town):
    theirs = "JOIN organisation ON organisation.id = organisation_id WHERE organisation.code IN ('OCMW', 'CAW')"
    talks = town.asked(f"SELECT handle FROM booking {theirs}")
    plans = town.asked("SELECT handle FROM plan WHERE part_of_id IS NULL")
    parts = town.asked("SELECT handle FROM plan WHERE part_of_id IS NOT NULL")
    assert len(parts) == 2, "nothing of theirs is in the way of any plan"
    for who in (FARID, NORA):
        sent, program = {"Authorization": f"Bearer {town.token(who)}"}, town.app.test_client()
        for address in ("", "/rehearsal", "/letters"):
            for plan in plans:
                told = town.browser(who).get(f"/manage/plans/{plan}{address}").get_data(as_text=True)
                assert not [each for each in (*talks, *parts) if each in told], (who, address)
            for part in parts:
                assert town.browser(who).get(f"/manage/plans/{part}{address}").status_code == 404
        for plan in plans:
            told = program.get(f"/api/v1/plans/{plan}", headers=sent).get_data(as_text=True)
            assert not [each for each in (*talks, *parts) if each in told], who
        for part in parts:
            assert program.get(f"/api/v1/plans/{part}", headers=sent).status_code == 404


def _people(town: Town) -> tuple[str, ...]:
    return (*CAST, *BEYOND_THE_CAST) if town.is_whole else CAST


def _no_others_than_known(leaks: Iterable[Leak], surfaces: set[str], town: Town) -> None:
    """Just those of KNOWN at these surfaces: one that is shut is taken out of it."""
    found = defaultdict(set)
    for each in leaks:
        found[each.surface, each.what].add(each.who)
    here = {*_people(town), *SCREENS, "nobody"}
    known = {door: who & here for door, (who, _why) in KNOWN.items() if door[0] in surfaces}
    wrong = [f"{door}: told to {sorted(who)}" for door, who in sorted(found.items()) if who != known.get(door)]
    wrong += [f"{door}: told to nobody any more" for door in sorted(set(known) - set(found))]
    examples = {f"{each.surface}, {each.what}: {each.talk}" for each in leaks if f"{each.surface}" in f"{wrong}"}
    if wrong:
        pytest.fail("\n".join([*wrong, *sorted(examples)[:50]]), pytrace=False)
