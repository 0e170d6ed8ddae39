"""The tests that a change touches: too many cost minutes, too few let a fault through."""

from __future__ import annotations

import pytest

from tests.house.source import ROOT
from tests.reach import touched

PAGES = "tests/browser/test_every_page.py"


@pytest.mark.parametrize(
    ("changed", "among", "not_among"),
    [
        # A rule: whoever imports it, however far; a pure test of another rule is left alone.
        (
            "models/rules/times/interval.py",
            {"tests/models/rules/times/test_interval.py", "tests/models/actions/bookings/test_book.py"},
            {"tests/models/rules/house/test_colour.py"},
        ),
        (
            "models/rules/house/colour.py",
            {"tests/models/rules/house/test_colour.py"},
            {"tests/models/rules/judging/test_judge.py", "tests/models/ical/test_write.py"},
        ),
        # An action: the pages that call it, whose tests import nothing of it.
        (
            "models/actions/presence/count_people.py",
            {"tests/models/actions/presence/test_presence.py", "tests/blueprints/presence/test_counting.py"},
            {"tests/models/actions/bookings/test_book.py", "tests/models/rules/judging/test_judge.py"},
        ),
        # A view: the tests beside it.
        (
            "blueprints/feeds/mine.py",
            {"tests/blueprints/feeds/test_page.py"},
            {"tests/models/actions/bookings/test_book.py", "tests/blueprints/account/test_account.py"},
        ),
        # What is no Python: the tests of its blueprint and every page.
        ("templates/feeds/page.html", {"tests/blueprints/feeds", PAGES}, {"tests/blueprints"}),
        ("templates/components/field.html", {"tests/blueprints", PAGES}, set()),
        ("static/js/dialog.js", {"tests/browser", "tests/blueprints/web"}, {"tests/models"}),
        ("translations/fr/LC_MESSAGES/messages.po", {PAGES}, {"tests/browser"}),
        # The ground beneath all.
        ("tests/databases.py", {"tests"}, set()),
        ("migrations/versions/0001_first.py", {"tests"}, set()),
        # A test, and what only its folder shares.
        ("tests/models/rules/house/test_colour.py", {"tests/models/rules/house/test_colour.py"}, {"tests"}),
        ("tests/blueprints/find/conftest.py", {"tests/blueprints/find"}, {"tests/blueprints"}),
    ],
)
def test_a_change_touches_the_tests_that_lean_on_it(changed, among, not_among):
    found = set(touched([changed]))
    assert among <= found
    assert not_among & found == set()
    assert all((ROOT / each).exists() for each in found)


def test_the_house_tests_read_every_file():
    assert touched(["README.md"]) == ["tests/house"]
