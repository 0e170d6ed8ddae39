"""Many spaces in one table: cells typed over, rules set for all that are chosen, tried out and then saved at once."""

from __future__ import annotations

from datetime import date

import pytest

from models.queries.house import the_house
from tests.blueprints.manage.conftest import Page
from tests.cast import ANN, DORA, FARID, GERDA, INES, NORA

TABLE = "/manage/table"
ROOMS, BOOTHS = f"{TABLE}?kind=meeting_room", f"{TABLE}?kind=booth&show=horizon"
MONDAY = "2027-03-08"


def fields(page: Page) -> dict[str, list[str]]:
    """What a browser would send of the table's form, but for its buttons."""
    found: dict[str, list[str]] = {}
    for each in page.soup.find("form", id="change").find_all(["input", "select", "textarea"]):
        if each.get("type") == "checkbox" and not each.has_attr("checked"):
            continue
        if each.name == "select":
            chosen = each.find("option", selected=True) or each.find("option")
            found.setdefault(each["name"], []).append(chosen["value"])
        else:
            text = each.get_text().strip() if each.name == "textarea" else each.get("value", "")
            found.setdefault(each["name"], []).append(text)
    return found


def send(manager, address: str, page: Page | None = None, step: str = "save", **changes) -> Page:
    changes = {name.replace("__", "-"): value for name, value in changes.items()}
    return manager.post(address, fields(page or manager.open(address)) | {"step": step} | changes)


def changes_shown(page: Page) -> list[str]:
    return [" ".join(item.get_text(" ").split()) for item in page.soup.select(".changes li")]


@pytest.fixture
def policy(demo_app):
    def read(space: str, day: str = MONDAY):
        with demo_app.test_request_context():
            return the_house().policy(space, date.fromisoformat(day))

    return read


def test_cells_typed_over_are_saved_with_one_press(signed_in, policy):
    farid = signed_in(FARID)
    saved = send(farid, ROOMS, reason="New tables", places_VZ__103="10", ceiling_VZ__104="5", ceiling_VZ__101="")
    assert (saved.status, saved.location) == (303, ROOMS)
    assert (policy("VZ-103").capacities["boardroom"], policy("VZ-104").ceiling) == (10, 5)
    assert policy("VZ-101").ceiling is None
    assert any("Saved: 2 spaces" in notice for notice in farid.open(ROOMS).notices())


def test_what_is_set_for_all_that_are_chosen_is_shown_first_and_holds_from_its_date(signed_in, policy):
    farid = signed_in(FARID)
    preview = send(
        farid,
        BOOTHS,
        step="preview",
        reason="Spring",
        valid_from="2027-03-15",
        advance_days="30",
        approval_role="receptionist",
        space=["SK-01", "SK-02"],
    )
    assert preview.status == 200
    assert policy("SK-01", "2027-03-15").advance_days == 60
    assert changes_shown(preview) == ["How far ahead: 60 becomes 30", "Who approves: nobody becomes Reception desk"] * 2
    assert any("Every booking there is would still fit" in notice for notice in preview.notices())
    assert send(farid, BOOTHS, preview).status == 303
    assert (policy("SK-01").advance_days, policy("SK-01", "2027-03-15").advance_days) == (60, 30)
    assert (policy("SK-02", "2027-03-15").approval_role, policy("SK-03", "2027-03-15").approval_role) == (
        "receptionist",
        None,
    )


def test_all_that_are_shown_can_be_chosen_at_once_and_a_cell_of_ones_own_counts_more(signed_in, policy):
    send(signed_in(FARID), ROOMS, reason="Spring", all="y", bulk_ceiling="9", ceiling_VZ__201="14")
    assert [policy(code).ceiling for code in ("VZ-001", "VZ-101", "VZ-201", "SK-01")] == [9, 9, 14, None]
    farid = signed_in(FARID)
    send(farid, ROOMS, reason="Over", all="y", lift_ceiling="y")
    assert [policy(code).ceiling for code in ("VZ-001", "VZ-101", "VZ-201")] == [None] * 3


