"""Spaces, desks and zones are made, changed and placed: by whom, in one go, and never over somebody else's work."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from models.actions.bookings.book import book
from models.actions.places.change_space import change_space
from models.actions.places.change_zone import change_zone
from models.actions.places.create_desk_row import create_desk_row
from models.actions.places.create_space import create_space
from models.actions.places.create_zone import create_zone
from models.queries.house import the_house
from models.queries.people import person_by_username
from models.queries.place_changes import last_change
from models.rules.changes.place_wishes import DeskRow, SpaceWish, ZoneWish
from models.rules.house.floor_plan import Grid
from models.rules.refusals import BadRequest, NotAllowed, NotFound, Refused
from tests.cast import ANN, FARID, INES, NORA, NOW, ask

pytestmark = pytest.mark.usefixtures("demo")

MONDAY, DAY = "2027-03-08", date(2027, 3, 8)
DE_GEUL = SpaceWish({"nl": "De Geul", "fr": "La Rigole"}, "meeting_room", "Z1-VER", equipment=frozenset({"scherm"}))
DE_VAART = SpaceWish(
    {language: "De Vaart" for language in ("nl", "fr", "en", "de")},
    "meeting_room",
    "Z1-VER",
    bookable_by=frozenset({"GEM", "OCMW", "CAW", "WW"}),
    hearing_loop=True,
    equipment=frozenset({"scherm", "beamer", "whiteboard", "videoconferentie"}),
    notes="Vouwwand met VZ-102; opleidingslokaal",
)
CAW_DESKS = DeskRow("Z0-CAW", 3, {"nl": "Werkplek CAW", "en": "Desk CAW"}, owner="CAW")


def person(username: str):
    return person_by_username(username)


def test_a_new_room_gets_the_next_code_and_the_rules_of_its_kind_and_is_booked_at_once():
    assert create_space(DE_GEUL, person(FARID), NOW, places=10) == "VZ-107"
    space, policy = the_house().spaces["VZ-107"], the_house().policy("VZ-107", DAY)
    assert (space.names.in_language("fr"), space.floor, space.equipment) == ("La Rigole", "F1", ("scherm",))
    assert (policy.effective_capacity(), policy.slot_minutes, policy.privacy_default) == (10, 15, "title")
    assert book(ask("VZ-107", f"{MONDAY}T09:00", "10:00", attendees=10), person(ANN), NOW).bookings
    with pytest.raises(Refused):
        book(ask("VZ-107", f"{MONDAY}T09:30", "10:30", attendees=2), person(FARID), NOW)


def test_a_copy_has_the_rules_and_places_of_its_model_from_the_first_day():
    code = create_space(replace(DE_GEUL, code="VZ-111"), person(FARID), NOW, like="VZ-101")
    ours, model = the_house().policy(code, DAY), the_house().policy("VZ-101", DAY)
    assert (ours.capacities, ours.fire_max, ours.buffer_after, ours.auto_release_minutes) == (
        model.capacities,
        model.fire_max,
        model.buffer_after,
        model.auto_release_minutes,
    )


def test_a_composite_takes_its_parts_along():
    create_space(replace(DE_GEUL, code="VZ-103-104", parts=frozenset({"VZ-103", "VZ-104"})), person(FARID), NOW)
    book(ask("VZ-103-104", f"{MONDAY}T09:00", "10:00", attendees=4), person(ANN), NOW)
    with pytest.raises(Refused) as no:
        book(ask("VZ-104", f"{MONDAY}T09:00", "10:00", attendees=4), person(FARID), NOW)
    assert no.value.refusals[0].code == "space_taken"


def test_a_row_of_desks_is_coded_by_its_zone_laid_out_and_bookable():
    desks = DeskRow(
        "Z1-BUR",
        4,
        {"nl": "Werkplek Buurt", "fr": "Poste"},
        owner="GEM",
        like="WP-1BUR-01",
        grid=Grid(0.5, 10.5, 1.6, 0.9, 3, 0.4),
    )
    codes = create_desk_row(desks, person(FARID), NOW)
    assert codes == ("WP-1BUR-17", "WP-1BUR-18", "WP-1BUR-19", "WP-1BUR-20")
    house = the_house()
    assert [(house.spaces[code].rectangle.x, house.spaces[code].rectangle.y) for code in codes] == [
        (0.5, 10.5),
        (2.5, 10.5),
        (4.5, 10.5),
        (0.5, 11.8),
    ]
    assert house.spaces["WP-1BUR-20"].names == {"nl": "Werkplek Buurt 20", "fr": "Poste 20"}
    assert house.policies["WP-1BUR-20"][0][1].in_half_days
    assert book(ask("WP-1BUR-20", f"{MONDAY}T07:00", "12:30"), person(ANN), NOW).bookings


def test_a_zone_is_made_with_its_limit_and_holds_spaces():
    create_zone(ZoneWish("Z1-NEW", {"nl": "Nieuwe zone"}, "F1", max_persons=5), person(FARID), NOW)
    code = create_space(replace(DE_GEUL, zone="Z1-NEW"), person(FARID), NOW)
    assert the_house().limit("zone", "Z1-NEW", DAY) == 5
    with pytest.raises(Refused) as no:
        book(ask(code, f"{MONDAY}T09:00", "10:00", attendees=6), person(ANN), NOW)
    assert [refusal.code for refusal in no.value.refusals] == ["zone_full"]


@pytest.mark.parametrize(
    ("wrong", "field", "code"),
    [
        ({"names": {"nl": " "}}, "name_nl", "required"),
        ({"names": {"nl": "x" * 201}}, "name_nl", "too_long_text"),
        ({"names": {"nl": "De Geul", "de": "a\0b"}}, "name_de", "control_character"),
        ({"code": "VZ-101"}, "code", "taken_code"),
        ({"code": "vz-101"}, "code", "taken_code"),  # said aloud it is the same
        ({"code": "VZ/101"}, "code", "not_a_code"),
        ({"code": ".."}, "code", "not_a_code"),
        ({"code": "VZ#1"}, "code", "not_a_code"),
        ({"sort": "castle"}, "sort", "unknown_code"),
        ({"zone": "Z9"}, "zone", "unknown_code"),
        ({"owner": "NASA"}, "owner", "unknown_code"),
        ({"bookable_by": frozenset({"GEM", "NASA"})}, "bookable_by", "unknown_code"),
        ({"sort": "coffee_corner"}, "exclusive", "never_exclusive"),
        ({"equipment": frozenset({"x" * 101})}, "equipment", "too_long_text"),
        ({"parts": frozenset({"VZ-999"})}, "parts", "unknown_part"),
        ({"parts": frozenset({"VZ-101-102"})}, "parts", "part_has_parts"),
        ({"notes": "x" * 2001}, "notes", "too_long_text"),
    ],
)
def test_what_no_space_may_be_is_said_of_its_field_and_nothing_is_made(wrong, field, code):
    before = set(the_house().spaces)
    with pytest.raises(BadRequest) as no:
        create_space(replace(DE_GEUL, **wrong), person(FARID), NOW)
    assert (no.value.field, no.value.code) == (field, code)
    assert set(the_house().spaces) == before


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"count": 0}, "count"),
        ({"count": 101}, "count"),
        ({"first": 0}, "first"),
        ({"zone": "Z9"}, "zone"),
        ({"like": "VZ-101"}, "like"),
        ({"names": {}}, "name_nl"),
        ({"grid": Grid(198, 0, 1.6, 0.8, 3, 0.4)}, "x"),
        ({"grid": Grid(0, 0, 1.6, 0.8, 0, 0.4)}, "per_row"),
        ({"grid": Grid(float("nan"), 0, 1.6, 0.8, 2, 0.4)}, "x"),
        ({"grid": Grid(0, 0, 1.6, 0.8, 2, 1e9)}, "gap"),
    ],
)
def test_of_a_wrong_row_of_desks_not_one_is_made(wrong, field):
    before = set(the_house().spaces)
    with pytest.raises(BadRequest) as no:
        create_desk_row(replace(DeskRow("Z1-BUR", 3, {"nl": "Werkplek"}), **wrong), person(FARID), NOW)
    assert no.value.field == field
    assert set(the_house().spaces) == before


def test_a_space_is_renamed_in_four_languages_and_moved_and_what_changed_is_logged():
    wish = replace(
        DE_VAART,
        names={"nl": "De Demer", "fr": "Le Démer", "en": "The Demer", "de": "Die Demer"},
        zone="Z2-PRO",
        owner="GEM",
        hearing_loop=False,
    )
    changed = change_space("VZ-101", wish, person(FARID), NOW)
    assert set(changed) == {"name_nl", "name_fr", "name_en", "name_de", "zone", "owner", "hearing_loop"}
    space = the_house().spaces["VZ-101"]
    assert (space.names.in_language("de"), space.floor, space.zone, space.owner) == ("Die Demer", "F2", "Z2-PRO", "GEM")
    assert space.rectangle is None  # it lay on the other floor's plan
    assert (space.parts, the_house().spaces["VZ-101-102"].parts) == (("VZ-101",), ("VZ-101", "VZ-102"))


def test_a_wish_that_differs_in_nothing_writes_nothing():
    seen = last_change("space", "VZ-101")
    assert change_space("VZ-101", DE_VAART, person(FARID), NOW) == ()
    assert last_change("space", "VZ-101") == seen


def test_once_booked_a_space_keeps_its_kind_its_parts_and_whether_it_is_shared():
    assert change_space("VZ-101", replace(DE_VAART, exclusive=False), person(FARID), NOW) == ("exclusive",)
    book(ask("VZ-101", f"{MONDAY}T09:00", "10:00", attendees=4), person(ANN), NOW)
    for wrong in (DE_VAART, replace(DE_VAART, exclusive=False, sort="protocol_hall")):
        with pytest.raises(BadRequest) as no:
            change_space("VZ-101", wrong, person(FARID), NOW)
        assert no.value.code == "has_bookings"
    assert change_space("VZ-101", replace(DE_VAART, exclusive=False, notes=None), person(FARID), NOW) == ("notes",)


def test_the_second_of_two_managers_overwrites_nothing():
    seen = last_change("space", "VZ-101")
    change_space("VZ-101", replace(DE_VAART, notes="first"), person(FARID), NOW, seen=seen)
    with pytest.raises(Refused) as no:
        change_space("VZ-101", replace(DE_VAART, notes="second"), person(FARID), NOW, seen=seen)
    assert no.value.refusals[0].code == "changed_meanwhile"
    assert the_house().spaces["VZ-101"].notes == "first"


def test_a_zone_with_spaces_stays_on_its_floor_and_says_who_stays_behind_after_its_last_day():
    book(ask("VZ-101", f"{MONDAY}T09:00", "10:00", attendees=4), person(ANN), NOW)
    zone = ZoneWish("Z1-VER", {"nl": "Vergaderhoek"}, "F1", bookable_by=frozenset({"GEM"}), valid_to=date(2027, 3, 7))
    assert change_zone(zone, person(FARID), NOW) == 1
    assert the_house().zones["Z1-VER"].names.in_language("nl") == "Vergaderhoek"
    with pytest.raises(BadRequest) as no:
        change_zone(replace(zone, floor="F2"), person(FARID), NOW)
    assert no.value.code == "zone_has_spaces"


def test_a_partners_administrator_makes_and_changes_spaces_of_its_own_only():
    assert len(create_desk_row(CAW_DESKS, person(INES), NOW)) == 3
    for wish in (replace(CAW_DESKS, owner=None), replace(CAW_DESKS, owner="GEM")):
        with pytest.raises(NotAllowed):
            create_desk_row(wish, person(INES), NOW)
    with pytest.raises(BadRequest) as no:
        create_desk_row(replace(CAW_DESKS, zone="Z1-BUR"), person(INES), NOW)
    assert no.value.code == "zone_of_others"
    sk_08 = SpaceWish({"nl": "Spreekkamer 8"}, "booth", "Z0-CAW", owner="CAW", bookable_by=frozenset({"CAW"}))
    assert change_space("SK-08", sk_08, person(INES), NOW)
    for wrong, code in (({"owner": "GEM"}, "owner_stays"), ({"zone": "Z0-SPR"}, "zone_of_others")):
        with pytest.raises(BadRequest) as no:
            change_space("SK-08", replace(sk_08, **wrong), person(INES), NOW)
        assert no.value.code == code
    with pytest.raises(NotAllowed):
        create_zone(ZoneWish("Z0-X", {"nl": "X"}, "F0"), person(INES), NOW)


@pytest.mark.parametrize("who", [ANN, NORA])
def test_nobody_else_makes_or_changes_anything(who):
    for attempt in (
        lambda: create_space(DE_GEUL, person(who), NOW),
        lambda: create_desk_row(CAW_DESKS, person(who), NOW),
        lambda: change_space("VZ-101", DE_VAART, person(who), NOW),
        lambda: create_zone(ZoneWish("Z0-X", {"nl": "X"}, "F0"), person(who), NOW),
        lambda: change_zone(ZoneWish("Z0-HAL", {"nl": "X"}, "F0"), person(who), NOW),
    ):
        with pytest.raises(NotAllowed):
            attempt()


def test_what_does_not_exist_is_not_found():
    with pytest.raises(NotFound):
        change_space("VZ-999", DE_VAART, person(FARID), NOW)
    with pytest.raises(NotFound):
        change_zone(ZoneWish("Z9", {"nl": "X"}, "F0"), person(FARID), NOW)
