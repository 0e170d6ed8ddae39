"""To which places the line calls: those of one's own organisation, and only where nobody else is."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models.actions.bookings.book import book
from models.actions.line.arrive import arrive
from models.actions.line.begin import begin
from models.actions.line.call_next import call_next
from models.actions.line.finish import finish
from models.actions.line.join import Joining, join_line
from models.actions.line.out_of_order import call_out_of_order
from models.queries.people import person_by_username
from models.rules.people.person import By
from models.rules.refusals import BadRequest, Refused
from tests.cast import ANN, CHRIS, DORA, GERDA, NOW, ask

pytestmark = pytest.mark.usefixtures("demo")
TODAY, HALL, BOOTHS, PASS, TALK, SECRET = "2027-03-03", "Z0-LOK", "Z0-SPR", "GEM-BEV", "GEM-VRE", "OCMW-SCH"
COLLEAGUE = "medewerker.burgerzaken.05"


def by(who: str, minutes: float = 0) -> By:
    return By(person_by_username(who), NOW + timedelta(minutes=minutes))


def joined(service: str, zone: str, minutes: float = 0):
    return join_line(Joining(zone, service), person_by_username(GERDA), NOW + timedelta(minutes=minutes))


def talk(who: str, place: str, start: str, end: str, service: str):
    return book(ask(place, f"{TODAY}T{start}", end, service=service), person_by_username(who), NOW).bookings[0]


def refused_at(action, *arguments) -> list[tuple[str, str | None]]:
    with pytest.raises(Refused) as refused:
        action(*arguments)
    return [(each.code, each.scope) for each in refused.value.refusals]


def test_nobody_is_called_into_a_place_that_ones_organisation_may_not_book():
    one = joined(TALK, BOOTHS)
    talk(DORA, "SK-07", "09:00", "10:00", SECRET)
    for place in ("SK-07", "SK-06"):  # whether a talk goes on there is not told either
        for action, arguments in ((call_next, (BOOTHS, place)), (call_out_of_order, (one.handle, place, "Faint"))):
            with pytest.raises(BadRequest) as wrong:
                action(*arguments, by(CHRIS, 5))
            assert (wrong.value.field, wrong.value.code) == ("place", "unknown_code")
    assert call_next(BOOTHS, "SK-01", by(CHRIS, 5)).party.place == "SK-01"


def test_nobody_is_called_into_the_talk_of_somebody_else():
    one = joined(TALK, BOOTHS)
    talk(DORA, "SK-01", "09:00", "09:30", SECRET)
    talk(CHRIS, "SK-02", "09:00", "09:30", TALK)
    in_use = [("place_in_use", "space:SK-01")]
    assert refused_at(call_next, BOOTHS, "SK-01", by(CHRIS, 5)) == in_use
    assert refused_at(call_out_of_order, one.handle, "SK-01", "Faint", by(CHRIS, 5)) == in_use
    assert call_next(BOOTHS, "SK-02", by(CHRIS, 5)).party.handle == one.handle  # her own hour
    finish(one.handle, by(CHRIS, 6), "gave_up")
    joined(TALK, BOOTHS, 7)
    assert call_next(BOOTHS, "SK-01", by(CHRIS, 30)).party.place == "SK-01"  # the other talk is over


def test_whoever_comes_for_a_talk_is_called_into_the_place_that_is_theirs():
    theirs = talk("medewerker.burgerzaken.03", "SK-01", "09:00", "09:30", TALK)
    here = arrive(theirs.id, person_by_username(GERDA), NOW)
    assert call_next(BOOTHS, "SK-01", by(CHRIS, 1)).party.handle == here.handle


def test_two_colleagues_at_one_counter_call_one_after_the_other():
    first, second = joined(PASS, HALL), joined(PASS, HALL, 1)
    call_next(HALL, "LK-01", by(ANN, 2))
    in_use = [("place_in_use", "space:LK-01")]
    assert refused_at(call_next, HALL, "LK-01", by(COLLEAGUE, 3)) == in_use
    begin(first.handle, by(ANN, 4))
    assert refused_at(call_out_of_order, second.handle, "LK-01", "Faint", by(COLLEAGUE, 5)) == in_use
    finish(first.handle, by(ANN, 6), "as_booked")
    assert call_next(HALL, "LK-01", by(COLLEAGUE, 7)).party.handle == second.handle
