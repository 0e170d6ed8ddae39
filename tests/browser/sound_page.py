"""What every page must be, read from its HTML alone. Each fault is one line that says where to look."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element, tostring

import html5lib

SPEAKS_FOR_ITSELF = {"hidden", "submit", "button", "reset", "image"}
POINTING = ("for", "aria-describedby", "aria-labelledby", "aria-controls", "list", "form")
SCRIPT_OR_STYLE_IN_TAGS = ("style", "onclick", "onchange", "onsubmit", "onload", "oninput", "hx-on")


def faults(html: str) -> list[str]:
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    page = Page(parser.parse(html))
    return [*_invalid(html, parser), *_head(page), *_ids(page), *_unlabelled(page), *_nameless(page), *_scripted(page)]


class Page:
    """As the judge of HTML read it; walked once, which takes as long as to ask for one sort of tag."""

    def __init__(self, root: Element) -> None:
        self.tags = [tag for tag in root.iter() if isinstance(tag.tag, str)]  # a comment's is none
        self.called: dict[str, list[Element]] = {}
        for tag in self.tags:
            self.called.setdefault(tag.tag.rpartition("}")[2], []).append(tag)  # a drawing's are of another namespace

    def all(self, *names: str) -> list[Element]:
        return [tag for name in names for tag in self.called.get(name, ())]

    def having(self, *attributes: str) -> list[tuple[str, Element]]:
        return [(each, tag) for tag in self.tags if tag.attrib for each in attributes if each in tag.attrib]


def _invalid(html: str, parser: html5lib.HTMLParser) -> Iterator[str]:
    for (line, _column), code, values in parser.errors:
        yield f"not HTML: {code} {values or ''} in: {html.splitlines()[line - 1].strip()[:120]}"


def _head(page: Page) -> Iterator[str]:
    headings, titles = ([_words(each) for each in page.all(name)] for name in ("h1", "title"))
    if len(headings) != 1:
        yield f"{len(headings)} h1: {headings}"
    elif not headings[0] or titles[:1] != [f"{headings[0]} – Trefpunt"]:
        yield f"title {titles} with h1 {headings[0]!r}"
    if not page.tags[0].get("lang"):
        yield "no language"
    if len(page.all("main")) != 1:
        yield "not one main"


def _ids(page: Page) -> Iterator[str]:
    ids = Counter(tag.get("id") for _attribute, tag in page.having("id"))
    yield from (f"{number} times id {name!r}" for name, number in ids.items() if number > 1 or not name.strip())
    for attribute, tag in page.having(*POINTING):
        yield from (f"{attribute} points at no {name!r}" for name in tag.get(attribute).split() if name not in ids)
    for link in page.all("a"):
        if link.get("href", "").startswith("#") and link.get("href")[1:] not in ids:
            yield f"link to no {link.get('href')!r}"


def _unlabelled(page: Page) -> Iterator[str]:
    labels = [each for each in page.all("label") if _words(each)]
    labelled, inside = {each.get("for") for each in labels}, {id(tag) for each in labels for tag in each.iter()}
    for field in page.all("input", "select", "textarea"):
        speaks = field.get("type") in SPEAKS_FOR_ITSELF or field.get("aria-label")
        if not (speaks or field.get("id", "") in labelled or id(field) in inside):
            yield f"no label: {_shown(field)}"


def _nameless(page: Page) -> Iterator[str]:
    for tag in page.all("a", "button", "summary"):
        if not (_words(tag) or tag.get("aria-label")):
            yield f"says nothing: {_shown(tag)}"
    for tag in page.all("form"):
        if tag.get("method") == "post" and tag.find(".//input[@name='csrf_token']") is None:
            yield f"no token in the form to {tag.get('action')}"


def _scripted(page: Page) -> Iterator[str]:
    """Our content security policy drops these without a word."""
    for attribute, tag in page.having(*SCRIPT_OR_STYLE_IN_TAGS):
        yield f"{attribute}=: {_shown(tag)}"
    for tag in page.all("style", "script"):
        if tag.tag == "style" or not tag.get("src"):
            yield f"inline {tag.tag}"


def _words(tag: Element) -> str:
    return " ".join(" ".join(tag.itertext()).split())


def _shown(tag: Element) -> str:
    return tostring(tag, "unicode")[:120]
