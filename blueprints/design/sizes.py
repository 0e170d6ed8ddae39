"""Letters, spaces and icons, read from the sheets that set them."""

from __future__ import annotations

import re
from functools import cache

from blueprints.design.tokens import CSS, LIGHT, sheet

SPRITE = CSS.parent / "icons" / "sprite.svg"


def type_sizes() -> list[tuple[str, str]]:
    """(name, size) from small to large; css/design.css has a class of each name."""
    return [(name, size) for name, size in sheet(LIGHT).items() if name.startswith("t-")]


def spaces() -> list[tuple[str, str]]:
    return [(name, size) for name, size in sheet(LIGHT).items() if re.fullmatch(r"s\d", name)]


@cache
def icon_names() -> list[str]:
    return re.findall(r'<symbol id="([\w-]+)"', SPRITE.read_text(encoding="utf-8"))