def test_whom_it_displaces_is_shown_before_it_is_saved_and_may_get_a_plan(signed_in, booked, policy):
    booked(ANN, "VZ-103", f"{MONDAY}T09:00", "10:00", attendees=11, title="Street plan")
    booked(ANN, "VZ-104", f"{MONDAY}T11:00", "12:00", attendees=3, title="In the way")
    farid = signed_in(FARID)
    asked = send(farid, ROOMS, reason="Works", ceiling_VZ__103="6", active="no", space=["VZ-104"])
    assert asked.status == 200
    assert policy("VZ-103").ceiling is None
    assert policy("VZ-104").active
    assert "Street plan" in asked.text
    assert "11 people, 6 allowed" in asked.text
    assert "In the way" in asked.text
    steps = {each["value"] for each in asked.soup.select("main button[name=step]")}
    assert steps == {"preview", "plan", "leave", "save"}
    planned = send(farid, ROOMS, asked, step="plan")
    assert planned.status == 303
    assert planned.location.startswith("/manage/plans/")
    assert "Street plan" in farid.open(planned.location).text
    assert policy("VZ-103").ceiling is None
    assert send(farid, ROOMS, asked, step="leave").status == 303
    assert (policy("VZ-103").ceiling, policy("VZ-104").active) == (6, False)


def test_the_second_of_two_managers_sees_what_changed_and_loses_nothing_typed(signed_in, policy):
    farid, nora = signed_in(FARID), signed_in(NORA)
    page = farid.open(ROOMS)
    send(nora, ROOMS, reason="Fire report", places_VZ__103="11", places_VZ__104="7")
    refused = send(
        farid, ROOMS, page, reason="Works", ceiling_VZ__103="9", places_VZ__104="6", advance_days="30", space=["VZ-105"]
    )
    assert refused.status == 409
    assert policy("VZ-103").ceiling is None
    [notice] = [each for each in refused.notices() if "before you" in each]
    for said in (
        "Preventieadviseur",
        "Fire report",
        "De Brug (VZ-103), Places: was 12, is now 11",
        "De Kaai (VZ-104), Places: was 8, is now 7",
    ):
        assert said in notice
    kept = fields(refused)
    assert (kept["ceiling_VZ-103"], kept["places_VZ-103"], kept["places_VZ-104"]) == (["9"], ["11"], ["6"])
    assert (kept["advance_days"], kept["reason"], kept["space"]) == (["30"], ["Works"], ["VZ-105"])
    assert send(farid, ROOMS, refused).status == 303
    assert (policy("VZ-103").ceiling, policy("VZ-103").capacities["boardroom"]) == (9, 11)
    assert (policy("VZ-104").capacities["boardroom"], policy("VZ-105").advance_days) == (6, 30)


def test_a_change_elsewhere_stands_in_nobodys_way(signed_in, policy):
    farid, nora = signed_in(FARID), signed_in(NORA)
    page = farid.open(ROOMS)
    send(nora, ROOMS, reason="Fire report", places_VZ__103="11")
    assert send(farid, ROOMS, page, reason="Works", ceiling_VZ__104="5").status == 303
    assert (policy("VZ-103").capacities["boardroom"], policy("VZ-104").ceiling) == (11, 5)


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"ceiling_VZ__103": "-1"}, {"ceiling_VZ-103"}),
        ({"ceiling_VZ__103": "100001"}, {"ceiling_VZ-103"}),
        ({"places_VZ__103": "many"}, {"places_VZ-103"}),
        ({"places_VZ__103": ""}, set()),  # the usual layout is always offered
        ({"ceiling_VZ__103": "5", "reason": " "}, {"reason"}),
        ({"ceiling_VZ__103": "5", "reason": "x" * 2001}, {"reason"}),
        ({"ceiling_VZ__103": "5", "valid_from": "2027-03-02"}, {"valid_from"}),  # yesterday
        ({"ceiling_VZ__103": "5", "valid_from": "soon"}, {"valid_from"}),
        ({"advance_days": "30"}, set()),  # nothing chosen
        ({"advance_days": "x", "space": ["VZ-103"]}, {"advance_days"}),
        ({"max_minutes": "1441", "space": ["VZ-103"]}, {"max_minutes"}),
        ({"max_minutes": "5", "space": ["VZ-103"]}, set()),
        ({"slot_minutes": "0", "space": ["VZ-103"]}, set()),
        ({"approval_role": "king", "space": ["VZ-103"]}, {"approval_role"}),
        ({"active": "maybe", "space": ["VZ-103"]}, {"active"}),
        ({"space": ["VZ-103"]}, set()),  # and nothing said
        ({"max_minutes": "480", "space": ["VZ-103"]}, set()),  # so already
    ],
)
@pytest.mark.parametrize("step", ["save", "preview"])
def test_what_makes_no_sense_is_said_and_nothing_is_written(typed, wrong, step, signed_in, policy):
    before = policy("VZ-103")
    page = send(signed_in(FARID), ROOMS, step=step, **{"reason": "Works", **typed})
    assert (page.status, page.wrong_fields()) == (400, wrong)
    assert page.soup.select(".error-summary li")
    assert policy("VZ-103") == before
    assert {link["href"].removeprefix("#") for link in page.soup.select(".error-summary a")} == wrong


