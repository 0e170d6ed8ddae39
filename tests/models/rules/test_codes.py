"""Two codes that a person cannot tell apart are one code."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.codes import Codes, canonical_code, same_code
from models.rules.values import CODE, BadValue

# How people and office programs write N-1: a sign behind it, in it or before it, and other dashes.
LIKE_N_1 = {
    "a zero-width space behind it": "N-1\u200b",
    "one in it": "N\u200b-1",
    "a byte order mark": "\ufeffN-1",
    "a soft hyphen": "N-\u00ad1",
    "a word joiner": "N-1\u2060",
    "a mark from left to right": "\u200eN-1",
    "an override from right to left": "\u202eN-1\u202c",
    "an isolate": "\u2066N-1\u2069",
    "a variation selector": "N-1\ufe0f",
    "a grapheme joiner": "N\u034f-1",
    "a Hangul filler": "N-1\u3164",
    "a language tag": "N-1\U000e0001",
    "a no-break space behind it": "N-1\u00a0",
    "an em space before it": "\u2003N-1",
    "a hyphen": "N\u20101",
    "a no-break hyphen": "N\u20111",
    "a figure dash": "N\u20121",
    "an en dash": "N\u20131",
    "an em dash": "N\u20141",
    "a minus": "N\u22121",
    "a small hyphen": "N\ufe631",
    "a wide hyphen": "N\uff0d1",
    "a hyphen bullet": "N\u20431",
    "a raised minus": "N\u02d71",
    "a wide letter": "\uff2e-1",
    "a wide digit": "N-\uff11",
    "a bold letter": "\U0001d40d-1",
    "a digit in a circle": "N-\u2460",
}
NO_CODES = (
    "А-1",
    "N-١",
    "Ν-1",
    "会議室",
    "N-1\u0301",
    "a/b",
    "a\\b",
    "a;b",
    "a?b",
    "a#b",
    "a%b",
    ".",
    "..",
    "N∕1",
    "N\u28001",
    "☕",
    "N·1",
    "ǃ1",
    "‥",
)


@pytest.mark.parametrize("written", LIKE_N_1.values(), ids=LIKE_N_1)
def test_whatever_looks_like_a_code_is_that_code(written):
    assert CODE.from_text(written) == CODE.read(written) == "N-1"
    assert Codes(["N-1"]).meant(written) == Codes(["N-1"]).meant(written.lower()) == "N-1"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("N-1", "N-2"),
        ("N-1", "N1"),
        ("N-1", "N 1"),
        ("N-1", "N_1"),
        ("Zaal 1", "Zaal1"),
        ("É-1", "E-1"),
        ("O-1", "0-1"),
    ],
)
def test_what_can_be_told_apart_is_two_codes(one, other):
    assert same_code(one) != same_code(other)
    assert other not in Codes([one])


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Zaal  Élan 1", "Zaal Élan 1"),
        ("E\u0301lan", "Élan"),
        ("’t Hof", "'t Hof"),
        ("=SUM(1)", "=SUM(1)"),
        ("medewerker.burgerzaken.01", "medewerker.burgerzaken.01"),
        ("jan@stad", "jan@stad"),
        ("Łódź–Ž", "Łódź-Ž"),
    ],
)
def test_a_code_may_be_strange_as_long_as_one_can_say_and_link_it(written, code):
    assert CODE.from_text(written) == code


@pytest.mark.parametrize("written", NO_CODES)
def test_what_cannot_be_typed_after_it_was_read_is_no_code(written):
    with pytest.raises(BadValue) as refused:
        CODE.from_text(written)
    assert refused.value.code == "not_a_code"


@given(st.text(max_size=12))
def test_the_one_form_of_a_code_is_its_own(text):
    once = canonical_code(text)
    assert canonical_code(once) == once
    assert same_code(once) == same_code(text)


def test_codes_that_are_there_already_are_meant_as_they_are():
    """A house may hold them from before they had one form."""
    there = Codes(["N-1", "N\u20111", "n-1", "会議室", "ab"])
    assert [there.meant(code) for code in ("N-1", "N\u20111", "n-1", "会議室")] == ["N-1", "N\u20111", "n-1", "会議室"]
    assert there.meant("N\u20131") == "N-1"  # in no form that is there: its one form is
    assert (there.meant("AB"), there.meant("N-2")) == ("ab", None)
