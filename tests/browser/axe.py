"""The accessibility judge axe-core, run inside a page under its own content security policy."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from playwright.sync_api import Page

from tests.needs import need

AXE = Path(__file__).parent.parent / "node_modules" / "axe-core" / "axe.min.js"
WCAG_A_AND_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def violations(page: Page) -> list[str]:
    """A line for each broken success criterion of WCAG 2.2, levels A and AA, with the first tag that breaks it."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(_source())
    found = page.evaluate("tags => axe.run({runOnly: tags, resultTypes: ['violations']})", WCAG_A_AND_AA)
    return [f"{each['id']}, {len(each['nodes'])} times, such as {each['nodes'][0]['html'][:160]}: "
            f"{each['nodes'][0]['failureSummary']}" for each in found["violations"]]


@cache
def _source() -> str:
    need(AXE.exists(), "axe-core", "npm, then run `make test` again")
    return AXE.read_text(encoding="utf-8")
