"""The accessibility judge axe-core, run inside a page under its own content security policy."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from playwright.sync_api import Page

from tests.needs import need

AXE = Path(__file__).parent.parent / "node_modules" / "axe-core" / "axe.min.js"
WCAG_A_AND_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def violations(page: Page, only: Sequence[str] = ()) -> list[str]:
    """A line for each broken success criterion of WCAG 2.2, levels A and AA, with the first tag that breaks it.

    `only`: these rules of axe alone, where the rest was judged before on the same page.
    """
    run_only = {"type": "rule", "values": list(only)} if only else {"type": "tag", "values": WCAG_A_AND_AA}
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(_source())
    found = page.evaluate("runOnly => axe.run({runOnly, resultTypes: ['violations']})", run_only)
    return [
        f"{each['id']}, {len(each['nodes'])} times, such as {each['nodes'][0]['html'][:160]}: "
        f"{each['nodes'][0]['failureSummary']}"
        for each in found["violations"]
    ]


@cache
def _source() -> str:
    need(AXE.exists(), "axe-core", "npm, then run `make test` again")
    return AXE.read_text(encoding="utf-8")
