"""A rule in one zone on its pages: shown to all who work here, set, ended and lifted by whoever may there."""

from __future__ import annotations

from datetime import date

import pytest

from models.queries.house import the_house
from tests.blueprints.manage.filling import send
from tests.cast import ANN, ELS, FARID, INES, KAAT, NORA

TODAY, LATER, HERE = date(2027, 3, 3), date(2027, 3, 15), "/manage/rules/R16/zones/Z1-BUR"
HEAD, DPO_OCMW = "diensthoofd.burgerzaken", "dpo.ocmw"


@pytest.fixture
def rule(demo_app):
    def read(code: str, zone: str, day: date = TODAY):
        with demo_app.test_request_context():
            return the_house().rule(code, day, zone)

    return read


def test_a_head_of_service_sets_the_rule_for_the_zone_of_their_service(signed_in, rule):
    head = signed_in(HEAD)
    assert head.open("/").soup.select_one("nav a[href='/manage/rules']") is not None
    page = head.open("/manage/rules/R16")
    assert page.soup.find("form", id="change") is None  # not for the whole house
    assert [link["href"] for link in page.soup.select("main details a")] == ["/manage/rules/R16/zones/Z0-HAL", HERE]
    sent = send(head, HERE, mode="enforce", parameter="48", valid_to="2027-03-14", reason="Busy weeks")
    assert (sent.status, sent.location) == (303, HERE)
    assert [(rule("R16", "Z1-BUR", day).in_force, rule("R16", "Z1-BUR", day).number) for day in (TODAY, LATER)] == [
        ("enforce", 48),
        ("warn", 24),
    ]
    page = head.open(HERE)
    assert page.soup.h1.text == "The neighbourhood first, in Citizen affairs neighbourhood"
    assert [("Planned" in row, "Now" in row) for row in page.rows("History")] == [(True, False), (False, True)]
    assert "As in the whole house" in page.rows("History")[0]
    assert "Busy weeks" in page.rows("History")[1]
    assert "only warns from 15 March 2027 on" in page.text


def test_everybody_here_reads_what_a_zone_has_of_its_own(signed_in):
    send(signed_in(FARID), HERE, mode="off", reason="Fair")
    ann = signed_in(ANN)
    listed = ann.open("/manage/rules")
    assert "otherwise in 1 zone: Citizen affairs neighbourhood (Z1-BUR)" in listed.rows("Rules")[15]
    assert listed.soup.find("a", href=HERE) is not None
    [row] = ann.open("/manage/rules/R16").rows("In single zones")
    assert "Citizen affairs neighbourhood" in row
    assert "Off" in row
    page = ann.open(HERE)
    assert (page.status, page.soup.find("form", id="change")) == (200, None)
    assert "this zone alone" in page.text
    assert signed_in(KAAT).open(HERE).status == 403


def test_what_a_zone_has_is_lifted_and_only_what_it_has(signed_in, rule):
    farid = signed_in(FARID)
    assert "Nothing here is different" in send(farid, HERE, mode="house", reason="Nothing").text
    send(farid, HERE, mode="off", reason="Fair")
    assert "Nothing here is different" in send(farid, HERE, reason="Again").text
    assert send(farid, HERE, mode="house", valid_from="2027-03-15", reason="Enough").status == 303
    assert [rule("R16", "Z1-BUR", day).in_force for day in (TODAY, LATER)] == ["off", "warn"]
    assert send(farid, HERE, reason="Let it be off").status == 303  # as it is today, for good
    assert rule("R16", "Z1-BUR", LATER).in_force == "off"


def test_a_zone_keeps_what_it_has_whatever_the_house_has_later(signed_in, rule):
    farid = signed_in(FARID)
    send(farid, HERE, mode="warn", reason="As it is")  # the same as in the house, on purpose
    send(farid, "/manage/rules/R16", mode="off", reason="Nobody minds")
    assert (rule("R16", "Z1-BUR").in_force, rule("R16", "Z1-OMG").in_force) == ("warn", "off")


