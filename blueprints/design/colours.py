"""The colours as the page shows them: what each is for, and the least contrast it was measured to have."""

from __future__ import annotations

from dataclasses import dataclass

from blueprints.design.tokens import SCHEMES, Duty, colours_in, duties
from blueprints.web.colours import STONE_2, SUNKEN, SUNKEN_IN_THE_DARK
from models.rules.house.colour import contrast, readable_shade
from models.rules.house.house import House

LIGHT, DARK = "light", "dark"
AWKWARD = ("#FFFF00", "#00FF7F", "#FF00FF", "#FFFFFF", "#000000", "#777777")  # as a designer might hand them in


@dataclass(frozen=True, slots=True)
class Measured:
    """`uses`: (kind, ground, contrast in the light, in the dark); `more`: the least where more is asked for."""

    name: str
    light: str
    dark: str
    uses: list[tuple[str, str | None, float, float]]
    more: float | None


@dataclass(frozen=True, slots=True)
class Shades:
    """An organisation's colour, and (shade, contrast) on each ground it is drawn on."""

    name: str
    colour: str
    on: list[tuple[str, str, float]]


def measured_tokens() -> list[Measured]:
    light, dark = colours_in(LIGHT), colours_in(DARK)
    return [
        Measured(
            token,
            light[token],
            dark[token],
            [_use(duty) for duty in duties() if duty.token == token],
            _least_with_more(token),
        )
        for token in light
    ]


def organisation_shades(house: House | None) -> list[Shades]:
    """Those of the house, then a few that no one should have chosen."""
    named = [(each.names.in_language("nl"), each.colour) for each in house.organisations.values()] if house else []
    return [_shades(name, colour) for name, colour in [*named, *((colour, colour) for colour in AWKWARD)]]


def _use(duty: Duty) -> tuple[str, str | None, float, float]:
    if duty.ground is None:
        return duty.kind, None, 0, 0
    light, dark = (
        contrast(colours_in(scheme)[duty.token], colours_in(scheme)[duty.ground]) for scheme in (LIGHT, DARK)
    )
    return duty.kind, duty.ground, light, dark


def _least_with_more(token: str) -> float | None:
    found = [
        contrast(colours_in(scheme)[token], colours_in(scheme)[duty.ground])
        for scheme in SCHEMES
        if scheme not in (LIGHT, DARK)
        for duty in duties()
        if duty.token == token and duty.ground
    ]
    return min(found, default=None)


def _shades(name: str, colour: str) -> Shades:
    drawn = [(ground, readable_shade(colour, ground)) for ground in (SUNKEN, SUNKEN_IN_THE_DARK, STONE_2)]
    return Shades(name, colour, [(ground, shade, contrast(shade, ground)) for ground, shade in drawn])
