"""The colour tokens of static/css/tokens.css: what each is in every scheme, and on which grounds it must be seen."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from models.rules.house.colour import GRAPHIC, TEXT

CSS = Path(__file__).parents[2] / "static" / "css"
LIGHT = ":root"
DARK = "@media (prefers-color-scheme: dark)"
MORE = "@media (prefers-contrast: more)"
MORE_DARK = "@media (prefers-contrast: more) and (prefers-color-scheme: dark)"
AA = {"text": TEXT, "graphic": GRAPHIC}
AAA = {"text": 7.0, "graphic": TEXT}  # success criterion 1.4.6, for whoever asks their browser for more

SETTING = re.compile(r"--([\w-]+):\s*([^;]+);")
DOCUMENTED = re.compile(r"--([\w-]+):\s*#[0-9a-f]{6};\s*/\* (.+?) \*/")


@dataclass(frozen=True, slots=True)
class Scheme:
    """`blocks`: the parts of the sheet that apply, later over earlier, as in a browser."""

    blocks: tuple[str, ...]
    least: dict[str, float]


@dataclass(frozen=True, slots=True)
class Duty:
    """What a colour is for. `ground`: the token it must be seen on, None for a ground itself and for an ornament."""

    token: str
    kind: str
    ground: str | None = None


SCHEMES = {
    "light": Scheme((LIGHT,), AA),
    "dark": Scheme((LIGHT, DARK), AA),
    "light, more contrast": Scheme((LIGHT, MORE), AAA),
    "dark, more contrast": Scheme((LIGHT, DARK, MORE, MORE_DARK), AAA),
}


@cache
def colours_in(scheme: str) -> dict[str, str]:
    """Token to `#rrggbb`; shadows, sizes and fonts are no colours."""
    found: dict[str, str] = {}
    for block in SCHEMES[scheme].blocks:
        found |= {name: value for name, value in sheet(block).items() if re.fullmatch("#[0-9a-f]{6}", value)}
    return found


@cache
def duties() -> tuple[Duty, ...]:
    """As written beside each token: "text on page surface; graphic on sunken", "ground", "ornament"."""
    found = []
    for token, said in DOCUMENTED.findall(_block(LIGHT)):
        for clause in said.split("; "):
            kind, _on, grounds = clause.partition(" on ")
            found += [Duty(token, kind, ground) for ground in grounds.split()] or [Duty(token, kind)]
    return tuple(found)


@cache
def sheet(block: str) -> dict[str, str]:
    """Every custom property that this part of tokens.css sets."""
    return dict(SETTING.findall(_block(block)))


def _block(head: str) -> str:
    """What stands between the braces of the first rule with this head. Ours close at the start of a line."""
    source = (CSS / "tokens.css").read_text(encoding="utf-8")
    start = source.index(f"\n{head} {{\n")
    return source[start : source.index("\n}\n", start)]