@pytest.mark.parametrize(
    ("address", "who", "status"),
    [
        ("R16/zones/Z1-BUR", ELS, 403),  # none of her services is at home there
        ("R16/zones/Z1-OCM", HEAD, 403),
        ("R16/zones/Z0-CAW", INES, 403),
        ("R16/zones/Z1-BUR", NORA, 403),
        ("R23/zones/Z0-SPR", FARID, 403),
        ("R13/zones/Z1-BUR", DPO_OCMW, 403),
        ("R04/zones/Z1-BUR", NORA, 404),  # of the whole house
        ("R16/zones/Z9", FARID, 404),
        ("R99/zones/Z1-BUR", FARID, 404),
    ],
)
def test_a_zone_of_others_is_not_theirs_to_set(address, who, status, signed_in):
    asked = {"mode": "off", "reason": "Mine", "seen": "99999", "parameter": "24"}
    assert signed_in(who).post(f"/manage/rules/{address}", asked).status == status


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"mode": "loud"}, {"mode"}),
        ({"mode": "off", "parameter": "a few"}, {"parameter"}),
        ({"mode": "off", "reason": " "}, {"reason"}),
        ({"mode": "off", "valid_from": "2027-03-02"}, {"valid_from"}),
        ({"mode": "off", "valid_to": "2027-03-02"}, {"valid_to"}),
    ],
)
def test_what_makes_no_sense_is_said_at_its_field(typed, wrong, signed_in, rule):
    page = send(signed_in(HEAD), HERE, **{"reason": "Trial", **typed})
    invalid = page.wrong_fields() | {each["id"] for each in page.soup.select("fieldset.field-invalid")}
    assert (page.status, invalid) == (400, wrong)
    assert rule("R16", "Z1-BUR").valid_from < TODAY


def test_only_whoever_makes_plans_plans_it_first(signed_in, rule):
    assert send(signed_in(HEAD), HERE, mode="off", reason="Fair", step="plan").status == 403
    sent = send(signed_in(FARID), HERE, mode="off", reason="Fair", step="plan")
    assert sent.location.startswith("/manage/plans/")
    assert "The neighbourhood first, in Citizen affairs neighbourhood: Off" in signed_in(FARID).open(sent.location).text
    assert rule("R16", "Z1-BUR").in_force == "warn"


def test_the_second_of_two_sees_what_the_first_set_and_where(signed_in, rule):
    farid, head = signed_in(FARID), signed_in(HEAD)
    page = farid.open(HERE)
    send(head, HERE, mode="enforce", reason="Ours")
    refused = send(farid, HERE, page, mode="off", reason="Mine")
    assert (refused.status, rule("R16", "Z1-BUR").in_force) == (409, "enforce")
    [notice] = [each for each in refused.notices() if "before you" in each]
    assert "Refuses; until 24 hours before; Citizen affairs neighbourhood" in notice


def test_the_safety_register_tells_where_a_rule_was_set(signed_in):
    nora = signed_in(NORA)
    address = "/manage/rules/R23/zones/Z0-CAW"
    send(nora, address, mode="enforce", parameter="1", reason="Two rooms apart")
    send(nora, address, mode="house", valid_from="2027-03-15", reason="Together again")
    found = nora.open("/manage/register?place=rule:R23").soup.select("tbody tr")
    rows = [
        row for row in (" ".join(each.get_text(" ").split()) for each in found) if row.startswith("Not alone, in CAW")
    ]
    assert len(rows) == 2
    assert "as in the whole house" in rows[0]
    assert "Together again" in rows[0]
    assert "Refuses" in rows[1]
    of_the_zone = nora.open("/manage/register?place=zone:Z0-CAW").text
    assert "Two rooms apart" in of_the_zone


def test_what_turns_in_a_zone_within_a_month_is_worth_a_look(signed_in):
    send(signed_in(FARID), HERE, mode="enforce", valid_from="2027-03-15", reason="Soon")
    page = signed_in(FARID).open("/manage")
    assert "The neighbourhood first, in Citizen affairs neighbourhood" in page.text
    assert page.soup.find("a", href=HERE) is not None
