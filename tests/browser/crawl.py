"""Every page that somebody comes to by following links, as many of each sort as teach something."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from urllib.parse import parse_qs, urldefrag, urljoin, urlsplit

from flask import Flask, template_rendered
from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException

HERE = "http://localhost"
WAYS_OF_LOOKING = ("view", "show")
ALIKE = {"manage.space_table"}  # other columns of one large table: two are enough
MOST_PAGES = 200
LINKS = re.compile(r'<a\s[^>]*?\bhref="([^"]*)"')  # a parser takes a hundred times as long, and finds the same ones
# How many are opened of a page that shows one thing: two rooms look alike, each booking shows something else.
MOST_THINGS, MOST_BOOKINGS = 2, 12


@dataclass(frozen=True)
class Found:
    """A page as it was answered. `look`: what makes two pages look alike: endpoint, template, way of looking."""

    path: str
    look: tuple[str, ...]
    status: int
    html: str


def follow_links(client: FlaskClient, start: str) -> list[Found]:
    """Breadth first. Only so many of a sort: no hundred desks, and no dates without end."""
    app, waiting, seen = client.application, deque([start]), {start}
    met: Counter[tuple[str, ...]] = Counter()
    pages = []
    while waiting and len(pages) < MOST_PAGES:
        path = waiting.popleft()
        sort, most = _sort_of(app, path)
        if met[sort] >= most:
            continue
        met[sort] += 1
        page = opened(client, path, sort)
        if page is None:
            continue
        pages.append(page)
        fresh = [each for each in _links(page) if each not in seen]
        seen.update(fresh)
        waiting.extend(fresh)
    return pages


def opened(client: FlaskClient, path: str, sort: tuple[str, ...] = ()) -> Found | None:
    """What this address answers in the end, or None where that is no page: a style sheet, a calendar, JSON."""
    rendered: list[str] = []

    def note(_app, template, **_more) -> None:
        rendered.append(template.name or "")

    with template_rendered.connected_to(note, client.application):
        answer = client.get(path, follow_redirects=True, buffered=True)
    if answer.mimetype != "text/html":
        return None
    html = answer.get_data(as_text=True)
    return Found(path, (*sort, *rendered[-1:]), answer.status_code, html)


def _links(page: Found) -> Iterator[str]:
    for link in LINKS.findall(page.html):
        target = urldefrag(urljoin(HERE + page.path, unescape(link))).url
        if target.startswith(f"{HERE}/"):
            yield target.removeprefix(HERE)


def _sort_of(app: Flask, path: str) -> tuple[tuple[str, ...], int]:
    """The endpoint and the way of looking, and how many of these teach something; a dead link is a sort of its own."""
    parts = urlsplit(path)
    try:
        with app.app_context():  # an address may hold a covered number, which the house's key uncovers
            endpoint, names_a_thing = app.url_map.bind("localhost").match(parts.path, "GET")
    except HTTPException:
        return ("nothing", parts.path), 1
    if endpoint in ALIKE:
        return (endpoint,), 2
    query = parse_qs(parts.query)
    most = MOST_BOOKINGS if endpoint == "booking.one" else MOST_THINGS if names_a_thing else 1
    return (endpoint, *(query[name][0] for name in WAYS_OF_LOOKING if name in query)), most
