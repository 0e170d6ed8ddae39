"""Of what pieces a page is put together: two made of the same ones look alike, whatever stands in them."""

from __future__ import annotations

import re

from playwright.sync_api import Page

TAG = re.compile(r"<([a-z][a-z0-9-]*)(\s[^>]*)?>")
ATTRIBUTE = re.compile(r'([a-zA-Z:-]+)(?:="([^"]*)")?')
# Other attributes say which one it is; these say what it looks like and how it is used.
TELLING = ["class", "type", "role", "scope", "aria-current", "aria-expanded", "aria-selected", "aria-pressed"]
SOME = 2  # of a row: one may have another ground beneath it than the next
# A row goes if all of its pieces stand in `some` rows before it.
TAKE_OUT = """([telling, some]) => {
    const own = each => each.tagName + [...each.attributes].map(
        one => one.name + (telling.includes(one.name) ? one.value : "")).sort() + !each.childNodes.length;
    const piece = each => own(each.parentElement) + own(each);
    const met = {}, rows = "tr, li, option";
    for (const row of document.querySelectorAll(rows)) {
        const all = [row, ...row.querySelectorAll("*")];
        if (all.every(each => met[piece(each)] >= some)) row.remove();
        else for (const one of new Set(all.filter(each => each.closest(rows) === row).map(piece)))
            met[one] = (met[one] || 0) + 1;
    }
}"""


def pieces(html: str) -> set[tuple[str, frozenset]]:
    """Each sort of tag with the names of its attributes, and with what the telling ones say."""
    return {(tag, frozenset(_told(attributes))) for tag, attributes in set(TAG.findall(html))}


def _told(attributes: str):
    return ((name, value if name in TELLING else "") for name, value in ATTRIBUTE.findall(attributes))


def leave_some_of_each_row(page: Page) -> None:
    """Take rows out of a long page in a browser, for judges that take a while over each."""
    page.evaluate(TAKE_OUT, [TELLING, SOME])
