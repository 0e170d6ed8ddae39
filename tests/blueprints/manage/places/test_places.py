"""A facility manager makes, copies, renames and retires spaces, and everybody meets them at once."""

from __future__ import annotations

from datetime import date

import pytest

from models.queries.house import the_house
from models.rules.refusals import Refused
from tests.blueprints.manage.filling import filled, send
from tests.cast import ANN, BRAM, DORA, FARID, INES, NORA

PLACES, DE_VAART = "/manage/places", "/manage/places/VZ-101"
MONDAY, NEXT_MONDAY = "2027-03-08", "2027-03-15"


@pytest.fixture
def house(demo_app):
    """The house as the database has it."""

    def read():
        with demo_app.test_request_context():
            return the_house()

    return read


def test_a_new_room_stands_on_every_list_at_once_and_can_be_booked(signed_in, booked, house):
    farid, ann = signed_in(FARID), signed_in(ANN)
    names = {"name_nl": "De Geul", "name_en": "The Channel"}
    sent = send(farid, "/manage/new-space", zone="Z1-VER", owner="*", places="6", **names)
    assert (sent.status, sent.location) == (303, "/manage/places/VZ-107")
    assert "The Channel" in ann.open(f"/rooms?view=list&date={MONDAY}").text
    assert ann.open("/rooms/VZ-107").status == 200
    assert booked(ANN, "VZ-107", f"{MONDAY}T09:00", "10:00", attendees=6)
    with pytest.raises(Refused):
        booked(BRAM, "VZ-107", f"{MONDAY}T14:00", "15:00", attendees=7)


def test_a_row_of_desks_lies_on_the_plan_and_is_offered_at_once(signed_in, booked, house):
    farid, ann = signed_in(FARID), signed_in(ANN)
    page = farid.open("/manage/new-desks?zone=Z1-BUR")
    sent = send(farid, "/manage/new-desks", page, count="3")
    assert (sent.status, sent.location) == (303, "/manage/plan/F1")
    made = [house().spaces[f"WP-1BUR-{number}"] for number in (17, 18, 19)]
    assert all(space.rectangle and space.bookable_by == frozenset({"GEM"}) for space in made)
    assert made[0].names["fr"] == "Poste Quartier Affaires citoyennes 17"
    assert ann.open(f"/desks?view=plan&date={MONDAY}&floor=F1").soup.find(
        "a", attrs={"aria-label": lambda said: bool(said) and said.startswith("WP-1BUR-19")}
    )
    assert "WP-1BUR-19" in ann.open(f"/desks?date={MONDAY}").text
    assert booked(ANN, "WP-1BUR-19", f"{MONDAY}T07:00", "12:30")


def test_a_zone_is_made_and_holds_no_more_people_than_it_says(signed_in, house):
    farid = signed_in(FARID)
    sent = send(farid, "/manage/new-zone?floor=F1", code="Z1-NEW", name_nl="Nieuw", max_persons="4")
    assert (sent.status, sent.location) == (303, "/manage/zones/Z1-NEW/what")
    assert house().limit("zone", "Z1-NEW", date.fromisoformat(MONDAY)) == 4
    page = farid.open("/manage/zones/Z1-NEW/what")
    assert send(farid, "/manage/zones/Z1-NEW/what", page, name_fr="Neuf", silent="y").status == 303
    assert (house().zones["Z1-NEW"].names["fr"], house().zones["Z1-NEW"].silent) == ("Neuf", True)
    assert "Nieuw" in farid.open(f"{PLACES}?floor=F1").text


def test_a_copy_starts_with_everything_of_its_model_and_the_next_free_code(signed_in, house):
    farid = signed_in(FARID)
    page = farid.open("/manage/new-space?like=VZ-105")
    assert filled(page)["code"] == ["VZ-107"]  # 106 is there
    assert send(farid, "/manage/new-space?like=VZ-105", page, name_nl="De Ton").status == 303
    copy, model = house().spaces["VZ-107"], house().spaces["VZ-105"]
    assert (copy.equipment, copy.bookable_by, copy.zone) == (model.equipment, model.bookable_by, model.zone)
    assert house().policy("VZ-107", date(2027, 3, 8)).fire_max == house().policy("VZ-105", date(2027, 3, 8)).fire_max


