"""What every page must be, read from its HTML alone. Each fault is one line that says where to look."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import html5lib
from bs4 import BeautifulSoup, Tag

SPEAKS_FOR_ITSELF = {"hidden", "submit", "button", "reset", "image"}
POINTING = ("for", "aria-describedby", "aria-labelledby", "aria-controls", "list", "form")
SCRIPT_OR_STYLE_IN_TAGS = ("style", "onclick", "onchange", "onsubmit", "onload", "oninput", "hx-on")


def faults(html: str, soup: BeautifulSoup) -> list[str]:
    return [*_invalid(html), *_head(soup), *_ids(soup), *_unlabelled(soup), *_nameless(soup), *_scripted(soup)]


def _invalid(html: str) -> Iterator[str]:
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    parser.parse(html)
    for (line, _column), code, values in parser.errors:
        yield f"not HTML: {code} {values or ''} in: {html.splitlines()[line - 1].strip()[:120]}"


def _head(soup: BeautifulSoup) -> Iterator[str]:
    headings = [_words(each) for each in soup.find_all("h1")]
    title = _words(soup.title) if soup.title else ""
    if len(headings) != 1:
        yield f"{len(headings)} h1: {headings}"
    elif not headings[0] or title != f"{headings[0]} – Trefpunt":
        yield f"title {title!r} with h1 {headings[0]!r}"
    if not soup.html.get("lang"):
        yield "no language"
    if len(soup.find_all("main")) != 1:
        yield "not one main"


def _ids(soup: BeautifulSoup) -> Iterator[str]:
    ids = Counter(each["id"] for each in soup.find_all(id=True))
    yield from (f"{number} times id {name!r}" for name, number in ids.items() if number > 1 or not name.strip())
    for attribute, tag in _with_any_of(POINTING, soup):
        yield from (f"{attribute} points at no {name!r}" for name in tag[attribute].split() if name not in ids)
    for link in soup.select("a[href^='#']"):
        if link["href"][1:] not in ids:
            yield f"link to no {link['href']!r}"


def _unlabelled(soup: BeautifulSoup) -> Iterator[str]:
    labelled = {each["for"] for each in soup.find_all("label", attrs={"for": True}) if _words(each)}
    for field in soup.find_all(["input", "select", "textarea"]):
        if field.get("type") in SPEAKS_FOR_ITSELF or field.get("id") in labelled or field.get("aria-label"):
            continue
        around = field.find_parent("label")
        if not (around and _words(around)):
            yield f"no label: {str(field)[:120]}"


def _nameless(soup: BeautifulSoup) -> Iterator[str]:
    for tag in soup.find_all(["a", "button", "summary"]):
        if not (_words(tag) or tag.get("aria-label")):
            yield f"says nothing: {str(tag)[:120]}"
    for tag in soup.find_all("form", method="post"):
        if not tag.find("input", attrs={"name": "csrf_token"}):
            yield f"no token in the form to {tag.get('action')}"


def _scripted(soup: BeautifulSoup) -> Iterator[str]:
    """Our content security policy drops these without a word."""
    for attribute, tag in _with_any_of(SCRIPT_OR_STYLE_IN_TAGS, soup):
        yield f"{attribute}=: {str(tag)[:120]}"
    for tag in soup.find_all(["style", "script"]):
        if tag.name == "style" or not tag.get("src"):
            yield f"inline {tag.name}"


def _with_any_of(attributes: Iterable[str], soup: BeautifulSoup) -> Iterator[tuple[str, Tag]]:
    """In one walk: a search for each of them would walk the page that often."""
    for tag in soup.find_all(True):
        yield from ((attribute, tag) for attribute in attributes if tag.has_attr(attribute))


def _words(tag: Tag) -> str:
    return " ".join(tag.get_text(" ").split())
