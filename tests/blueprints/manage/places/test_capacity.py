"""A manager sets how many people a space may hold, and sees who then stands above it."""

from __future__ import annotations

from datetime import date

import pytest

from models.queries.house import the_house
from models.queries.place_changes import last_change
from models.queries.policies import policy_rows
from models.rules.refusals import Refused
from tests.cast import ANN, BRAM, DORA, FARID, INES, NORA

DE_VAART = "/manage/spaces/VZ-101"
MONDAY, NEXT_MONDAY = "2027-03-08", "2027-03-15"
ABOVE = "Bookings above the limit"


@pytest.fixture
def policy(demo_app):
    """The policy of a space on a date, as the database has it."""

    def read(space: str = "VZ-101", day: str = MONDAY):
        with demo_app.test_request_context():
            return the_house().policy(space, date.fromisoformat(day))

    return read


def test_lowering_a_room_to_12_shows_the_meeting_of_14_and_refuses_the_next_one(signed_in, booked):
    booked(ANN, "VZ-101", f"{MONDAY}T09:00", "10:00", attendees=14, title="Team meeting")
    page = signed_in(FARID).save(DE_VAART, ceiling="12", reason="Folding wall broken", step="leave")
    [line] = page.rows(ABOVE)
    assert "Team meeting" in line
    assert "14 people, 12 allowed" in line
    with pytest.raises(Refused) as no:
        booked(BRAM, "VZ-101", f"{MONDAY}T14:00", "15:00", attendees=14)
    [refusal] = no.value.refusals
    assert (refusal.code, refusal.rule, refusal.limit, refusal.actual) == ("too_many_people", "R01", 12, 14)
    assert no.value.alternatives


def test_a_planned_change_judges_only_bookings_from_its_date(signed_in, booked, policy):
    booked(ANN, "VZ-101", f"{MONDAY}T09:00", "10:00", attendees=14, title="Before")
    booked(ANN, "VZ-101", f"{NEXT_MONDAY}T09:00", "10:00", attendees=14, title="After")
    page = signed_in(FARID).save(DE_VAART, ceiling="12", reason="Works", valid_from=NEXT_MONDAY, step="leave")
    [line] = page.rows(ABOVE)
    assert "After" in line
    assert (policy(day=MONDAY).effective_capacity(), policy(day=NEXT_MONDAY).effective_capacity()) == (22, 12)
    booked(BRAM, "VZ-101", f"{MONDAY}T14:00", "15:00", attendees=14)
    with pytest.raises(Refused):
        booked(BRAM, "VZ-101", f"{NEXT_MONDAY}T14:00", "15:00", attendees=14)
    assert any("already planned" in notice for notice in page.notices())


def test_the_effects_are_shown_before_anything_is_saved_and_are_those_that_saving_has(signed_in, booked, policy):
    booked(ANN, "VZ-101", f"{MONDAY}T09:00", "10:00", attendees=14)
    booked(ANN, "VZ-101", f"{MONDAY}T13:00", "14:00")
    booked(ANN, "VZ-101", f"{MONDAY}T15:00", "16:00", attendees=9)
    manager = signed_in(FARID)
    preview = manager.send(DE_VAART, step="preview", ceiling="10", reason="Works")
    assert preview.status == 200
    assert any("Nothing is saved yet" in notice for notice in preview.notices())
    assert policy().ceiling is None
    assert manager.send(DE_VAART, preview, step="save").rows(ABOVE) == preview.rows(ABOVE)
    assert policy().ceiling is None  # whoever displaces somebody says first what becomes of them
    saved = manager.save(DE_VAART, preview, step="leave")
    assert policy().ceiling == 10
    [line] = saved.rows(ABOVE)
    assert line.startswith("Meeting room Monday")
    assert "14 people, 10 allowed" in line
    assert preview.rows(ABOVE) == [line]


def test_layouts_are_set_one_by_one_and_an_empty_one_is_no_longer_offered(signed_in, policy):
    signed_in(FARID).save(DE_VAART, places_theatre="", places_ushape="11", reason="New tables")
    assert "theatre" not in policy().capacities
    assert (policy().capacities["ushape"], policy().capacities["boardroom"]) == (11, 22)


def test_the_page_names_what_binds_in_each_layout(signed_in):
    page = signed_in(FARID).open(DE_VAART)
    cells = [[cell.get_text(strip=True) for cell in row.find_all(["th", "td"])] for row in page.soup.select("tbody tr")]
    assert cells[0] == ["Boardroom", "22", "22", "places"]
    assert ["Theatre", "48", "30", "fresh air"] in cells
    assert ["Reception", "50", "30", "fresh air"] in cells
    lowered = signed_in(FARID).save(DE_VAART, ceiling="12", reason="Works")
    assert "Boardroom 22 12 ceiling" in lowered.text