def test_a_renamed_room_is_called_so_in_each_language_and_keeps_what_the_form_did_not_change(signed_in, house):
    before = house().spaces["VZ-101"]
    sent = send(signed_in(FARID), DE_VAART, name_en="The Canal", name_de="Der Kanal", more_equipment="orgel, piano")
    assert (sent.status, sent.location) == (303, DE_VAART)
    after = house().spaces["VZ-101"]
    assert (after.names["en"], after.names["de"], after.names["nl"]) == ("The Canal", "Der Kanal", "De Vaart")
    assert set(after.equipment) == {*before.equipment, "orgel", "piano"}
    assert (after.bookable_by, after.zone, after.rectangle, after.parts, after.notes) == (
        before.bookable_by,
        before.zone,
        before.rectangle,
        before.parts,
        before.notes,
    )


def test_once_booked_its_kind_is_told_and_not_asked(signed_in, booked, house):
    booked(ANN, "VZ-101", f"{MONDAY}T09:00", "10:00", attendees=4)
    farid = signed_in(FARID)
    page = farid.open(DE_VAART)
    assert not {"sort", "exclusive", "parts"} & set(filled(page))
    assert "it has been booked" in page.text
    assert send(farid, DE_VAART, page, notes="New chairs", sort="desk").status == 303  # not asked: ignored
    assert (house().spaces["VZ-101"].sort, house().spaces["VZ-101"].exclusive) == ("meeting_room", True)
    assert house().spaces["VZ-101"].notes == "New chairs"


@pytest.mark.parametrize(
    ("address", "typed", "wrong"),
    [
        (DE_VAART, {"name_nl": ""}, "name_nl"),
        (DE_VAART, {"name_nl": "x" * 201}, "name_nl"),
        (DE_VAART, {"zone": "Z9"}, "zone"),
        (DE_VAART, {"zone": None}, "zone"),
        (DE_VAART, {"parts": "VZ-999"}, "parts"),
        (DE_VAART, {"more_equipment": "x" * 101}, None),
        (DE_VAART, {"bookable_by": ["NASA"]}, None),
        (DE_VAART, {"seen": "x"}, None),
        ("/manage/new-space", {"name_nl": "X", "owner": "*"}, "zone"),  # neither is chosen beforehand
        ("/manage/new-space", {"name_nl": "X", "zone": "Z1-VER"}, "owner"),
        ("/manage/new-space", {"name_nl": "X", "zone": "Z1-VER", "owner": "*", "code": "VZ-101"}, "code"),
        ("/manage/new-space", {"name_nl": "X", "zone": "Z1-VER", "owner": "GEM", "code": "a/b"}, "code"),
        ("/manage/new-space", {"name_nl": "X", "zone": "Z1-VER", "owner": "GEM", "places": "-1"}, "places"),
        ("/manage/new-space", {"name_nl": "X", "zone": "Z1-VER", "owner": "GEM", "like": "VZ-999"}, None),
        ("/manage/new-desks", {"count": "0"}, "count"),
        ("/manage/new-desks", {"count": ""}, "count"),
        ("/manage/new-desks", {"count": "   "}, "count"),
        ("/manage/new-desks", {"x": "nan"}, "x"),
        ("/manage/new-desks", {"x": "300"}, "x"),
        ("/manage/new-desks", {"width": ""}, "width"),
        ("/manage/new-zone", {"code": "Z1-VER", "name_nl": "X"}, "code"),
        (
            "/manage/new-zone",
            {"code": "Z1-X", "name_nl": "X", "first_day": "2027-03-08", "last_day": "2027-03-01"},
            "last_day",
        ),
    ],
)
def test_what_makes_no_sense_is_said_at_its_field_and_nothing_is_written(address, typed, wrong, signed_in, house):
    before = house()
    page = send(signed_in(FARID), address, **typed)
    assert page.status == 400
    assert page.soup.select(".error-summary")
    assert wrong is None or wrong in page.wrong_fields()
    assert house() == before


