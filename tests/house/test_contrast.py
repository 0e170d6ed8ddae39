"""Every colour of the house can be seen where it is used: in light, in dark, and where more contrast is asked for."""

from __future__ import annotations

import re

import pytest

from blueprints.design.tokens import CSS, SCHEMES, colours_in, duties, sheet
from models.rules.house.colour import contrast

SCHEME_NAMES = sorted(SCHEMES)
STYLE_SHEETS = sorted(CSS.glob("*.css"))


@pytest.mark.parametrize("scheme", SCHEME_NAMES)
def test_every_colour_holds_its_contrast_on_every_ground_it_is_said_to_stand_on(scheme):
    colours, least = colours_in(scheme), SCHEMES[scheme].least
    too_faint = [
        f"--{duty.token} on --{duty.ground}: {found:.2f}, not {least[duty.kind]}"
        for duty in duties()
        if duty.ground
        for found in [contrast(colours[duty.token], colours[duty.ground])]
        if found < least[duty.kind]
    ]
    assert too_faint == []


def test_every_colour_says_what_it_is_for():
    without = colours_in("light").keys() - {duty.token for duty in duties()}
    assert without == set(), "say beside the token: text on …, graphic on …, ground or ornament"


def test_a_ground_is_stood_upon_and_what_is_stood_upon_exists():
    grounds = {duty.token for duty in duties() if duty.kind == "ground"}
    stood_upon = {duty.ground for duty in duties() if duty.ground}
    assert grounds <= stood_upon <= colours_in("light").keys()
    assert {duty.kind for duty in duties()} <= {"text", "graphic", "ground", "ornament"}


@pytest.mark.parametrize("scheme", SCHEME_NAMES)
def test_a_scheme_only_changes_colours_that_are_there_in_the_light(scheme):
    assert colours_in(scheme).keys() == colours_in("light").keys()


def test_forced_colours_point_every_role_at_one_of_the_readers_own():
    forced = sheet("@media (forced-colors: active)")
    assert colours_in("light").keys() <= forced.keys()
    assert {value for name, value in forced.items() if not name.startswith("shadow")} <= {
        "Canvas",
        "CanvasText",
        "LinkText",
        "Highlight",
        "GrayText",
    }


@pytest.mark.parametrize("path", STYLE_SHEETS, ids=lambda path: path.name)
def test_a_style_sheet_takes_its_colours_from_the_tokens(path):
    """A colour typed elsewhere is one that nobody measures."""
    if path.name != "tokens.css":
        assert re.findall(r"#[0-9a-f]{3,8}\b(?=[^{}]*[;}])", path.read_text(encoding="utf-8")) == []
