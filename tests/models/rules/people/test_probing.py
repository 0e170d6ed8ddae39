"""How often somebody may ask about what is not their own, by the clock that is handed in."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models.rules.people.probing import MOST_PEOPLE, Probe, Probes, is_probe
from tests.models.rules.builders import ANN, NOW, house, person

BOB = person("bob")
MOST = 3


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


@pytest.mark.parametrize(
    ("space", "about", "found"),
    [
        ("ROOM", None, True),  # nobody's own
        ("LEFT", None, False),  # her own organisation's
        ("LEFT", "ann", False),
        ("LEFT", "bob", True),  # but not her own time
        ("RIGHT", None, True),
        ("NOWHERE", None, False),  # nothing is judged there
    ],
)
def test_it_is_a_probe_where_space_or_person_is_not_ones_own(space, about, found):
    here = house({"LEFT": {"owner": "GEM"}, "RIGHT": {"owner": "OCMW"}})
    assert is_probe(ANN, space, about, here) is found


def test_one_too_many_in_ten_minutes_waits_until_the_first_of_them_is_ten_minutes_old():
    probes = Probes()
    for number in range(MOST):
        assert probes.add(ANN, Probe(NOW + minutes(number), None), MOST) is None
    assert probes.add(ANN, Probe(NOW + minutes(4), None), MOST) == minutes(6)
    assert probes.add(BOB, Probe(NOW + minutes(4), None), MOST) is None  # each has their own
    assert probes.add(ANN, Probe(NOW + minutes(9.9), None), MOST) is not None  # to ask in vain costs nothing more
    assert probes.add(ANN, Probe(NOW + minutes(10), None), MOST) is None


def test_what_was_booked_is_no_probe():
    probes = Probes()
    for _number in range(10):
        probe = Probe(NOW, None)
        assert probes.add(ANN, probe, 1) is None
        probes.take_back(ANN, probe)


def test_twenty_people_an_hour_are_asked_about_and_these_again_and_again():
    probes = Probes()
    for number in range(MOST_PEOPLE):
        assert probes.add(ANN, Probe(NOW + minutes(number), f"colleague{number}"), 1000) is None
    assert probes.add(ANN, Probe(NOW + minutes(20), "one more"), 1000) == minutes(40)
    assert probes.add(ANN, Probe(NOW + minutes(20), "colleague3"), 1000) is None
    assert probes.add(ANN, Probe(NOW + minutes(20), None), 1000) is None
    assert probes.add(ANN, Probe(NOW + minutes(60), "one more"), 1000) is None
