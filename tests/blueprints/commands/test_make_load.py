"""A made-up municipality: nothing in it that the rules would refuse, never in a real town's database."""

from __future__ import annotations

from collections import Counter

import pytest

from models.queries.bookings import all_bookings, people_of
from models.queries.house import the_house
from models.queries.loads import municipality_code
from models.rules.bookings.attendance import HELD_PLACE, STATUSES
from models.rules.judging.facts import Facts, Wanted
from models.rules.judging.judge import judge
from models.rules.judging.rejudging import standing, wanted_again
from models.rules.loads.sizes import CITY, MUNICIPALITIES, municipality
from models.rules.people.callers import organiser_of
from models.rules.times.interval import Interval, civil_date
from tests.cast import at

ALL_OF_IT = Interval(at("2027-02-01T00:00"), at("2027-06-01T00:00"))


@pytest.fixture
def make(app):
    def made(*more: str):
        return app.test_cli_runner().invoke(args=["make-load", "tiny", "--weeks", "2", "--yes", *more])

    return made


def bookings(*statuses: str):
    return list(all_bookings(ALL_OF_IT, None, statuses or STATUSES, 500))


def test_what_is_made_up_has_a_history_and_holds_against_every_rule(make, app):
    done = make()
    assert done.exit_code == 0, done.stderr
    with app.app_context():
        house, made = the_house(), bookings()
        assert Counter(each.status for each in made).keys() == {
            "completed", "confirmed", "checked_in", "cancelled", "released",
        }  # fmt: skip
        by_weekday = Counter(civil_date(each.during.start, house.zone).isoweekday() for each in made)
        assert by_weekday[5] < by_weekday[2] / 2, "a quiet Friday"
        assert {each.channel for each in made} == {"web", "counter"}, "some just came in"
        stands, people = bookings(*HELD_PLACE), people_of(made)
        everything = Facts(house, tuple(standing(each, people, house) for each in stands))
        for each in stands:
            wanted: Wanted = wanted_again(each, people, organiser_of(each, people, house), house)
            policy = house.policy(each.space, everything.date_of(each.during))
            verdict = judge(wanted, policy, everything, each.created_at)
            assert verdict.refusals == (), each


def test_made_again_it_goes_on_where_it_was(make, app):
    make()
    with app.app_context():
        before = len(bookings())
    assert "0 bookings made" in make().stdout
    with app.app_context():
        assert len(bookings()) == before


def test_a_database_with_another_municipality_is_left_alone(demo_app):
    done = demo_app.test_cli_runner().invoke(args=["make-load", "tiny", "--yes"])
    assert done.exit_code == 1
    assert "holds the municipality VBK" in done.stderr
    with demo_app.app_context():
        assert bookings() == []


@pytest.mark.parametrize(("address", "asks"), [("http://127.0.0.1:8000", False), ("https://town.example", True)])
def test_what_could_be_a_real_database_is_filled_after_a_word_only(address, asks, app, shelf):
    app.config["TREFPUNT_BASE_URL"] = address
    done = app.test_cli_runner().invoke(args=["make-load", "tiny", "--weeks", "0"], input="n\n")
    asks = asks or type(shelf).__name__ == "PostgresqlShelf"
    assert done.exit_code == (1 if asks else 0)
    with app.app_context():
        assert (municipality_code() is None) is asks


def test_the_municipalities_of_flanders_are_together_what_is_told_of_the_whole():
    sizes = [municipality(number) for number in range(1, MUNICIPALITIES + 1)]
    assert sizes == sorted(sizes, key=lambda size: -size.desks)
    assert abs(sum(size.desks for size in sizes) - 40_000) < 400
    assert sizes[0].desks < CITY.desks
