"""How much a calendar address will really tell, whatever was asked for."""

from __future__ import annotations

import pytest

from models.rules.people.feed_scope import FeedScope, real_detail


@pytest.mark.parametrize(
    ("scope", "asked", "real"),
    [
        ("mine", None, "full"),
        ("mine", "full", "full"),
        ("mine", "title", "title"),
        ("mine", "busy", "busy"),
        ("space:VZ-101", None, "title"),
        ("space:VZ-101", "full", "title"),
        ("space:VZ-101", "busy", "busy"),
        ("zone:Z1-VER", "full", "title"),
        ("floor:F1", "full", "title"),
        ("public", "full", "title"),
        ("organisation:GEM", "full", "title"),
        ("service:GEM-BEV", None, "full"),
    ],
)
def test_the_least_of_what_is_asked_and_what_the_scope_allows(scope, asked, real):
    assert real_detail(FeedScope.read(scope), asked) == real
