"""Coordinators who press in the same second, each in a process of their own: every one gets another booth."""

from __future__ import annotations

import pytest

from models.actions.places.create_space import create_space
from models.queries.people import person_by_username
from models.rules.changes.limits import SetLimit
from models.rules.changes.place_wishes import SpaceWish
from models.rules.values import Scope
from tests.cast import CHRIS, DORA, FARID, NOW
from tests.changing import put
from tests.models.actions.racing import give_a_booth, race

BOOTHS = tuple(f"SK-0{number}" for number in range(1, 8))  # for the social-welfare centre


def test_seven_of_nine_get_a_booth_each_and_two_hear_of_the_three_soonest(demo_app, demo_url):
    found = race(demo_url, give_a_booth, [(DORA, BOOTHS, "OCMW-LEE")] * 9)
    assert sorted(each for each in found if isinstance(each, str)) == list(BOOTHS)
    assert [each for each in found if not isinstance(each, str)] == [3, 3]


@pytest.mark.deep
def test_sixty_at_once_get_sixty_booths(demo_app, demo_url):
    with demo_app.test_request_context():
        farid = person_by_username(FARID)
        put(SetLimit(Scope("zone", "Z0-SPR"), 200))
        booths = tuple(
            create_space(SpaceWish({"nl": f"Cel {n}"}, "booth", "Z0-SPR"), farid, NOW, like="SK-01") for n in range(60)
        )
    found = race(demo_url, give_a_booth, [(CHRIS, booths, "GEM-BST")] * 60, processes=6)
    assert sorted(found) == sorted(booths)
