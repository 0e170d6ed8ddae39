"""How a line is called is set for its zone; another length of a service is proposed, and set by whoever may."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models.actions.line.begin import begin
from models.actions.line.call_next import call_next
from models.actions.line.finish import finish
from models.actions.line.join import Joining, join_line
from models.queries.house import the_house
from models.queries.people import person_by_username
from models.rules.people.person import By
from tests.cast import ANN, CHRIS, DORA, FARID, INES, NOW, ROOS

ADDRESS = "/manage/zones/Z0-LOK/line"


def test_how_early_how_late_and_how_often_is_set_for_a_zone(signed_in, demo_app):
    farid = signed_in(FARID)
    page = farid.save(ADDRESS, early="5", late="20", calls="2")
    assert page.fields() | {"early": "5", "late": "20", "calls": "2"} == page.fields()
    with demo_app.test_request_context():
        line = the_house().zones["Z0-LOK"].line
        assert (line.early, line.late, line.calls) == (timedelta(minutes=5), timedelta(minutes=20), 2)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"early": "-1", "late": "5", "calls": "3"}, "0"),
        ({"early": "5", "late": "121", "calls": "3"}, "120"),
        ({"early": "5", "late": "5", "calls": "0"}, "10"),
        ({"early": "5", "late": "5", "calls": "x"}, "number"),
    ],
)
def test_a_value_that_makes_no_sense_is_refused_at_its_field(signed_in, values, said):
    farid = signed_in(FARID)
    answer = farid.send(ADDRESS, farid.open(ADDRESS), **values)
    assert answer.status == 400
    assert said in answer.soup.select_one(".error-summary").text


@pytest.mark.parametrize(("who", "address", "status"), [(FARID, "Z1-BUR", 404), (CHRIS, "Z0-LOK", 403)])
def test_only_a_zone_with_a_line_has_one_and_only_its_manager_sets_it(signed_in, who, address, status):
    assert signed_in(who).open(f"/manage/zones/{address}/line").status == status


@pytest.fixture
def talked(demo_app):
    """Ann has had so many talks today, of eight minutes each."""

    def talk(number: int) -> None:
        with demo_app.test_request_context():
            ann = person_by_username(ANN)
            for each in range(number):
                at = NOW + timedelta(minutes=10 * each)
                one = join_line(Joining("Z0-LOK", "GEM-BEV", 2), ann, at)
                call_next("Z0-LOK", "LK-01", By(ann, at))
                begin(one.handle, By(ann, at))
                finish(one.handle, By(ann, at + timedelta(minutes=34)), "as_booked")

    return talk


def test_a_length_is_proposed_once_twenty_talks_have_ended_and_set_by_hand(signed_in, talked, clock):
    clock.instant += timedelta(hours=10)
    talked(19)
    assert "Nothing to propose" in signed_in(FARID).open("/manage/proposals").text
    talked(1)
    page = signed_in(FARID).open("/manage/proposals")
    assert "Eight of ten of the last 20 talks were over within 20 minutes." in page.text  # two passports in 34 minutes
    assert "Nothing to propose" in signed_in(INES).open("/manage/proposals").text  # how long talks take is their own's
    assert signed_in(INES).post("/manage/proposals/GEM-BEV", {"minutes": "20"}).status == 404
    farid = signed_in(FARID)
    for minutes, said in (("0", "Eight of ten"), ("20", "Nothing to propose")):
        assert farid.post("/manage/proposals/GEM-BEV", {"minutes": minutes}).status == 303
        assert said in farid.open("/manage/proposals").text
    assert [signed_in(who).open("/manage/proposals").status for who in (CHRIS, DORA, ROOS)] == [403, 403, 403]
