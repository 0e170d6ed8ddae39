"""Who may book for me: colleagues whom I name on my account page, and take back there."""

from __future__ import annotations

import pytest

from models.queries.people import person_by_username
from tests.cast import ANN, BRAM, DORA, ELS, KAAT, OLGA

FORM, NAME = "/account/delegates", "Medewerker Burgerzaken 02"


def delegates_of(app, username: str) -> frozenset[str]:
    with app.app_context():
        return person_by_username(username).delegates


@pytest.mark.parametrize("typed", [BRAM, NAME])
def test_a_colleague_is_named_and_taken_back(signed_in, demo_app, typed):
    ann = signed_in(ANN)
    page = ann.follow(ann.send(FORM, delegate=typed))
    assert f"{NAME} may book for you." in page.text
    assert delegates_of(demo_app, ANN) == {BRAM}
    page = ann.follow(ann.send(f"{FORM}/{BRAM}/withdraw"))
    assert f"{NAME} no longer books for you." in page.text
    assert delegates_of(demo_app, ANN) == set()
    assert ann.send(f"{FORM}/{BRAM}/withdraw").status == 404


@pytest.mark.parametrize("typed", [ELS, OLGA, ANN, "niemand.hier", ""])
def test_nobody_else_may_and_one_sentence_says_so_whether_they_are_there_or_not(signed_in, demo_app, typed):
    ann = signed_in(ANN)
    page = ann.send(FORM, delegate=typed)
    assert (page.status, page.wrong_fields()) == (400, {"delegate"})
    assert typed == "" or "Only an active colleague of the same organisation may book for somebody." in page.text
    assert delegates_of(demo_app, ANN) == set()


def test_an_association_books_for_itself_and_names_nobody(signed_in):
    kaat = signed_in(KAAT)
    page = kaat.open("/account")
    assert "Who may book for me" not in page.text
    assert kaat.send(FORM, delegate="jeugdraad").status == 403


def test_whom_the_files_named_stands_on_the_page(signed_in):
    assert "Loketcoördinator Sociale Dienst" in signed_in(ELS).open("/account").text
    assert "Who may book for me" in signed_in(DORA).open("/account").text
