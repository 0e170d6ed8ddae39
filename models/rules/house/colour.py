"""Colours as WCAG 2.2 measures them, and the nearest shade of a colour that can be read on a ground."""

from __future__ import annotations

import re
from colorsys import hls_to_rgb, rgb_to_hls
from functools import lru_cache

TEXT, GRAPHIC = 4.5, 3.0  # success criteria 1.4.3 and 1.4.11: the least contrast of words, and of what is not words
BLACK, WHITE = "#000000", "#ffffff"
STEPS = 510  # of lightness from black to white: half of what one channel can tell apart
SIX_DIGITS = re.compile(r"#[0-9a-fA-F]{6}")


def luminance(colour: str) -> float:
    """Relative luminance of a `#RRGGBB`: 0 for black, 1 for white. Anything else is a ValueError."""
    red, green, blue = (_linear(channel) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """From 1 (no difference) to 21 (black and white), whichever of the two lies on the other."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@lru_cache(maxsize=1024)
def readable_shade(colour: str, ground: str, least: float = TEXT) -> str:
    """The colour itself where it holds `least` on this ground, else the nearest lightness of its hue that does.

    It moves away from the ground: darker on a light one, lighter on a dark one. On a ground so middling that even
    black or white does not hold `least` there, it ends as that black or white.
    """
    if contrast(colour, ground) >= least:
        return colour
    hue, lightness, saturation = rgb_to_hls(*_channels(colour))
    if contrast(BLACK, ground) > contrast(WHITE, ground):
        steps = range(int(lightness * STEPS), -1, -1)
    else:
        steps = range(int(lightness * STEPS) + 1, STEPS + 1)
    shades = (_written(hls_to_rgb(hue, step / STEPS, saturation)) for step in steps)
    return next(
        (shade for shade in shades if contrast(shade, ground) >= least),
        _written(hls_to_rgb(hue, steps[-1] / STEPS, saturation)),
    )


def _channels(colour: str) -> tuple[float, float, float]:
    if not SIX_DIGITS.fullmatch(colour):
        raise ValueError(f"{colour!r} is not a colour written as #RRGGBB")
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return red, green, blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _written(channels: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(255 * min(max(channel, 0), 1)):02x}" for channel in channels)
