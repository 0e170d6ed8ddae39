"""Numbers that count up tell nothing of how many others there are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import create_app
from blueprints.web.covered import CHANGE, FEED, covered, uncovered
from models.rules.values import LARGEST_ROW_NUMBER
from tests.cast import ANN, KAAT
from tests.databases import SECRET

APP = create_app({"TREFPUNT_DATABASE_URL": "sqlite://", "TREFPUNT_SECRET_KEY": SECRET})
ROW = st.integers(0, LARGEST_ROW_NUMBER)


@given(ROW, st.sampled_from([FEED, CHANGE]))
def test_each_stands_for_one_number_and_is_one_that_a_row_could_have(number, what):
    with APP.app_context():
        outside = covered(number, what)
        assert 0 <= outside <= LARGEST_ROW_NUMBER
        assert uncovered(outside, what) == number
        assert covered(uncovered(number, what), what) == number


def test_what_follows_on_each_other_does_not_outside_nor_is_it_the_same_for_everything():
    with APP.app_context():
        feeds = [covered(number, FEED) for number in range(1, 200)]
        changes = [covered(number, CHANGE) for number in range(1, 200)]
    assert sorted(feeds) != feeds
    assert not set(feeds) & set(changes)
    assert min(abs(one - next_one) for one, next_one in zip(feeds, feeds[1:], strict=False)) > 1000


@pytest.mark.parametrize("wrong", [0, 1, 2**31 - 1, 2**31, 2**40])
def test_of_a_calendar_that_is_not_theirs_everybody_hears_the_same(wrong, browser_of):
    assert browser_of(KAAT).get(f"/feeds/{wrong}/revoke").status_code == 404


def test_a_calendar_is_taken_back_by_the_address_on_its_page(browser_of):
    ann = browser_of(ANN)
    ann.post("/feeds", data={"scope": "mine", "detail": "busy"})
    address = next(each for each in ann.get("/feeds").text.split('"') if each.endswith("/revoke"))
    assert ann.get(address).status_code == 200
    assert ann.post(address).status_code == 303
    assert ann.get(address).status_code == 404
