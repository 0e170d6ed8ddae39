"""Jinja as Flask sets it up, but for what it works out again for each page."""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from typing import Any

from flask.templating import Environment

INDENT = re.compile("^[ \\t]+", re.MULTILINE)


class Templates(Environment):
    """All templates have the same globals, and none has any of its own: they are handed on as they are. Jinja lays an
    empty table over them, through which each component that a page takes in is compared name by name.

    The indents of a template are for whoever reads it: pages are sent without them."""

    def preprocess(self, source: str, name: str | None = None, filename: str | None = None) -> str:
        source = super().preprocess(source, name, filename)
        return INDENT.sub("", source) if name and name.endswith(".html") else source

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:  # Any: as Jinja has it
        return super().make_globals(d) if d else self.globals
