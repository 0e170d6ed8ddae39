"""Somebody without an account rings, or stands at the desk: reception books for them from the same form."""

from __future__ import annotations

import pytest

from models.rules.bookings.fields import Caller
from tests.cast import ANN, BRAM, FARID, GERDA, KAAT

GILLES = "onthaal.namiddag"  # the other receptionist
OLAF = "medewerker.omgeving.en.vrije.tijd.01"  # of a service without secrets
TOMORROW = "2027-03-04"
FORM = "/rooms/VZ-001/book"
WHEN = {"date": TOMORROW, "start": "14:00", "end": "16:00", "attendees": "12"}
WIM = {
    "caller_name": "Wim Vos",
    "caller_association": "De Zon",
    "caller_phone": "+32 3 555 01 02",
    "caller_email": "wim@example.org",
    "caller_language": "fr",
}
KEPT = Caller("Wim Vos", "De Zon", "+32 3 555 01 02", "wim@example.org", "fr")


@pytest.fixture
def for_wim(signed_in, kept):
    sent = signed_in(GERDA).fill_in(FORM, **WHEN, **WIM)
    return kept(sent.location.rpartition("/")[2])


def test_reception_books_for_a_caller_and_its_page_says_who_that_is(signed_in, for_wim):
    assert (for_wim.organiser, for_wim.booked_by, for_wim.organisation, for_wim.caller) == (None, GERDA, "VER", KEPT)
    page = signed_in(GERDA).open(f"/bookings/{for_wim.handle}").text
    for said in ("For Wim Vos", "Association De Zon", "Telephone +32 3 555 01 02", "E-mail wim@example.org"):
        assert said in page


def test_a_name_is_enough_and_the_first_language_is_the_houses(signed_in, kept):
    sent = signed_in(GERDA).fill_in(FORM, **WHEN, caller_name="Wim Vos")
    assert kept(sent.location.rpartition("/")[2]).caller == Caller("Wim Vos", language="nl")


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"caller_phone": "+32 3 555 01 02"}, {"caller_name"}),  # whose is it?
        ({"caller_name": "Wim", "caller_phone": "bel me"}, {"caller_phone"}),
        ({"caller_name": "Wim", "caller_email": "wim"}, {"caller_email"}),
        ({"caller_name": "Wim", "on_behalf_of": KAAT}, {"caller_name"}),  # for one of them
    ],
)
def test_what_is_wrong_about_a_caller_stands_at_its_field_in_a_part_that_lies_open(
    signed_in, all_bookings, said, wrong
):
    page = signed_in(GERDA).fill_in(FORM, **WHEN, **said)
    assert (page.status, page.wrong_fields()) == (400, wrong)
    assert page.soup.find(id="caller_name").find_parent("details").has_attr("open")
    assert not all_bookings()


@pytest.mark.parametrize(
    ("who", "form", "is_asked"),
    [
        (GERDA, FORM, True),
        (FARID, FORM, True),
        (ANN, FORM, False),
        (KAAT, FORM, False),
        (GERDA, "/rooms/VZ-104/book", False),  # not open to residents
    ],
)
def test_only_the_front_desk_is_asked_for_a_caller_where_one_may_be(signed_in, who, form, is_asked):
    assert (signed_in(who).open(form).soup.find(id="caller_name") is not None) == is_asked


def test_a_refused_form_keeps_the_caller_and_so_does_what_is_offered_instead(signed_in, for_wim):
    page = signed_in(GERDA).fill_in(FORM, **WHEN, **WIM)
    assert page.status == 409
    assert page.soup.find(id="caller_name")["value"] == "Wim Vos"
    again = page.buttons("Book this")[0]
    assert {field["name"]: field["value"] for field in again.select("input[name^=caller]")} == WIM


