"""Content lines: no line too long, no character cut, no word lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.ical.lines import folded, mailbox, plain, text, uri
from models.ical.read import read_events
from tests.models.ical.agenda import at, event, feed

WORDS = st.text(st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from('é😀\\;,\n"^:nN\u2028\t\x00 ')))


@given(WORDS)
def test_no_line_is_longer_than_75_octets_and_each_is_whole_characters(words):
    for line in folded([text("SUMMARY", words * 3)]).split(b"\r\n"):
        assert len(line) <= 75
        line.decode()


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("a" * 67, [75]),  # SUMMARY: and 67 letters just fit
        ("a" * 68, [75, 2]),  # a continuation opens with a space
        ("a" * 66 + "é", [74, 3]),  # é is two octets and stays whole
        ("a" * 66 + "😀", [74, 5]),  # four octets
        ("a" * (67 + 74), [75, 75]),
    ],
)
def test_a_line_is_folded_where_it_is_full(words, written):
    assert [len(line) for line in folded([text("SUMMARY", words)]).split(b"\r\n")] == [*written, 0]


@given(WORDS)
def test_a_title_comes_back_as_it_was_but_for_control_characters(words):
    (kept,) = read_events(feed(event(at("2027-05-03 09:00"), summary=words)))
    assert kept.summary == plain(words)


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("een\r\ntwee\rdrie\u2028vier\u2029vijf\nzes", "een\ntwee\ndrie\nvier\nvijf\nzes"),
        ("a\tb", "a b"),
        ("a\x00\x07\x1f\x7f\x85\ud800b", "ab"),
        ("Café 😀 Æ", "Café 😀 Æ"),
    ],
)
def test_control_characters_are_dropped_and_line_breaks_are_one_kind(words, kept):
    assert plain(words) == kept


def test_escapes_are_those_of_rfc_5545():
    assert text("SUMMARY", 'a;b,c\\New\nd:"e"') == r'SUMMARY:a\;b\,c\\New\nd:"e"'


def test_a_name_is_quoted_so_that_neither_quotes_nor_carets_break_it():
    assert mailbox("ORGANIZER", "jan@x.example", 'Jan "de Grote"; ^n') == (
        "ORGANIZER;CN=\"Jan ^'de Grote^'; ^^n\":mailto:jan@x.example"
    )


def test_white_space_in_an_address_is_left_out():
    assert uri("URL", "https://a.example/x y\n\tz") == "URL:https://a.example/xyz"
