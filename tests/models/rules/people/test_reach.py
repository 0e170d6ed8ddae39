"""How far somebody's changes of the house reach, and whose bookings are one of a number to them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.rules.people.discretion import Viewer
from models.rules.people.reach import is_kept_apart, kept_by, may_change_space, number_apart, spaces_to_change
from tests.models.rules.builders import house, person
from tests.models.rules.people.test_discretion import booking

HOUSE = house()
FARID, NORA = person("farid", roles="staff facility_manager"), person("nora", roles="staff prevention_adviser")
WARD, ELS = person("ward", "WW", "staff partner_admin"), person("els", "OCMW", "staff partner_admin")


@pytest.mark.parametrize("who", [FARID, NORA])
def test_facility_manager_and_prevention_adviser_change_every_space_of_the_building(who):
    assert all(may_change_space(who, code, HOUSE) for code in HOUSE.spaces)


@pytest.mark.parametrize("who", [None, person("ann"), person("hugo", roles="staff protocol_officer")])
def test_whoever_manages_nothing_changes_no_space(who):
    assert not any(may_change_space(who, code, HOUSE) for code in HOUSE.spaces)


def test_a_partners_administrator_changes_what_its_organisation_owns_and_what_nobody_else_does_in_its_zone():
    where = house({"ROOM": {"owner": "OCMW"}})
    assert spaces_to_change(ELS, where) == {"ROOM"}
    zone = where.zones[where.spaces["ROOM"].zone]
    inside = {code for code, space in where.spaces.items() if space.zone == zone.code}
    where = replace(where, zones={**where.zones, zone.code: replace(zone, owner="WW")})
    assert spaces_to_change(WARD, where) == inside - {"ROOM"} != set()
    assert spaces_to_change(ELS, where) == {"ROOM"}


@pytest.mark.parametrize(
    ("who", "what", "apart"),
    [
        (FARID, {}, False),  # his own organisation's
        (FARID, {"service": "STAFF"}, False),  # in confidence, but at home
        (FARID, {"organisation": "WW"}, False),  # another's, which keeps no secrecy
        (FARID, {"service": "SOCIAL"}, True),  # of another's service in confidence, in whoever's name it stands
        (FARID, {"organisation": "WW", "service": "STAFF"}, False),  # and the other way round
        (FARID, {"organisation": "OCMW"}, True),
        (FARID, {"organisation": "OCMW", "privacy": "public"}, True),  # secrecy outranks public
        (ELS, {"organisation": "OCMW", "service": "SOCIAL"}, False),
    ],
)
def test_another_organisations_bookings_under_secrecy_are_kept_apart(who, what, apart):
    found = booking(**what)
    assert is_kept_apart(Viewer.of(who, HOUSE), found) is apart
    numbers = {kept_by(found, HOUSE): 1} if apart else {}
    assert number_apart([found, found], Viewer.of(who, HOUSE)) == numbers  # counted once
