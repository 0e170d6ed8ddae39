"""Whatever colour an organisation chose, what is drawn in it can be seen, and is still its colour."""

from __future__ import annotations

from colorsys import rgb_to_hls

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.house.colour import BLACK, TEXT, WHITE, contrast, luminance, readable_shade

ANY_COLOUR = st.integers(0, 0xFFFFFF).map("#{:06x}".format)
LIGHT, DARK = "#e7ecee", "#25343d"
GROUNDS = st.sampled_from([LIGHT, DARK, WHITE, BLACK])


def channels(colour: str) -> tuple[int, int, int]:
    return tuple(int(colour[place : place + 2], 16) for place in (1, 3, 5))


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#777777", "#ffffff", 4.478),  # the grey that just fails
        ("#767676", "#FFFFFF", 4.542),  # and the one that just holds
        ("#1F4E79", "#1f4e79", 1.0),
    ],
)
def test_contrast_is_what_wcag_says(one, other, ratio):
    assert contrast(one, other) == contrast(other, one) == pytest.approx(ratio, abs=0.001)


@pytest.mark.parametrize("colour", ["", "red", "#abc", "#12345", "#1234567", "#12345g", " #123456", "#123456\n"])
def test_what_is_no_colour_is_refused(colour):
    with pytest.raises(ValueError, match="is not a colour"):
        luminance(colour)


@given(ANY_COLOUR, GROUNDS)
def test_every_colour_has_a_shade_that_can_be_read(colour, ground):
    assert contrast(readable_shade(colour, ground), ground) >= TEXT


@given(ANY_COLOUR, GROUNDS)
def test_a_colour_that_can_be_read_stays_as_it_is(colour, ground):
    shade = readable_shade(colour, ground)
    assert (shade == colour) == (contrast(colour, ground) >= TEXT)
    assert readable_shade(shade, ground) == shade


@given(ANY_COLOUR, GROUNDS)
def test_a_shade_keeps_the_hue(colour, ground):
    """Which channel is strongest never turns round; the angle moves by no more than rounding."""
    before, after = channels(colour), channels(readable_shade(colour, ground))
    assert all(after[one] >= after[other] for one in range(3) for other in range(3) if before[one] >= before[other])
    if max(after) - min(after) > 60 and max(before) - min(before) > 60:
        turned = abs(rgb_to_hls(*before)[0] - rgb_to_hls(*after)[0])
        assert min(turned, 1 - turned) < 0.02


@given(ANY_COLOUR, st.sampled_from([LIGHT, DARK]))
def test_no_nearer_shade_would_do(colour, ground):
    """A little of the way back to the colour it came from, the contrast is lost again."""
    shade = readable_shade(colour, ground)
    if shade != colour:
        assert contrast(shade, ground) < TEXT + 0.25


def test_a_ground_on_which_nothing_holds_gets_the_best_there_is():
    assert readable_shade("#777777", "#767676", 7.0) in (BLACK, WHITE)