def test_the_history_says_who_why_and_from_when(signed_in):
    page = signed_in(FARID).save(DE_VAART, ceiling="12", reason="Folding wall broken", valid_from=NEXT_MONDAY)
    planned, beginning = page.rows("History")
    for said in ("15 March 2027", "at most 12 people", "Folding wall broken", "Facilitair Beheerder", "Planned"):
        assert said in planned
    assert "Imported" in beginning
    assert "Now" in beginning


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"ceiling": "-1"}, {"ceiling"}),
        ({"ceiling": "100001"}, {"ceiling"}),
        ({"ceiling": "9" * 5000}, {"ceiling"}),
        ({"ceiling": "twelve"}, {"ceiling"}),
        ({"ceiling": "12.5"}, {"ceiling"}),
        ({"ceiling": "١٢"}, {"ceiling"}),  # digits, but not ours
        ({"places_boardroom": ""}, {"places_boardroom"}),  # the usual layout is always offered
        ({"places_theatre": "many"}, {"places_theatre"}),
        ({"ceiling": "12", "reason": ""}, {"reason"}),
        ({"ceiling": "12", "reason": "   "}, {"reason"}),
        ({"ceiling": "12", "reason": "x" * 2001}, {"reason"}),
        ({"ceiling": "12", "reason": "a\0b"}, {"reason"}),
        ({"ceiling": "12", "valid_from": "2027-03-02"}, {"valid_from"}),  # yesterday
        ({"ceiling": "12", "valid_from": "0001-01-01"}, {"valid_from"}),
        ({"ceiling": "12", "valid_from": "tomorrow"}, {"valid_from"}),
        ({}, {"ceiling"}),  # nothing was changed
    ],
)
@pytest.mark.parametrize("step", ["save", "preview"])
def test_what_makes_no_sense_is_said_at_its_field_and_nothing_is_written(typed, wrong, step, signed_in, policy):
    before = policy()
    page = signed_in(FARID).send(DE_VAART, step=step, **{"reason": "Works", **typed})
    assert page.status == 400
    assert page.wrong_fields() == wrong
    linked = {link["href"].removeprefix("#") for link in page.soup.select(".error-summary a")}
    assert linked == wrong
    assert policy() == before


@pytest.mark.parametrize("tampered", [{"seen": "x"}, {"seen": ""}, {"seen": "-1"}, {"shown": "x"}])
def test_a_form_that_was_tampered_with_writes_nothing(tampered, signed_in, policy):
    page = signed_in(FARID).send(DE_VAART, ceiling="12", reason="Works", **tampered)
    assert page.status == 400
    assert policy().ceiling is None


def test_the_second_of_two_managers_sees_what_the_first_changed_and_overwrites_nothing(signed_in, policy):
    farid, nora = signed_in(FARID), signed_in(NORA)
    page = farid.open(DE_VAART)
    nora.save(DE_VAART, places_theatre="25", reason="Ventilation serviced")
    refused = farid.send(DE_VAART, page, ceiling="12", reason="Folding wall broken")
    assert refused.status == 409
    assert (policy().ceiling, policy().capacities["theatre"]) == (None, 25)
    [notice] = [each for each in refused.notices() if "before you" in each]
    for said in ("Preventieadviseur", "Theatre 25", "Ventilation serviced"):
        assert said in notice
    fields = refused.fields()
    assert (fields["ceiling"], fields["places_theatre"], fields["reason"]) == ("12", "25", "Folding wall broken")
    farid.save(DE_VAART, refused)
    assert (policy().ceiling, policy().capacities["theatre"]) == (12, 25)


def test_a_change_elsewhere_stands_in_nobodys_way(signed_in, policy):
    farid, nora = signed_in(FARID), signed_in(NORA)
    page = farid.open(DE_VAART)
    nora.save("/manage/spaces/VZ-102", ceiling="9", reason="Works")
    farid.save(DE_VAART, page, ceiling="12", reason="Works")
    assert policy().ceiling == 12


def test_a_partners_administrator_sets_own_spaces_only(signed_in, policy):
    ines = signed_in(INES)
    ines.save("/manage/spaces/SK-08", ceiling="2", reason="Furniture")
    assert policy("SK-08").effective_capacity() == 2
    assert ines.open("/manage/spaces/SK-01").status == 403
    for address in (
        DE_VAART,
        "/manage/spaces/SK-05",
        "/manage/zones/Z0-CAW",
        "/manage/floors/F0",
        "/manage/building/AC",
    ):
        assert ines.open(address).status == 403
        assert (
            ines.client.post(address, data={"ceiling": "1", "max_persons": "1", "reason": "x", "seen": "0"}).status_code
            == 403
        )


def test_who_may_not_manage_is_kept_out_and_strangers_are_sent_to_sign_in(signed_in, demo_app):
    ann = signed_in(ANN)
    assert ann.open("/manage").status == ann.open(DE_VAART).status == 403
    stranger = demo_app.test_client().get(DE_VAART)
    assert (stranger.status_code, stranger.headers["Location"]) == (303, "/login?next=/manage/spaces/VZ-101")
    assert signed_in(FARID).open("/manage/spaces/VZ-999").status == 404


@pytest.mark.parametrize("ceiling", ["1", "2", "3"])
def test_a_secret_talk_is_one_of_a_number_to_the_manager_whatever_limit_is_tried_and_left_there(
    ceiling, signed_in, booked
):
    booked(DORA, "SK-05", f"{MONDAY}T09:00", "09:30", attendees=3, service="OCMW-LEE")
    farid = signed_in(FARID)
    for step in ("preview", "save"):
        preview = farid.send("/manage/spaces/SK-05", ceiling=ceiling, reason="Works", step=step)
        assert preview.rows(ABOVE) == []
        assert "1 booking of Public Centre for Social Welfare Vaartbeke lies in this change" in preview.text
        assert "Of the bookings that you may see, each would still fit" in preview.text
        assert not any(word in preview.text for word in ("Leefloon", "coordinator", "8 March", "09:00"))
    page = farid.save("/manage/spaces/SK-05", ceiling=ceiling, reason="Works", step="leave")
    assert page.rows(ABOVE) == []
    assert not any(word in page.text for word in ("Public Centre", "Leefloon", "coordinator", "8 March"))


def test_every_change_leaves_a_row_with_its_reason_and_an_entry_in_the_log(signed_in, demo_app):
    signed_in(FARID).save(DE_VAART, ceiling="12", reason="Works")
    with demo_app.test_request_context():
        first, second = policy_rows(the_house().spaces["VZ-101"].id)
        assert (first.ceiling, second.ceiling, second.reason) == (None, 12, "Works")
        assert last_change("space", "VZ-101") > 0
