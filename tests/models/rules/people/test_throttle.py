"""The brake on guessing: hard on whoever guesses, and never pulled for somebody else."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.people.throttle import (
    LONGEST_DELAY,
    NAME_WINDOW,
    TRIES_HERE,
    TRIES_OF_AN_ADDRESS,
    WINDOW,
    Failures,
    again_at,
    place_of,
)
from tests.models.rules.builders import NOW

SECONDS = st.integers(0, 7200).map(lambda seconds: timedelta(seconds=seconds))
BEFORE = st.lists(SECONDS.map(lambda ago: NOW - ago), max_size=TRIES_HERE).map(lambda at: sorted(at, reverse=True))
MANY = st.integers(0, 10_000)


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),  # the same machine, as a socket of both sorts names it
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::ffff", "2001:db8:1:2::/64"),  # another address of one line
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", "nowhere"),  # a socket file has no address
    ],
)
def test_a_place_is_an_address_or_the_network_of_a_line(address, place):
    assert place_of(address) == place


@given(of_name=MANY)
def test_whoever_did_nothing_wrong_here_is_not_stopped_by_what_others_did(of_name):
    assert again_at(Failures((), of_name), NOW, knows_the_place=False) is None


@given(here=BEFORE, of_name=MANY, full=st.one_of(st.none(), SECONDS.map(lambda ago: NOW - ago)))
def test_a_known_browser_answers_for_its_own_failures_alone(here, of_name, full):
    alone = again_at(Failures(here), NOW, knows_the_place=True)
    assert again_at(Failures(here, of_name, full), NOW, knows_the_place=True) == alone
    assert (alone is None) == (len(here) < TRIES_HERE or here[-1] <= NOW - WINDOW)


@given(here=BEFORE.filter(lambda here: len(here) < TRIES_HERE), of_name=MANY)
def test_one_slip_of_ones_own_costs_five_minutes_at_most_whatever_others_go_on_doing(here, of_name):
    at = again_at(Failures(here, of_name), NOW, knows_the_place=False)
    assert at is None or at <= here[0] + LONGEST_DELAY
    more = again_at(Failures(here, of_name + 1), NOW, knows_the_place=False)
    assert at is None or (more is not None and more >= at)


@given(here=BEFORE, of_name=MANY, full=SECONDS.map(lambda ago: NOW - ago))
def test_nobody_waits_longer_than_the_window_and_nobody_for_what_is_over(here, of_name, full):
    at = again_at(Failures(here, of_name, full), NOW, knows_the_place=False)
    assert at is None or NOW < at <= NOW + WINDOW


@given(tries=st.lists(st.tuples(st.integers(0, 3), st.sampled_from("ABC"), st.sampled_from("xyz")), max_size=300))
def test_whoever_guesses_gets_ten_tries_a_place_however_they_hurry(tries):
    """A crowd at three places that guesses three names, some of the time without any pause."""
    at, failed, looked_at = NOW, [], Counter()
    for pause, place, name in tries:
        at += timedelta(seconds=pause)
        here = [when for when, n, p in reversed(failed) if (n, p) == (name, place) and when > at - WINDOW]
        of_name = sum(n == name and when > at - NAME_WINDOW for when, n, _p in failed)
        if again_at(Failures(here[:TRIES_HERE], of_name), at, knows_the_place=False) is None:
            failed.append((at, name, place))
            looked_at[name, place] += 1
    assert all(number <= TRIES_HERE for number in looked_at.values())
    assert at - NOW <= WINDOW


def test_an_address_that_tried_many_names_waits_for_all_of_them():
    tried = Failures((), 0, NOW - timedelta(minutes=5))
    assert TRIES_OF_AN_ADDRESS >= 200  # a town hall after the holidays, behind one address
    assert again_at(tried, NOW, knows_the_place=False) == NOW + timedelta(minutes=10)