def test_a_change_leaves_the_caller_and_another_name_hands_it_on(signed_in, kept, for_wim):
    gerda, address = signed_in(GERDA), f"/bookings/{for_wim.handle}/change"
    assert gerda.fill_in(address, attendees="10").status == 303
    assert (kept(for_wim.handle).caller, kept(for_wim.handle).attendees) == (KEPT, 10)
    page = gerda.follow(gerda.fill_in(address, caller_name="Els Bos", caller_association=""))
    assert kept(for_wim.handle).caller.name == "Els Bos"
    assert "For Els Bos" in page.text
    assert gerda.fill_in(address, on_behalf_of=KAAT).status == 303
    assert (kept(for_wim.handle).organiser, kept(for_wim.handle).caller) == (KAAT, None)


def test_with_no_name_left_whoever_changes_it_takes_it(signed_in, kept, for_wim):
    signed_in(GERDA).fill_in(f"/bookings/{for_wim.handle}/change", **dict.fromkeys(WIM, "") | {"caller_language": "fr"})
    assert (kept(for_wim.handle).organiser, kept(for_wim.handle).caller) == (GERDA, None)


def test_ones_own_is_given_to_a_caller_from_its_form(signed_in, kept):
    gerda = signed_in(GERDA)
    sent = gerda.fill_in(FORM, **WHEN)
    handle = sent.location.rpartition("/")[2]
    page = gerda.follow(gerda.fill_in(f"/bookings/{handle}/change", **WIM))
    assert "Handed on to Wim Vos" in page.text
    assert (kept(handle).organiser, kept(handle).booked_by) == (None, GERDA)


def test_whoever_is_not_its_party_changes_it_without_touching_whose_it_is(signed_in, kept, for_wim):
    """The facility manager sees of it that it is taken, and so changes nothing of it at all."""
    assert signed_in(FARID).open(f"/bookings/{for_wim.handle}/change").status == 404
    assert signed_in(ANN).open(f"/bookings/{for_wim.handle}").text.count("Wim") == 0


def test_the_next_receptionist_changes_and_cancels_it(signed_in, kept, for_wim):
    gilles, address = signed_in(GILLES), f"/bookings/{for_wim.handle}"
    assert "For Wim Vos" in gilles.open(address).text
    assert gilles.fill_in(f"{address}/change", attendees="10").status == 303
    assert (kept(for_wim.handle).attendees, kept(for_wim.handle).caller) == (10, KEPT)
    gilles.fill_in(f"{address}/cancel")
    assert kept(for_wim.handle).status == "cancelled"


def test_a_colleague_of_the_service_it_is_for_takes_it_over(signed_in, booked, kept):
    """Not one of another service, and nobody of it where it is a talk in confidence: its coordinator does."""
    of_theirs = booked(GERDA, "VZ-001", f"{TOMORROW}T14:00", "16:00", attendees=4, caller=KEPT, service="GEM-OMG")
    address, olaf = f"/bookings/{of_theirs.handle}", signed_in(OLAF)
    assert signed_in(BRAM).send(f"{address}/take-over").status == 404
    assert signed_in(GILLES).send(f"{address}/take-over").status == 403
    page = olaf.follow(olaf.press(olaf.open(address).buttons("I take this talk")[0]))
    assert "It is for: Wim Vos, De Zon, +32 3 555 01 02" in page.soup.body.text
    assert (kept(of_theirs.id).organiser, kept(of_theirs.id).organisation) == (OLAF, "GEM")
    in_confidence = booked(GERDA, "VZ-001", f"{TOMORROW}T10:00", "11:00", attendees=4, caller=KEPT, service="GEM-BST")
    for who in (BRAM, GILLES):
        assert signed_in(who).open(f"/bookings/{in_confidence.handle}/change").status == 404


def test_whoever_decides_on_a_callers_request_reads_who_asks_and_where_to_ring_back(signed_in, booked):
    booked(FARID, "VZ-001", f"{TOMORROW}T14:00", "16:00", attendees=12, caller=KEPT)
    page = signed_in(GERDA).open("/approvals").text
    assert "Wim Vos, De Zon, +32 3 555 01 02 (Association)" in page
