"""A closure as somebody asks for it: what makes no sense, and whether it closes anybody who was not closed yet."""

from __future__ import annotations

from datetime import date

import pytest

from models.rules.changes.closing import MOST_DAYS, Close, if_closed
from models.rules.refusals import BadRequest
from models.rules.times.hours import Closure
from models.rules.values import Scope
from tests.models.rules.builders import MONDAY, house, minute, wanted, why_not

TODAY = date(2027, 3, 3)


def wish(first: str = "2027-03-08", last: str | None = None, name: str | None = "Verhuis", **more) -> Close:
    return Close(
        Scope("building", "AC"),
        {"nl": name},
        first=date.fromisoformat(first),
        last=date.fromisoformat(last) if last else None,
        **more,
    )


@pytest.mark.parametrize(
    "good",
    [
        wish(),
        wish("2027-03-03"),  # today: a burst pipe
        wish("2027-07-01", "2027-08-29"),  # sixty days
        wish(kind="half_day", opens=minute("08:30"), closes=minute("12:00")),
        wish(kind="half_day", opens=0, closes=1440),
        wish(kind="bridging_day", organisations=frozenset({"GEM", "OCMW"})),
    ],
)
def test_a_closure_that_makes_sense_has_no_faults(good):
    assert good.sound(house(), TODAY) == good


@pytest.mark.parametrize(
    ("bad", "field", "code"),
    [
        (wish("2027-03-02"), "from", "in_the_past"),
        (wish("2027-03-09", "2027-03-08"), "to", "ends_before_start"),
        (wish("2027-07-01", "2027-08-30"), "to", "too_many_days"),
        (wish(name=None), "name", "required"),
        (wish(name="  "), "name", "required"),
        (wish(name="x" * 201), "name", "too_long_text"),
        (wish(kind="holiday"), "kind", "unknown_choice"),
        (wish(opens=510, closes=720), "kind", "hours_need_half_day"),
        (wish(kind="half_day"), "opens", "required"),
        (wish(kind="half_day", opens=510), "closes", "required"),
        (wish(kind="half_day", opens=720, closes=510), "closes", "closes_before_opens"),
        (wish(kind="half_day", opens=510, closes=1500), "opens", "outside_a_day"),
        (wish(organisations=frozenset({"GEM", "NMBS"})), "organisations", "unknown_code"),
    ],
)
def test_what_makes_no_sense_is_named_by_its_field(bad, field, code):
    with pytest.raises(BadRequest) as no:
        bad.sound(house(), TODAY)
    assert (no.value.field, no.value.code) == (field, code)


def test_a_stretch_of_dates_is_a_closure_for_each_day():
    closures = wish("2027-07-01", "2027-08-29").closures()
    assert len(closures) == MOST_DAYS == len({each.day for each in closures})
    assert closures[0] == Closure(date(2027, 7, 1), "local_closure", None, None, frozenset(), "Verhuis")


@pytest.mark.parametrize(
    ("standing", "asked", "is_news"),
    [
        (None, {}, True),
        ({}, {}, False),  # the same again
        ({}, {"organisations": frozenset({"GEM"})}, False),  # everyone is closed already
        ({"organisations": frozenset({"GEM"})}, {}, True),  # now the others too
        ({"organisations": frozenset({"GEM"})}, {"organisations": frozenset({"GEM", "WW"})}, True),
        ({}, {"kind": "half_day", "opens": 510, "closes": 720}, False),
        ({"kind": "half_day", "opens": 510, "closes": 720}, {}, True),  # the morning too
        ({"kind": "half_day", "opens": 510, "closes": 720}, {"kind": "half_day", "opens": 510, "closes": 660}, True),
        ({"kind": "half_day", "opens": 510, "closes": 660}, {"kind": "half_day", "opens": 510, "closes": 720}, False),
    ],
)
def test_a_closure_is_news_where_it_closes_somebody_who_was_not_closed(standing, asked, is_news):
    before = house(closures=[] if standing is None else wish(**standing).closures())
    assert bool(wish(**asked).news(before)) == is_news


def test_a_closure_and_one_taken_back_show_in_the_house_that_is_imagined():
    closed = if_closed(house(), wish(organisations=frozenset({"GEM"})).closures())
    assert why_not(closed, wanted("ROOM", "09:00", "10:00")) == {"organisation_closed"}
    [closure] = closed.closures
    assert closure.day == MONDAY
    open_again = if_closed(closed, (), closure)
    assert open_again.closures == ()
    assert why_not(open_again, wanted("ROOM", "09:00", "10:00")) == set()
