"""What a browser or program is given to ask by whether something is still the same tells no more than the thing itself:
it stays when others do what its reader may not see, and moves when what they see moves."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from models.actions.bookings.book import book
from models.actions.bookings.cancel import cancel
from models.actions.bookings.change import change
from models.queries.people import person_by_username
from tests.attack.surfaces import addresses, feed_scopes
from tests.attack.town import Town, town_of
from tests.cast import ANN, BRAM, DORA, INES, KAAT, NOW, ask

READERS = (ANN, INES, KAAT)
MOST_OF_ONE_SORT = 8  # of an endpoint's addresses: the attack with markers opens all of them
TOMORROW = "2027-03-04"
FORM_TOKEN = re.compile(rb'name="csrf_token" value="[^"]*"')  # another at each rendering
VALIDATORS = ("ETag", "Last-Modified")
Ask = Callable[[], TestResponse]


@pytest.fixture(scope="module")
def town(sqlite_shelf, tmp_path_factory):
    with town_of(sqlite_shelf, tmp_path_factory.mktemp("mail"), whole=False) as there:
        yield there


@pytest.fixture(scope="module")
def kept(town) -> dict[tuple[str, str], Ask]:
    """By reader and address, how each is asked that answers with something to ask by."""
    found: dict[tuple[str, str], Ask] = {}
    for who in READERS:
        for address, asked in _all_asked(who, town):
            found[who, address] = asked
    return {key: asked for key, asked in found.items() if _can_be_kept(asked)}


def _all_asked(who: str, town: Town) -> Iterator[tuple[str, Ask]]:
    """Of each endpoint some addresses, if the first or last of them can be kept; and every calendar they may have."""
    sent = {"Authorization": f"Bearer {town.token(who)}"}
    program, browser = town.app.test_client(), town.browser(who)
    for endpoint, here in addresses(town)[0].items():
        asked = [
            (each, _asking(program, each, sent) if endpoint.startswith("api.") else _asking(browser, each, {}))
            for each in here[:: -(-len(here) // MOST_OF_ONE_SORT)]
        ]
        if any(_can_be_kept(ask_it) for _address, ask_it in (asked[0], asked[-1])):
            yield from asked
    for scope, detail in feed_scopes(town):
        if token := town.feed(who, scope, detail):
            yield f"/feeds/{token}.ics", _asking(program, f"/feeds/{token}.ics", {})


def _can_be_kept(asked: Ask) -> bool:
    return any(each in asked().headers for each in VALIDATORS)


def _asking(client: FlaskClient, address: str, headers: dict[str, str]) -> Ask:
    return lambda: client.get(address, headers=headers)


def test_pages_and_calendars_have_one(kept):
    assert {address.split("/")[1].partition("?")[0] for _who, address in kept} == {
        "api",
        "board",
        "booths",
        "desks",
        "feeds",
        "rooms",
        "spaces",
    }


def test_it_moves_just_when_what_its_reader_sees_moves(town, kept):
    """Each thing that others do, among all that there is to read: a talk, its change, its end; one's own, too."""
    moved = 0
    before = _read(kept)
    for do in (_a_secret_talk, _another_note, _another_head_count, _cancelled, _a_meeting_in_sight, _one_of_ones_own):
        with town.app.test_request_context():
            do()
        after = _read(kept)
        for key, (shown, validators) in after.items():
            was_shown, were = before[key]
            assert (validators == were) == (shown == was_shown), (do.__name__, key)
            moved += shown != was_shown
        before = after
    assert moved


def test_who_may_see_nothing_of_a_talk_has_the_same_before_during_and_after(town, kept):
    away = {key: ask_it for key, ask_it in kept.items() if key[0] == KAAT}
    before = _read(away)
    with town.app.test_request_context():
        _a_secret_talk()
    during = _read(away)
    with town.app.test_request_context():
        _cancelled()
    assert before == during == _read(away)
    assert away


def _read(kept: dict[tuple[str, str], Ask]) -> dict[tuple[str, str], tuple[bytes, tuple]]:
    answers = {key: ask_it() for key, ask_it in kept.items()}
    return {
        key: (FORM_TOKEN.sub(b"", answer.data), tuple(answer.headers.get(each) for each in VALIDATORS))
        for key, answer in answers.items()
    }


MADE: list[int] = []


def _a_secret_talk() -> None:
    wish = ask("SK-06", f"{TOMORROW}T14:00", "15:00", attendees=2, service="OCMW-SCH")
    MADE.append(book(wish, person_by_username(DORA), NOW).bookings[0].id)


def _another_head_count() -> None:
    change(MADE[-1], {"attendees": 3}, person_by_username(DORA), NOW)


def _another_note() -> None:
    change(MADE[-1], {"note": "Bring the papers"}, person_by_username(DORA), NOW)


def _cancelled() -> None:
    cancel(MADE[-1], person_by_username(DORA), NOW)


def _a_meeting_in_sight() -> None:
    book(ask("VZ-101", "2027-03-03T17:00", "17:30", attendees=4, title="Plans"), person_by_username(BRAM), NOW)


def _one_of_ones_own() -> None:
    book(ask("VZ-102", "2027-03-03T17:00", "17:30", attendees=4, title="Mine"), person_by_username(ANN), NOW)