def test_the_second_of_two_managers_keeps_what_was_typed_and_sees_the_rest_as_it_is_now(signed_in, house):
    farid, other = signed_in(FARID), signed_in(FARID)
    page = farid.open(DE_VAART)
    assert send(other, DE_VAART, notes="First", name_fr="Le Canal").status == 303
    refused = send(farid, DE_VAART, page, notes="Second")
    assert refused.status == 409
    assert house().spaces["VZ-101"].notes == "First"
    [notice] = [each for each in refused.notices() if "before you" in each]
    assert "Facilitair Beheerder" in notice
    assert "Notes" in notice
    assert "Name in French" in notice
    kept = filled(refused)
    assert (kept["notes"], kept["name_fr"]) == ("Second", ["Le Canal"])
    assert send(farid, DE_VAART, refused).status == 303
    assert (house().spaces["VZ-101"].notes, house().spaces["VZ-101"].names["fr"]) == ("Second", "Le Canal")


def test_a_partners_administrator_meets_its_own_spaces_alone(signed_in, house):
    ines = signed_in(INES)
    listed = ines.open(PLACES).text
    assert "SK-08" in listed
    assert "SK-05" not in listed
    assert "Change the zone" not in listed
    for address in (
        DE_VAART,
        f"{DE_VAART}/use",
        f"{DE_VAART}/rules",
        "/manage/new-space?like=VZ-101",
        "/manage/new-zone",
        "/manage/zones/Z0-CAW/what",
    ):
        assert ines.open(address).status == 403, address
    assert ines.client.post(f"{DE_VAART}/delete").status_code == 403
    sent = send(ines, "/manage/new-space", name_nl="Kamer", sort="booth", zone="Z0-CAW", owner="CAW")
    made = house().spaces[sent.location.rpartition("/")[2]]
    assert (made.owner, made.zone) == ("CAW", "Z0-CAW")


@pytest.mark.parametrize(
    "address",
    [
        PLACES,
        DE_VAART,
        f"{DE_VAART}/use",
        f"{DE_VAART}/rules",
        "/manage/new-space",
        "/manage/new-desks",
        "/manage/new-zone",
        "/manage/plan/F1",
    ],
)
def test_nobody_else_comes_in(address, signed_in, demo_app):
    assert signed_in(ANN).open(address).status == 403
    assert demo_app.test_client().get(address).status_code == 303
    if not address.endswith("rules"):
        assert signed_in(NORA).open(address).status == 403  # she sets limits, fire and air


def test_what_does_not_exist_is_not_found(signed_in):
    farid = signed_in(FARID)
    for address in (
        f"{PLACES}/VZ-999",
        f"{PLACES}/VZ-999/use",
        f"{PLACES}/VZ-999/rules",
        "/manage/zones/Z9/what",
        "/manage/plan/F9",
        "/manage/new-space?like=VZ-999",
    ):
        assert farid.open(address).status == 404, address


def test_the_list_is_searched_over_all_floors(signed_in):
    farid = signed_in(FARID)
    found = farid.open(f"{PLACES}?text=vaart").text
    assert "VZ-101" in found
    assert "VZ-102" not in found.replace("VZ-101-102", "").replace("VZ-101 + VZ-102", "")


def test_bookings_elsewhere_make_no_page_dearer(signed_in, booked, demo_app, counted_queries):
    farid = signed_in(FARID)
    booked(DORA, "SK-05", f"{MONDAY}T08:30", "09:00", attendees=2, service="OCMW-LEE")

    def asked() -> list[int]:
        numbers = []
        for address in (PLACES, DE_VAART, f"{DE_VAART}/use", f"{DE_VAART}/rules", "/manage/plan/F1"):
            farid.open(address)
            with counted_queries() as counted:
                farid.open(address)
            numbers.append(counted.number)
        return numbers

    before = asked()
    for hour in (10, 11, 14):
        booked(DORA, "SK-05", f"{MONDAY}T{hour:02}:00", f"{hour:02}:30", attendees=2, service="OCMW-LEE")
    assert asked() == before
    assert max(before) <= 15
