"""Every page on which something is managed: shown as it holds, never saved over what somebody else did meanwhile."""

from __future__ import annotations

import pytest

from tests.blueprints.manage.filling import filled, send
from tests.cast import FARID, HUGO, NORA

COUNCIL = {"code": "RAAD", "name_nl": "Raad", "rank": "1", "role": "protocol_officer", "notice_days": "14"}
MARKET = {"text_nl": "Markt op het plein", "first": "2027-03-03", "last": "2027-03-05", "scope": "", "level": "info"}


@pytest.fixture
def two(signed_in):
    """Farid and a colleague who may do the same, in a house with a line of precedence and an announcement."""
    farid = signed_in(FARID)
    assert send(farid, "/manage/new-precedence", **COUNCIL, reason="Statute").status == 303
    assert farid.post("/manage/announcements", MARKET).status == 303
    return farid, lambda who: signed_in(who)


@pytest.mark.parametrize(
    ("address", "who", "theirs", "mine"),
    [
        ("/manage/spaces/VZ-101", NORA, {"ceiling": "14"}, {"places_theatre": "40"}),
        ("/manage/places/VZ-101/rules", FARID, {"max_minutes": "120"}, {"buffer_after": "10"}),
        ("/manage/places/VZ-101", FARID, {"name_fr": "Le Canal"}, {"name_en": "The Canal"}),
        ("/manage/floors/F1", NORA, {"max_persons": "190"}, {"legal_basis": "Decree"}),
        ("/manage/zones/Z1-BUR/what", FARID, {"name_fr": "Population"}, {"name_en": "Civil registry"}),
        ("/manage/rules/R17", FARID, {"parameter": "6"}, {"mode": "warn"}),
        ("/manage/precedence/RAAD", HUGO, {"rank": "2"}, {"name_fr": "Conseil"}),
        ("/manage/announcements/1", FARID, {"text_nl": "Kermis"}, {"text_en": "Fair"}),
        ("/manage/table?text=VZ-101", NORA, {"ceiling_VZ-101": "14"}, {"places_VZ-101": "12"}),
    ],
)
def test_the_second_of_two_finds_what_the_first_did_and_their_own_as_they_typed_it(address, who, theirs, mine, two):
    farid, colleague = two
    step = "save" if address.endswith("R17") else "leave"  # whose page asks nothing first
    why = {} if "reason" not in filled(farid.open(address)) else {"reason": "Works"}
    page = farid.open(address)
    assert send(colleague(who), address, step=step, **theirs, **why).status == 303
    refused = send(farid, address, page, step=step, **mine, **why)
    form = {name: value[0] if isinstance(value, list) else value for name, value in filled(refused).items()}
    assert refused.status == 409
    assert form.items() >= (theirs | mine).items()
    [said] = [notice for notice in refused.notices() if "Somebody was here before you" in notice]
    own_words = (
        "your own words are still in the form" if "announcements" in address else "What you filled in still stands"
    )
    assert own_words in said
    assert [each.name for each in refused.soup.select("[autofocus]")] == ["div"]
    assert "Somebody was here before you" in refused.soup.select_one("[autofocus][tabindex='-1'][role=alert]").text
    assert send(farid, address, refused, step=step).status == 303


def test_what_the_second_of_two_reads_is_true_of_their_page_too(signed_in):
    """Its form keeps all that was filled in, or has nothing to fill in."""
    farid = signed_in(FARID)
    crisis = farid.open("/manage/crisis")
    closing = farid.open("/manage/closures").soup.select_one(".closure-row a")["href"]
    removal = farid.open(f"{closing}/remove")
    assert send(farid, "/manage/crisis", percent_desk="60").status == 303
    assert send(farid, closing, step="save", name="Brug").status == 303
    second = send(farid, "/manage/crisis", crisis, percent_desk="40")
    assert second.status == 409
    assert filled(second)["percent_desk"] == ["40"]
    assert "Below stands what you filled in." in second.text
    asked_again = send(farid, f"{closing}/remove", removal)
    assert asked_again.status == 409
    assert "Look at it again, and take it back if you still mean it." in asked_again.text


def test_the_second_of_two_on_a_line_of_precedence_reads_who_made_it_otherwise_and_why(two):
    farid, colleague = two
    page = farid.open("/manage/precedence/RAAD")
    asked = {"rank": "2", "role": "elected", "name_fr": "Conseil", "reason": "Verkiezingen"}
    assert send(colleague(HUGO), "/manage/precedence/RAAD", step="save", **asked).status == 303
    late = send(farid, "/manage/precedence/RAAD", page, step="save", reason="Works")
    [said] = [each for each in late.notices() if "before you" in each]
    assert "Secretariaat en Protocol, 3 March" in said
    assert "Name in French: Conseil; Rank: 2; Who may claim in its name: Elected" in said
    assert "Reason: Verkiezingen" in said
    assert "Name in Dutch" not in said


@pytest.mark.parametrize(
    "address",
    [
        "/manage/spaces/VZ-101",
        "/manage/hours/building:AC",
        "/manage/crisis",
        "/manage/closures/add",
        "/manage/new-quota",
        "/manage/rules/R01",
    ],
)
def test_whoever_asks_for_its_head_alone_is_told_that_it_is_there(address, signed_in):
    assert signed_in(FARID).client.head(address).status_code == 200


@pytest.mark.parametrize("shown", ["x", "[1]", "1", "[" * 20_000])
def test_what_the_page_is_said_to_have_shown_is_names_and_values(shown, signed_in):
    page = send(signed_in(FARID), "/manage/places/VZ-101", shown=shown, name_fr="Le Canal")
    assert page.status == 400
    assert "Le Canal" not in signed_in(FARID).open("/manage/places").text


def test_what_has_no_button_for_a_plan_makes_none(signed_in):
    farid = signed_in(FARID)
    day = farid.open("/manage/closures").soup.select_one(".closure-row a")["href"]
    assert farid.post(day, filled(farid.open(day)) | {"step": "plan", "name": "Brug"}).status == 200
    assert farid.post("/manage/crisis/off", {"step": "plan"}).status == 200
    assert not farid.open("/manage/plans").soup.select(".row a[href^='/manage/plans/']")
