"""What is read for some places is enough: what is offered, and what is free, is that of the whole building."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from sqlalchemy import select

from models.queries.accepting import accepting
from models.queries.alternatives import alternatives_to
from models.queries.house import the_house
from models.queries.near import facts_near, free_places
from models.queries.taken import facts_about, facts_for
from models.rules.finding.alternatives import MOST, day_and_week, nearest_alternatives
from models.rules.judging.how_many import met
from models.rules.judging.judge import judge
from models.tables.booking import Booking
from models.tables.db import db
from models.tables.presence import SpaceCount
from models.tables.transaction import write_transaction
from tests.cast import at
from tests.models.queries.test_one_wish import bookings_at_random, limits_at_random, second_building, wish_at_random

WISHES = 40


def in_the_whole_building(wanted, house, now):
    """What asking with every booking of the building at hand would give."""
    for within in day_and_week(wanted.during, house.zone):
        found = nearest_alternatives(wanted, facts_about(wanted, house, now, [within]), now, within=within)
        if len(found) == MOST:
            break
    return found


@pytest.mark.parametrize("seed", [pytest.param(n, marks=[pytest.mark.deep] if n > 1 else []) for n in range(12)])
def test_what_is_offered_and_what_is_free_is_the_same_from_what_is_near_and_from_the_whole_building(demo, seed):
    chance, now = random.Random(seed), at("2027-03-08T09:00")
    if seed % 2:
        second_building()
    bookings_at_random(chance, 150)
    with write_transaction():
        counted = [each for each in the_house().spaces.values() if not each.exclusive]
        db.session.add_all([SpaceCount(space_id=each.id, persons=9, at=now) for each in counted[:2]])
    whys, numbers = set(), [number for (number,) in db.session.execute(select(Booking.id))]
    for _nth in range(WISHES):
        wanted = wish_at_random(chance, the_house())
        house = limits_at_random(chance, the_house(), wanted.space)
        wanted = replace(wanted, replaces=chance.choice((None, chance.choice(numbers))))
        offered = alternatives_to(wanted, house, now)
        assert offered == in_the_whole_building(wanted, house, now)
        whys.update(each.why for each in offered)
        here = house.spaces[wanted.space]
        spaces = [each.code for each in house.spaces.values() if each.building == here.building]
        whole = facts_for(house, here.building, [wanted.during], wanted.organiser, now, service=wanted.service)
        day = whole.date_of(wanted.during)
        policies = {code: house.policy(code, day) for code in spaces}
        taken = {
            c
            for c, each in policies.items()
            if next(met(wanted.during, each, whole, apart=True, without=wanted.replaces), None)
        }
        free = free_places(house, spaces, wanted.during, without=wanted.replaces)
        assert {code for code in spaces if code not in taken} <= free
        chosen = chance.sample(spaces, 4)
        near = facts_near(house, chosen, wanted.during, wanted.organiser, now, service=wanted.service)
        wish = replace(wanted, replaces=None, service=None)
        plain = facts_for(house, here.building, [wanted.during], wanted.organiser, now)
        accepted = [code for code in spaces if judge(replace(wish, space=code), policies[code], plain, now).accepted]
        assert [each.code for each in accepting(wish, [house.spaces[code] for code in spaces], house, now)] == accepted
        for code in chosen:
            wish = replace(wanted, space=code, replaces=None)
            assert judge(wish, policies[code], near, now) == judge(wish, policies[code], whole, now)
    assert whys == {"same_time", "same_space"}
