"""Organisations' own colours as a page may draw them: a shade that can be seen on each ground of the house."""

from __future__ import annotations

from flask import Flask

from models.rules.house.colour import readable_shade

# The least favourable ground of each scheme: what can be seen on it can be seen on all. Named for their tokens.
SUNKEN, SUNKEN_IN_THE_DARK, STONE_2 = "#e7ecee", "#25343d", "#2b3f4a"
WITHOUT_A_COLOUR = "#71828c"


def start_colours(app: Flask) -> None:
    """Filters: `{{ colour|in_light }}`, `{{ colour|in_dark }}`, `{{ colour|on_stone }}`."""
    app.jinja_env.filters.update(
        in_light=lambda colour: readable_shade(colour or WITHOUT_A_COLOUR, SUNKEN),
        in_dark=lambda colour: readable_shade(colour or WITHOUT_A_COLOUR, SUNKEN_IN_THE_DARK),
        on_stone=lambda colour: readable_shade(colour or WITHOUT_A_COLOUR, STONE_2),
    )