def test_a_space_for_which_it_makes_no_sense_is_named(signed_in, policy):
    page = send(signed_in(FARID), TABLE, reason="Works", max_minutes="60", space=["VZ-103", "LK-01", "WP-1BUR-01"])
    assert page.status == 400
    assert "WP-1BUR-01, Longest booking" in page.text
    assert policy("VZ-103").max_minutes == 480


@pytest.mark.parametrize(
    "tampered",
    [{"seen": "x"}, {"seen": ""}, {"shown": "x"}, {"space": ["NOWHERE"], "advance_days": "5"}, {"places_NOWHERE": "5"}],
)
def test_a_form_that_was_tampered_with_writes_nothing(tampered, signed_in, policy):
    page = send(signed_in(FARID), ROOMS, **({"reason": "Works"} | tampered))
    assert page.status == 400
    assert policy("VZ-103").advance_days == 90


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("text=vaart", {"VZ-101", "VZ-101-102"}),
        ("floor=FP", {"PZ-01", "PZ-02", "PZ-03"}),
        ("zone=Z0-CAW&kind=booth", {"SK-08", "SK-09"}),
        ("kind=spaceship", set()),
        ("show=nothing&floor=FP", {"PZ-01", "PZ-02", "PZ-03"}),
    ],
)
def test_spaces_are_found_by_kind_floor_zone_and_name(query, codes, signed_in):
    page = signed_in(FARID).open(f"{TABLE}?{query}")
    assert (page.status, {each["value"] for each in page.soup.select("input[name=space]")}) == (200, codes)


def test_every_group_of_columns_can_be_looked_at_and_keeps_what_is_typed_elsewhere(signed_in, policy):
    farid = signed_in(FARID)
    for view in ("places", "time", "horizon", "people", "approval", "privacy", "access", "talks", "safety"):
        assert farid.open(f"{TABLE}?show={view}").status == 200
    assert "15 minutes" in farid.open(f"{ROOMS}&show=time").text
    assert send(farid, f"{ROOMS}&show=time", reason="Spring", max_minutes="240", space=["VZ-103"]).status == 303
    assert (policy("VZ-103").max_minutes, policy("VZ-103").capacities["boardroom"]) == (240, 12)


def test_everybody_sees_and_sets_no_more_than_they_may(signed_in, booked, policy):
    ines, nora = signed_in(INES), signed_in(NORA)
    assert {each["value"] for each in ines.open(TABLE).soup.select("input[name=space]")} == {
        "SK-08",
        "SK-09",
        "WP-0CAW-01",
        "WP-0CAW-02",
        "WP-0CAW-03",
        "WP-0CAW-04",
    }
    assert "fire_max" not in fields(ines.open(TABLE))
    assert "max_minutes" in fields(ines.open(TABLE))
    assert "fire_max" in fields(nora.open(TABLE))
    assert "max_minutes" not in fields(nora.open(TABLE))
    send(ines, TABLE, reason="x", fire_max="1", max_minutes="60", space=["SK-08", "VZ-103"])
    assert (policy("SK-08").max_minutes, policy("SK-08").fire_max, policy("VZ-103").max_minutes) == (60, 4, 480)
    for username in (ANN, GERDA):
        assert signed_in(username).open(TABLE).status == 403
    booked(DORA, "SK-05", f"{MONDAY}T09:00", "09:30", attendees=3, service="OCMW-LEE")
    secret = send(signed_in(FARID), f"{TABLE}?kind=booth", reason="Works", ceiling_SK__05="2")
    assert "1 booking of Public Centre for Social Welfare Vaartbeke lies in this change" in secret.text
    assert not any(word in secret.text for word in ("Busy", "Leefloon", "09:00"))


def test_the_number_of_questions_does_not_grow_with_the_bookings(signed_in, booked, counted_queries):
    farid = signed_in(FARID)

    def questions() -> int:
        send(farid, ROOMS, step="preview", reason="Works", all="y", bulk_ceiling="1")
        page = farid.open(ROOMS)
        with counted_queries() as counted:
            assert send(farid, ROOMS, page, step="preview", reason="Works", all="y", bulk_ceiling="1").status == 200
        return counted.number

    booked(ANN, "VZ-103", f"{MONDAY}T08:00", "08:30", attendees=4)
    few = questions()
    for hour in range(9, 18):
        booked(ANN, "VZ-104", f"{MONDAY}T{hour:02}:00", f"{hour:02}:30", attendees=4)
    assert questions() == few <= 16
