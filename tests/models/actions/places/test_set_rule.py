"""Rules as data with a history: who may set which, what it does on which date, and what stays to be read of it."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from models.actions.bookings.book import book
from models.queries.bookings import booked as booked_now
from models.queries.house import the_house
from models.queries.people import person_by_username
from models.queries.place_changes import last_change
from models.queries.policies import rows_of_rule
from models.rules.changes.rules import SetRule
from models.rules.refusals import BadRequest, NotAllowed, NotFound, Refused
from models.rules.values import Scope
from models.tables.db import db
from models.tables.log import AuditEntry
from tests import changing
from tests.cast import ANN, BRAM, ELS, FARID, GERDA, INES, NORA, NOW, ask

TODAY, MONDAY, NEXT_MONDAY = date(2027, 3, 3), "2027-03-08", "2027-03-15"
DPO, DPO_OCMW, HEAD, HEAD_OMG = "dpo", "dpo.ocmw", "diensthoofd.burgerzaken", "diensthoofd.omgeving"

pytestmark = pytest.mark.usefixtures("demo")


def person(username: str):
    return person_by_username(username)


def put(
    code: str,
    values: dict,
    who: str = FARID,
    *,
    zone: str | None = None,
    first: date | None = None,
    last: date | None = None,
    **more,
) -> None:
    changing.put(SetRule(Scope("rule", code), values, zone=zone, first=first, last=last), who=who, **more)


def booked(who: str, space: str, start: str, end: str, **more):
    return book(ask(space, start, end, **more), person(who), NOW).bookings[0]


def test_a_rule_that_only_warned_refuses_from_its_date_on_and_each_booking_by_its_own_date():
    put("R07", {"mode": "enforce"}, first=date(2027, 3, 15))
    [warning] = booked(ANN, "VZ-101-102", f"{MONDAY}T09:00", "10:00", attendees=5).warnings
    assert warning.rule == "R07"
    with pytest.raises(Refused) as no:
        booked(ANN, "VZ-101-102", f"{NEXT_MONDAY}T09:00", "10:00", attendees=5)
    assert [each.rule for each in no.value.refusals] == ["R07"]


def test_earlier_rows_stay_and_say_who_set_what_why_and_on_what_ground():
    put("R16", {"parameter": "48"}, reason="Busy Tuesdays", legal_basis="Board of 1 March")
    first, now_row = rows_of_rule("R16")
    assert (now_row.parameter, now_row.valid_from, now_row.reason, now_row.legal_basis) == (
        "48",
        TODAY,
        "Busy Tuesdays",
        "Board of 1 March",
    )
    assert (now_row.set_by_id, now_row.set_at) == (person_by_username(FARID).id, NOW)
    assert (first.parameter, first.set_by_id, first.rule) == ("24", None, now_row.rule)
    [entry] = db.session.execute(select(AuditEntry).where(AuditEntry.action == "set_rule")).scalars()
    assert (entry.thing, entry.thing_id, entry.facts["before"]["parameter"], entry.facts["after"]["parameter"]) == (
        "rule",
        "R16",
        "24",
        "48",
    )


def test_for_a_while_and_then_back():
    put("R17", {"parameter": "4"}, first=date(2027, 3, 8), last=date(2027, 3, 12))
    house = the_house()
    assert [house.rule("R17", date(2027, 3, day)).parameter for day in (7, 8, 12, 13)] == ["10", "4", "4", "10"]
    put("R17", {"parameter": "6"})
    house = the_house()
    assert [house.rule("R17", date(2027, 3, day)).parameter for day in (3, 8, 13)] == ["6", "6", "6"]
    assert len(rows_of_rule("R17")) == 4


def test_set_twice_for_one_day_the_second_holds_and_the_log_knows_both():
    put("R17", {"parameter": "4"})
    put("R17", {"parameter": "5"})
    assert the_house().rule("R17", TODAY).parameter == "5"
    assert len(rows_of_rule("R17")) == 2
    told = [
        entry.facts["after"]["parameter"]
        for entry in db.session.execute(
            select(AuditEntry).where(AuditEntry.action == "set_rule").order_by(AuditEntry.id)
        ).scalars()
    ]
    assert told == ["4", "5"]


@pytest.mark.parametrize(
    ("code", "who", "may"),
    [
        ("R01", FARID, True),
        ("R01", NORA, False),  # the facility manager's
        ("R02", NORA, True),
        ("R02", FARID, False),  # the prevention adviser's own word
        ("R09", NORA, True),
        ("R09", FARID, True),  # a crisis does not wait for one person
        ("R13", DPO, False),  # of officers: not one of them for all
        ("R13", FARID, False),
        ("R13", NORA, False),
        ("R16", FARID, True),
        ("R16", ELS, False),  # of heads of service: not one of them for all
        ("R07", ANN, False),
        ("R07", GERDA, False),
        ("R07", INES, False),
    ],
)
def test_a_rule_is_set_by_whoever_owns_it(code, who, may):
    values = {"parameter": "50"} if code == "R09" else {"mode": "off"}
    if may:
        put(code, values, who)
        assert the_house().rule(code, TODAY).version >= 1
        assert len(rows_of_rule(code)) == 2
    else:
        with pytest.raises(NotAllowed):
            put(code, values, who)
        assert len(rows_of_rule(code)) == 1


@pytest.mark.parametrize(
    ("code", "zone", "who", "may"),
    [
        ("R16", "Z1-BUR", HEAD, True),
        ("R16", "Z1-OMG", HEAD, "zone"),  # where no service is at home that they head
        ("R16", "Z0-CAW", ELS, "zone"),
        ("R16", "Z1-OCM", ELS, True),
        ("R16", "Z1-BUR", FARID, True),
        ("R16", "Z0-CAW", FARID, True),  # the whole building
        ("R16", "Z1-BUR", NORA, False),
        ("R16", "Z0-CAW", INES, False),  # that the zone is her organisation's makes the rule nobody else's
        ("R16", "Z1-BUR", ANN, False),
        ("R07", "Z1-BUR", HEAD, False),  # a head of service has no rule but their own
        ("R23", "Z0-SPR", NORA, True),
        ("R23", "Z0-SPR", FARID, False),
        ("R13", "Z1-OCM", DPO_OCMW, True),
        ("R13", "Z1-OCM", DPO, "zone"),  # the officer of another organisation
        ("R13", "Z1-OCM", FARID, False),
        ("R09", "Z1-BUR", FARID, True),
        ("R14", "Z1-BUR", FARID, "zone"),  # of the whole house alone
    ],
)
def test_a_rule_is_set_for_a_zone_by_whoever_owns_it_there(code, zone, who, may):
    values = {"parameter": "50"} if code == "R09" else {"mode": "off"}
    if may is True:
        put(code, values, who, zone=zone)
        assert the_house().rule(code, TODAY, zone) != the_house().rule(code, TODAY)
    elif may:
        with pytest.raises(BadRequest) as no:
            put(code, values, who, zone=zone)
        assert no.value.field == may
    else:
        with pytest.raises(NotAllowed):
            put(code, values, who, zone=zone)
    assert len(rows_of_rule(code)) == (2 if may is True else 1)


def test_a_zones_rows_stay_too_and_say_who_set_and_who_lifted_what():
    put("R16", {"mode": "enforce"}, HEAD, zone="Z1-BUR", reason="Tuesdays", first=date(2027, 3, 8))
    put("R16", {"mode": None}, FARID, zone="Z1-BUR", reason="Enough", first=date(2027, 3, 15))
    of_the_house, of_the_zone, lifted = rows_of_rule("R16")
    assert [(row.zone_code, row.lifted, row.mode, row.parameter, row.reason) for row in (of_the_zone, lifted)] == [
        ("Z1-BUR", False, "enforce", "24", "Tuesdays"),
        ("Z1-BUR", True, None, "24", "Enough"),
    ]
    assert (of_the_house.version, of_the_zone.rule, of_the_zone.owner_role) == (1, of_the_house.rule, "service_head")
    house = the_house()
    assert [house.rule("R16", date(2027, 3, day), "Z1-BUR").in_force for day in (7, 8, 14, 15)] == [
        "warn",
        "enforce",
        "enforce",
        "warn",
    ]
    told = db.session.execute(select(AuditEntry).where(AuditEntry.action == "set_rule").order_by(AuditEntry.id))
    assert [
        (entry.thing_id, entry.facts["zone"], entry.facts["before"]["mode"], entry.facts["after"]["mode"])
        for entry in told.scalars()
    ] == [("R16", "Z1-BUR", "warn", "enforce"), ("R16", "Z1-BUR", "enforce", "warn")]


def test_what_the_house_has_is_changed_beside_what_a_zone_has():
    put("R16", {"parameter": "48"}, HEAD, zone="Z1-BUR")
    put("R16", {"parameter": "12"})
    house = the_house()
    assert [house.rule("R16", TODAY, zone).parameter for zone in (None, "Z1-BUR", "Z1-OMG")] == ["12", "48", "12"]


@pytest.mark.parametrize(
    ("code", "values", "more", "field"),
    [
        ("R06", {"mode": "off"}, {}, "code"),
        ("R18", {"mode": "off"}, {}, "code"),
        ("R07", {"mode": "off"}, {"reason": " "}, "reason"),
        ("R07", {"mode": "off"}, {"first": date(2027, 3, 2)}, "from"),
        ("R07", {"mode": "off"}, {"first": date(2027, 3, 9), "last": date(2027, 3, 8)}, "to"),
        ("R07", {"mode": "off"}, {"last": date(2027, 3, 2)}, "to"),
        ("R07", {"mode": "loud"}, {}, "mode"),
        ("R17", {"parameter": "many"}, {}, "parameter"),
        ("R07", {"applies_to": ["XX"]}, {}, "applies_to"),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_field_and_changes_nothing(code, values, more, field):
    with pytest.raises(BadRequest) as no:
        put(code, values, **more)
    assert no.value.field == field
    assert len(rows_of_rule(code)) == 1


def test_a_rule_that_does_not_exist_is_not_found():
    with pytest.raises(NotFound):
        put("R99", {"mode": "off"})


def test_the_second_of_two_editors_looks_again():
    seen = last_change("rule", "R07")
    put("R07", {"mode": "off"}, seen=seen)
    with pytest.raises(Refused) as no:
        put("R07", {"mode": "enforce"}, seen=seen)
    assert no.value.refusals[0].code == "changed_meanwhile"
    assert the_house().rule("R07", TODAY).in_force == "off"


def test_a_crisis_caps_each_kind_apart_and_bookings_of_unknown_attendance_count_anew():
    unknown = booked(ANN, "VZ-104", f"{MONDAY}T09:00", "10:00")
    assert booked_now(unknown.id).persons == 8
    put("R09", {"parameter": "meeting_room=50;desk=50"}, NORA)
    assert booked_now(unknown.id).persons == 4
    house, monday = the_house(), date(2027, 3, 8)
    assert house.policy("VZ-104", monday).effective_capacity() == 4
    assert house.policy("SK-01", monday).effective_capacity() > 2  # booths were not named
    desks = [house.policy(code, monday).effective_capacity() for code in ("WP-1BUR-01", "WP-1BUR-02")]
    assert sorted(desks) == [0, 1]
    with pytest.raises(Refused) as no:
        booked(BRAM, "VZ-104", f"{MONDAY}T14:00", "15:00", attendees=5)
    assert [(each.rule, each.limit) for each in no.value.refusals] == [("R09", 4)]
    put("R09", {"parameter": "100"}, NORA)
    assert booked_now(unknown.id).persons == 8
