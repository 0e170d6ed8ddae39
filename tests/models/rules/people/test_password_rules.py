"""New passwords: which are worth keeping, and what speaks against the others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.people.password_rules import LONGEST_NEW_PASSWORD, fault_of

ABOUT = ("Jan Janssens", "jan.janssens", "Burgerzaken Verzonnebeke", "Verzonnebeke")


@pytest.mark.parametrize(
    ("password", "fault"),
    [
        ("", "empty_password"),
        ("q7#Kd9!xPw2", "short_password"),
        ("a" * 129, "long_password"),
        ("Welkom2026!!", "common_password"),
        ("W3lk0m2026!!", "common_password"),
        ("Welkom12345!", "common_password"),
        ("Zomer2026!Zomer", "common_password"),
        ("Zomer2026Winter2026", "common_password"),
        ("gemeentehuis2026", "common_password"),
        ("Sinterklaas2026!", "common_password"),
        ("ikhouvanjou12", "common_password"),
        ("wachtwoord123", "common_password"),
        ("Bienvenue2026!", "common_password"),
        ("Été2026!!Été!!", "common_password"),
        ("M0tdep@sse2026", "common_password"),
        ("welkomwelkomwelkom", "common_password"),
        ("trefpunt-demo", "personal_password"),  # the product's name, and a word that many take
        ("burgerzaken2026!", "personal_password"),  # many take it, and it is where this one works
        ("jan.janssens!1", "personal_password"),
        ("Januari2026Januari", "common_password"),  # a name stands in it by chance
        ("JanJanssens2026", "personal_password"),
        ("Verzonnebeke2026!", "personal_password"),
        ("OnthaalVerzonnebeke1", "personal_password"),
        ("azertyuiop12", "weak_password"),
        ("aaaaaaaaaaaa", "weak_password"),
        ("202620262026", "weak_password"),
        ("aB1!aB1!aB1!", "weak_password"),
        ("q7#Kd9!xPw2b", None),
        ("fietsbel kaas lampje", None),
        ("vier blauwe fietsen in de gang", None),
        ("wij drinken koffie bij de kachel", None),  # a word that is common, among others
        ("pluie sur le vieux pont", None),
        ("日本語のとても長いパスワードです", None),
        ("e" + "\u0301" + "q7#Kd9!xPw2b", None),
    ],
)
def test_a_password_is_taken_or_refused_for_the_reason_a_person_would_give(password, fault):
    assert fault_of(password, ABOUT) == fault


@given(password=st.text(max_size=LONGEST_NEW_PASSWORD + 2))
def test_whatever_is_typed_has_an_answer(password):
    fault = fault_of(password, ABOUT)
    assert (fault in ("empty_password", "short_password")) == (len(password) < 12)
    assert (fault == "long_password") == (len(password) > LONGEST_NEW_PASSWORD)
