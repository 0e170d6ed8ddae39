"""The page of a line: one key calls, numbers stand there and nobody's name, and others do not know of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models.actions.line.arrive import arrive
from models.queries.people import person_by_username
from tests.blueprints.line.conftest import HALL, LICENCE
from tests.cast import ANN, CHRIS, DORA, FARID, GERDA, JEF, KAAT

AT_ONE = f"/line/{HALL}?place=LK-01"


def said(page) -> str:
    return " ".join(page.soup.find(id="line").get_text(" ").split())


def press(reader, page, label: str, **fields):
    """Press a key as a browser without script does."""
    buttons = page.soup.select("form button")
    button = next(each for each in buttons if " ".join(each.get_text(" ").split()) == label)
    form = button.find_parent("form")
    sent = {each["name"]: each.get("value", "") for each in form.select("input[name]")} | fields
    if button.get("name"):
        sent[button["name"]] = button["value"]
    return reader.follow(reader.send(form["action"], **sent))


def test_from_a_number_to_what_was_done_in_three_keys_without_script(signed_in, joined, clock):
    ann, first = signed_in(ANN), joined()
    clock.instant += timedelta(minutes=2)
    second = joined(quantity=3)
    clock.instant += timedelta(minutes=5)
    page = ann.open(AT_ONE)
    assert f"{first.number} is next: waiting longest, since 09:00." in said(page)
    assert f"{second.number} here since 09:02 Bevolking" not in said(page)  # the reader is English
    assert "× 3" in said(page)
    page = press(ann, page, "Next")
    assert page.soup.select_one(".line-number").text == str(first.number)
    assert "Called to Loket 1 at 09:07" in said(page).replace("Counter", "Loket")
    page = press(ann, page, "Is here: begin")
    clock.instant += timedelta(minutes=6)
    page = press(ann, page, "Done", others="1")
    assert page.soup.select_one(".line-number") is None
    assert f"{second.number} is next" in said(page)


def test_where_nobody_waits_the_page_says_so_and_the_key_is_off(signed_in):
    page = signed_in(ANN).open(AT_ONE)
    assert "Nobody is waiting. Whoever comes in stands here at once." in said(page)
    assert page.soup.find(id="line-next").has_attr("disabled")
    assert "Say first where you sit." in said(signed_in(CHRIS).open(f"/line/{HALL}"))


@pytest.mark.parametrize(
    ("who", "zone", "status"),
    [
        (ANN, HALL, 200),
        (CHRIS, HALL, 200),
        (DORA, HALL, 404),  # her talks are in booths
        (JEF, HALL, 404),
        (FARID, HALL, 404),
        (GERDA, HALL, 200),  # the quick desk's people may sit at a counter
        (KAAT, HALL, 403),  # an association
        (ANN, "Z9", 404),
    ],
)
def test_a_line_is_there_for_those_who_work_in_it(signed_in, who, zone, status):
    assert signed_in(who).open(f"/line/{zone}").status == status
    assert signed_in(who).send(f"/line/{zone}/next", place="LK-01").status == {200: 303}.get(status, status)


def test_whoever_works_for_one_service_is_told_nothing_of_another_ones_visitors(signed_in, demo_app, booked, joined):
    talk = booked(CHRIS, "SK-01", "2027-03-03T09:30", "10:00", service="GEM-VRE")
    with demo_app.test_request_context():
        here = arrive(talk.id, person_by_username(GERDA), talk.during.start - timedelta(minutes=20))
    secret = joined("OCMW-SCH", "Z0-SPR")
    seen = signed_in(CHRIS).open("/line/Z0-SPR")
    assert str(here.number) in said(seen)
    assert talk.visitor_code not in said(seen)  # her own home tells it, whose party she is
    assert str(secret.number) not in said(seen)
    assert secret.handle not in seen.text
    other = signed_in(DORA).open("/line/Z0-SPR")
    assert str(secret.number) in said(other)
    assert here.handle not in other.text
    for verb in ("begin", "back", "finish", "forward"):
        address = f"/line/Z0-SPR/parties/{secret.handle}/{verb}"
        assert signed_in(CHRIS).send(address, outcome="as_booked", service="GEM-VRE").status == 404


def test_where_one_sits_is_a_place_of_ones_own_organisation_where_nobody_else_is(signed_in, booked, joined):
    chris, one = signed_in(CHRIS), joined("GEM-VRE", "Z0-SPR")
    booked(DORA, "SK-07", "2027-03-03T09:00", "10:00", service="OCMW-SCH")
    booked(DORA, "SK-01", "2027-03-03T09:00", "10:00", service="OCMW-SCH")
    offered = [each.text for each in chris.open("/line/Z0-SPR").soup.select(".line-places .segment")]
    assert offered == [f"Interview booth {n}" for n in (1, 2, 3)] + ["Interview booth 4 (gezin)"]
    page = chris.follow(chris.send("/line/Z0-SPR/next", place="SK-07"))
    assert page.soup.select_one(".line-number") is None
    sent = {"number": str(one.number), "place": "SK-01", "how": "now", "reason": "Faint"}
    for address, fields in (("next", {"place": "SK-01"}), ("first", sent)):
        page = chris.follow(chris.send(f"/line/Z0-SPR/{address}", **fields))
        assert "Interview booth 1 is now in use. Choose another place." in page.text
        assert page.soup.select_one(".line-number") is None


def test_what_is_left_for_later_stands_below_with_its_keys(signed_in, joined, clock):
    ann, one = signed_in(ANN), joined()
    page = press(ann, press(ann, ann.open(AT_ONE), "Next"), "Is here: begin")
    page = press(ann, page, "Park")
    assert f"{one.number} Parked by you at" in said(page)
    clock.instant += timedelta(minutes=3)
    page = press(ann, page, f"Go on – {one.number}")
    assert page.soup.select_one(".line-number").text == str(one.number)
    page = press(ann, page, "Hand on", service=LICENCE)
    assert "Nobody is waiting." in said(page)
    assert f"{one.number} is next" in said(signed_in(CHRIS).open(AT_ONE))


def test_called_three_times_in_vain_it_has_not_come_and_goes_back_to_its_place(signed_in, joined, clock):
    ann, one = signed_in(ANN), joined()
    page = press(ann, ann.open(AT_ONE), "Next")
    for label in ("Call again (2 of 3)", "Call again (3 of 3)", "Has not come"):
        clock.instant += timedelta(minutes=1)
        page = press(ann, page, label)
    assert f"{one.number} Called in vain to" in said(page)
    page = press(ann, page, f"Back in line – {one.number}")
    assert f"{one.number} is next: waiting longest, since 09:00." in said(page)


def test_whoever_comes_first_comes_with_a_reason_and_is_counted(signed_in, joined):
    ann, _one, two = signed_in(ANN), joined(), joined()
    sent = {"number": str(two.number), "place": "LK-01", "how": "next"}
    refused = ann.follow(ann.send(f"/line/{HALL}/first", **sent, reason=" "))
    assert refused.soup.select_one(".notice-error")
    longest = ann.open(AT_ONE).soup.find(id="reason")["maxlength"]
    long = ann.follow(ann.send(f"/line/{HALL}/first", **sent, reason="x" * (int(longest) + 1)))
    assert longest in long.soup.select_one(".notice-error").text
    page = ann.follow(ann.send(f"/line/{HALL}/first", **sent, reason="Feels faint"))
    assert f"{two.number} is next, before others: Feels faint" in said(page)
    assert "1 time today somebody came first here." in page.text
    gone = ann.follow(ann.send(f"/line/{HALL}/first", number="1", reason="x"))
    assert "Nobody with the number 1 is waiting." in gone.text


def test_a_page_costs_the_same_however_long_the_line_is(signed_in, joined, counted_queries):
    ann = signed_in(ANN)
    joined()
    ann.open(AT_ONE)
    with counted_queries() as few:
        ann.open(AT_ONE)
    for _each in range(20):
        joined()
    with counted_queries() as many:
        ann.open(AT_ONE)
    assert many.number == few.number <= 7


def test_at_the_quick_desk_one_press_counts_one_and_half_of_them_took_so_long(signed_in, clock):
    gerda = signed_in(GERDA)
    page = gerda.open("/line/Z0-HAL?place=SB-01")
    twice = {each["name"]: each["value"] for each in page.soup.select(".line-desk input[name]")}
    for _press in range(2):  # the same form again is the same press
        page = gerda.follow(gerda.send("/line/Z0-HAL/helped", **twice))
    for key in ("\0", "a b", "x" * 65):  # told that it is none, and counted as nobody
        page = gerda.follow(gerda.send("/line/Z0-HAL/helped", **(twice | {"key": key})))
    assert "1 helped today." in said(page)
    for minutes in (*[3] * 19, 40, 4):  # after forty minutes nobody knows how long it took
        clock.instant += timedelta(minutes=minutes)
        page = press(gerda, page, "One helped without a number")
    assert "22 helped today. Half took 3 minutes at most." in said(page)
    assert signed_in(ANN).send("/line/Z0-LOK/helped", service="OCMW-SCH").status == 303  # told that it is none of hers
    assert signed_in(DORA).send("/line/Z0-LOK/helped", service="GEM-ONT").status == 404


def test_called_again_in_the_same_breath_it_is_said_to_be_called_just_now(signed_in, joined, clock):
    ann, _one = signed_in(ANN), joined()
    page = press(ann, ann.open(AT_ONE), "Next")
    clock.instant += timedelta(seconds=1)
    page = press(ann, page, "Call again (2 of 3)")
    assert "Just called." in page.text
    clock.instant += timedelta(minutes=1)
    page = press(ann, page, "Call again (2 of 3)")
    assert "Just called." not in page.text
    assert page.buttons("Call again (3 of 3)")
