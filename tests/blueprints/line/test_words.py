"""How long one waits, said so that nobody takes it for a promise."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask_babel import force_locale

from blueprints.line.words import waits_words
from models.rules.line.waiting import Waiting

pytestmark = pytest.mark.usefixtures("demo")


@pytest.mark.parametrize(
    ("least", "most", "said"),
    [
        (None, None, ""),  # fewer than twenty talks have ended
        (0, 5, "Nine of ten times it takes no more than 5 minutes."),
        (5, 20, "Nine of ten times it takes 5 to 20 minutes."),
        (15, 15, "It takes about 15 minutes."),
    ],
)
def test_a_wait_is_said_with_its_error(least, most, said):
    ends = [None if each is None else timedelta(minutes=each) for each in (least, most)]
    with force_locale("en"):
        assert waits_words(Waiting(3, *ends)) == said
