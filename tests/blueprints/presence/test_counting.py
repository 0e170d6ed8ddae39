"""Counting an open space from a telephone, with and without script."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cast import ANN, CHRIS, FARID, GERDA, KAAT

CANTEEN = "/occupancy/count/OR-04"


def number(page) -> str:
    return " ".join(page.soup.find(id="tally-number").get_text(" ").split())


def test_one_press_counts_one_and_the_page_says_what_is_left_and_since_when(signed_in):
    gerda = signed_in(GERDA)
    assert number(gerda.open(CANTEEN)) == "0 of 70 places 70 places left Nobody has counted today."
    for by in ("1", "1", "1", "-1"):
        page = gerda.follow(gerda.send(CANTEEN, by=by))
    assert number(page) == "2 of 70 places 68 places left Counted at 09:00; holds until 09:30."
    assert number(gerda.follow(gerda.send(CANTEEN, persons="71"))).startswith("71 of 70 places 1 more than there are")


def test_with_script_only_the_number_is_answered(signed_in):
    gerda = signed_in(GERDA)
    answer = gerda.client.post(CANTEEN, data={"by": "1"}, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert answer.text.strip().startswith('<div id="tally-number"')


def test_a_count_that_is_too_old_says_so(signed_in, clock):
    gerda = signed_in(GERDA)
    gerda.send(CANTEEN, persons="45")
    clock.instant += timedelta(minutes=31)
    assert "Counted at 09:00: too long ago, it no longer holds. Count again." in number(gerda.open(CANTEEN))
    assert number(gerda.follow(gerda.send(CANTEEN, by="1"))).startswith("46 of 70")


@pytest.mark.parametrize(
    "sent",
    [
        {"by": "x"},
        {"by": "5000"},
        {"persons": ""},
        {"persons": "-1"},
        {},
        {"by": "²"},
        {"persons": "9" * 30},
        {"by": "-+1"},
    ],
)
def test_what_is_no_number_changes_nothing(sent, signed_in):
    gerda = signed_in(GERDA)
    page = gerda.follow(gerda.send(CANTEEN, **sent))
    assert page.soup.select_one(".notice-error")
    assert "Nobody has counted today." in number(page)


def test_the_list_leads_to_every_open_space_and_to_no_other(signed_in):
    page = signed_in(FARID).open("/occupancy/count")
    links = {link["href"] for link in page.soup.select("ul.rows a")}
    assert (
        links
        == {f"/occupancy/count/{code}" for code in ("OR-01", "OR-02", "OR-04", "OR-05", "OR-06", "KH-01", "OR-03")}
        & links
    )
    assert len(links) >= 5
    for code in ("VZ-101", "NOTHING"):
        assert signed_in(FARID).open(f"/occupancy/count/{code}").status == 404


@pytest.mark.parametrize(("who", "status"), [(CHRIS, 200), (ANN, 403), (KAAT, 403)])
def test_it_is_for_those_who_count(who, status, signed_in):
    reader = signed_in(who)
    assert reader.open(CANTEEN).status == reader.open("/occupancy/count").status == status
    assert reader.send(CANTEEN, by="1").status == (303 if status == 200 else 403)
