"""A member of staff and a desk for tomorrow."""

from __future__ import annotations

import re

import pytest

from tests.cast import ANN, at

pytestmark = pytest.mark.browser


def test_a_desk_for_tomorrow_is_three_clicks_from_home(visit, site):
    ann = visit(ANN)
    ann.press("link", re.compile("Choose a desk – Tomorrow", re.IGNORECASE))
    ann.press("button", re.compile("^Book"))
    assert ann.clicks <= 3
    [booking] = site.bookings()
    assert (booking.kind, booking.organiser, booking.status) == ("desk", ANN, "confirmed")
    assert booking.during.start == at("2027-03-04T07:00")
