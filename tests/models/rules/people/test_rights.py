"""Who may do what: by role, by reach of the sign-in, and with whose things."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from models.rules.people.discretion import Booked
from models.rules.people.person import ROLES
from models.rules.people.rights import (
    RIGHTS,
    holds,
    is_party,
    may_approve,
    may_book_for,
    may_help_down,
    may_set_capacity_of,
    services_coordinated_by,
    services_headed_by,
    untold_of,
)
from tests.models.rules.builders import ANN, KAAT, during, house, person

FARID, NORA = person("farid", roles="staff facility_manager"), person("nora", roles="staff prevention_adviser")
INES, GERDA = person("ines", "WW", "staff partner_admin"), person("gerda", roles="staff receptionist")
CHRIS = person("chris", roles="staff counter_coordinator", service="STAFF", coordinates=frozenset({"PERMITS"}))
HUGO = person("hugo", roles="staff protocol_officer")
NOON = datetime(2027, 3, 3, 12, tzinfo=UTC)
BEFORE_MOVING, AFTER_MOVING = NOON - timedelta(days=1), NOON + timedelta(days=1)
OLGA = person("olga", roles="staff facility_manager", active=False)


@pytest.mark.parametrize(
    ("verb", "allowed", "refused"),
    [
        ("see_public_pages", [None, ANN, KAAT], []),
        ("book", [ANN, KAAT, FARID], [None, OLGA]),
        ("book_for_colleagues", [ANN, GERDA], [None, KAAT]),
        ("book_for_outsiders", [GERDA, FARID], [None, ANN, KAAT, HUGO, NORA, INES]),
        ("see_approvals", [FARID, GERDA, HUGO, NORA], [None, ANN, KAAT, INES]),
        ("see_management", [FARID, NORA, INES], [None, ANN, KAAT, GERDA, OLGA]),
        ("set_space_capacity", [FARID, NORA, INES], [None, ANN, KAAT, GERDA, OLGA]),
        ("set_limits", [FARID, NORA], [None, ANN, KAAT, GERDA, INES, OLGA]),
        ("edit_places", [FARID, INES], [None, ANN, KAAT, GERDA, NORA, OLGA]),
        ("edit_zones", [FARID], [None, ANN, KAAT, GERDA, NORA, INES, OLGA]),
    ],
)
def test_a_right_is_held_by_its_roles_while_they_are_active(verb, allowed, refused):
    assert all(holds(each, verb) for each in allowed)
    assert not any(holds(each, verb) for each in refused)


@pytest.mark.parametrize(("verb", "least"), [("see_bookings", "read"), ("book", "write"), ("set_limits", "manage")])
def test_a_token_reaches_no_further_than_it_was_made_for(verb, least):
    scopes = ("read", "write", "manage")
    for scope in scopes:
        holder = person("farid", roles="staff facility_manager", scope=scope)
        assert holds(holder, verb) == (scopes.index(scope) >= scopes.index(least))


def test_every_right_names_roles_that_exist_and_a_scope():
    for verb, right in RIGHTS.items():
        assert right.roles is None or (right.roles and right.roles <= frozenset(ROLES)), verb
        assert right.scope in ("read", "write", "manage"), verb


def test_an_unknown_verb_is_a_programming_error():
    with pytest.raises(KeyError):
        holds(ANN, "fly")


@pytest.mark.parametrize(
    ("who", "other", "may"),
    [
        (ANN, ANN, True),
        (KAAT, KAAT, True),
        (ANN, person("bram"), False),  # nobody for a colleague who did not ask for it
        (ANN, person("bram", delegates=frozenset({"ann"})), True),  # who named her
        (ANN, person("els", "OCMW", delegates=frozenset({"ann"})), False),  # but never over the border
        (CHRIS, person("bram", service="PERMITS"), True),  # a coordinator for the people of her services
        (CHRIS, person("bram", service="STAFF"), False),
        (CHRIS, person("els", "OCMW", service="PERMITS"), False),
        (person("head", roles="staff service_head", heads=frozenset({"STAFF"})), person("bram", service="STAFF"), True),
        (GERDA, KAAT, True),  # reception for associations and residents
        (GERDA, person("lien", "VER", "resident"), True),
        (FARID, KAAT, True),
        (GERDA, ANN, False),
        (FARID, person("els", "OCMW"), False),
        (INES, person("jef", "WW"), False),  # an administrator is no coordinator
        (KAAT, person("koor", "VER", "association"), False),  # associations only for themselves
    ],
)
def test_who_may_book_for_whom(who, other, may):
    assert may_book_for(who, other, house()) is may


@pytest.mark.parametrize(
    ("who", "owner", "may"),
    [
        (FARID, None, True),
        (FARID, "WW", True),
        (NORA, "OCMW", True),
        (INES, "WW", True),
        (INES, None, False),
        (INES, "GEM", False),
        (ANN, "GEM", False),
        (None, None, False),
        (OLGA, "GEM", False),
    ],
)
def test_a_partners_administrator_sets_the_places_of_own_spaces_only(who, owner, may):
    assert may_set_capacity_of(who, owner) is may


@pytest.mark.parametrize(
    ("who", "awaited", "may"),
    [
        (HUGO, {"protocol_officer"}, True),
        (HUGO, {"protocol_officer", "facility_manager"}, True),  # one of both words
        (FARID, {"protocol_officer"}, False),
        (HUGO, set(), False),
        (None, {"protocol_officer"}, False),
        (person("hugo", roles="protocol_officer", scope="read"), {"protocol_officer"}, False),
    ],
)
def test_a_word_is_given_by_whoever_holds_an_awaited_role(who, awaited, may):
    assert may_approve(who, frozenset(awaited)) is may


BOTH = frozenset({"PERMITS", "SOCIAL"})


@pytest.mark.parametrize(
    ("who", "coordinated", "headed"),
    [
        (CHRIS, {"PERMITS"}, set()),  # as it is written down: not the service she works for
        (person("chris", roles="staff counter_coordinator", service="PERMITS", home_zone="HAL"), set(), set()),
        (person("chris", roles="staff counter_coordinator", coordinates=BOTH), {"PERMITS"}, set()),  # own organisation
        (person("chris", "OCMW", "staff counter_coordinator", coordinates=BOTH), {"SOCIAL"}, set()),  # she moved there
        (person("chris", roles="staff", coordinates=BOTH, heads=BOTH), set(), set()),  # no more without the role
        (person("ines", roles="staff partner_admin it_admin", coordinates=BOTH, heads=BOTH), set(), set()),
        (person("els", roles="staff service_head", coordinates=BOTH, heads=BOTH), set(), {"PERMITS"}),
        (person("chris", roles="staff counter_coordinator", coordinates=frozenset({"GONE"})), set(), set()),
        (None, set(), set()),
    ],
)
def test_who_coordinates_and_heads_is_written_down_and_holds_with_the_role_in_the_own_organisation(
    who, coordinated, headed
):
    assert services_coordinated_by(who, house()) == coordinated
    assert services_headed_by(who, house()) == headed


def booking_of(organiser: str, booked_by: str, organisation: str = "GEM", **more) -> Booked:
    return Booked(
        1,
        "ROOM",
        "meeting_room",
        during("09:00", "10:00"),
        status="confirmed",
        privacy="title",
        title=None,
        layout="boardroom",
        persons=1,
        organiser=organiser,
        booked_by=booked_by,
        organisation=organisation,
        **more,
    )


def test_party_to_a_booking_are_organiser_booker_and_coordinator():
    booking = booking_of("ann", "gerda", service="PERMITS")
    assert is_party(ANN, booking, frozenset())
    assert is_party(GERDA, booking, frozenset())
    assert is_party(CHRIS, booking, frozenset({"PERMITS"}))
    assert not is_party(CHRIS, booking, frozenset({"STAFF"}))
    assert not is_party(FARID, booking, frozenset())
    assert not is_party(None, booking, frozenset())


@pytest.mark.parametrize(
    ("who", "booking", "is_one"),
    [
        (person("ann", "OCMW"), booking_of("ann", "ann"), False),  # who moved leaves what was of the municipality
        (person("ann", "OCMW"), booking_of("bram", "ann"), False),
        (person("ann", "OCMW", "staff receptionist"), booking_of("ann", "ann"), False),
        (GERDA, booking_of("kaat", "gerda", "VER"), True),  # the front desk, for an association
        (person("gerda"), booking_of("kaat", "gerda", "VER"), False),  # no longer the front desk
        (GERDA, booking_of("els", "gerda", "OCMW", service="SOCIAL", service_is_private=True), False),
        (person("ann", scope="read"), booking_of("ann", "ann"), True),
    ],
)
def test_whoever_moves_to_another_organisation_is_party_to_nothing_of_the_old_one(who, booking, is_one):
    assert is_party(who, booking, frozenset()) is is_one


@pytest.mark.parametrize(
    ("service", "booked", "is_one"),
    [
        ("PERMITS", BEFORE_MOVING, False),
        ("PERMITS", AFTER_MOVING, True),  # a talk of a colleague's service, booked from the new one
        ("STAFF", BEFORE_MOVING, True),
        (None, BEFORE_MOVING, True),  # a room for oneself
    ],
)
def test_whoever_moves_to_another_service_leaves_the_talks_of_the_old_one_behind(service, booked, is_one):
    moved = person("ann", service="STAFF", service_since=NOON)
    assert is_party(moved, booking_of("ann", "ann", service=service, created_at=booked), frozenset()) is is_one
    assert is_party(person("ann", service="STAFF"), booking_of("ann", "ann", service=service), frozenset())


@pytest.mark.parametrize(
    ("who", "other", "service", "untold"),
    [
        (ANN, ANN, None, set()),
        (CHRIS, person("bram", service="PERMITS"), "PERMITS", set()),
        (CHRIS, person("bram", service="PERMITS"), None, {"staff_busy"}),
        (ANN, person("bram", delegates=frozenset({"ann"})), "PERMITS", {"staff_busy"}),  # his delegate sees his desk
        (FARID, person("bram"), None, {"person_busy", "staff_busy"}),  # who only moves it learns nothing of his day
        (GERDA, person("els", "OCMW"), "SOCIAL", {"person_busy", "staff_busy"}),
    ],
)
def test_of_another_persons_day_a_judgement_tells_whose_business_it_is(who, other, service, untold):
    assert untold_of(other, service, who, house()) == untold


def test_only_a_colleague_is_named_to_help_somebody_down():
    assert may_help_down(ANN, person("bram"))
    assert not may_help_down(ANN, person("els", "OCMW"))
    assert not may_help_down(ANN, person("bram", active=False))
