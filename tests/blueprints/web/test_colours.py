"""An organisation's colour on the grounds of the house."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from blueprints.design.tokens import colours_in
from blueprints.web.colours import STONE_2, SUNKEN, SUNKEN_IN_THE_DARK
from models.rules.house.colour import TEXT, contrast, readable_shade

ANY_COLOUR = st.integers(0, 0xFFFFFF).map("#{:06X}".format)
STOOD_UPON = ("page", "surface", "surface-2", "sunken", "accent-soft")


def test_the_least_favourable_grounds_are_those_of_the_tokens():
    assert (colours_in("light")["sunken"], colours_in("dark")["sunken"]) == (SUNKEN, SUNKEN_IN_THE_DARK)
    assert colours_in("light")["stone-2"] == STONE_2


@given(ANY_COLOUR)
def test_what_can_be_seen_on_the_least_favourable_ground_can_be_seen_on_all(colour):
    for scheme, ground in (
        ("light", SUNKEN),
        ("light, more contrast", SUNKEN),
        ("dark", SUNKEN_IN_THE_DARK),
        ("dark, more contrast", SUNKEN_IN_THE_DARK),
    ):
        shade = readable_shade(colour, ground)
        assert all(contrast(shade, colours_in(scheme)[each]) >= TEXT for each in STOOD_UPON)
    for scheme in ("light", "dark", "light, more contrast", "dark, more contrast"):
        shade = readable_shade(colour, STONE_2)
        assert all(contrast(shade, colours_in(scheme)[each]) >= TEXT for each in ("stone", "stone-2"))


def test_a_page_draws_one_shade_for_each_scheme_and_none_of_the_raw_colour(demo_app):
    """Yellow is the colour of nobody's letters on white."""
    drawn = demo_app.jinja_env.get_template("components/people.html").module.organisation_chip("Lions", "#FFFF00")
    assert "#FFFF00" not in drawn.partition("in-dark")[0]
    assert 'class="in-dark"' in drawn
    assert f'fill="{readable_shade("#FFFF00", SUNKEN)}"' in drawn
    assert "circle" in demo_app.jinja_env.get_template("components/people.html").module.organisation_dot("")
