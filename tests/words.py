"""What somebody reads of a page. To make a tree of it first takes longer than the page took to be written."""

from __future__ import annotations

import re
from html import unescape

MARKUP = re.compile(
    r"<!--.*?-->|<(script|style|template)\b.*?</\1>|<(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>", re.DOTALL | re.IGNORECASE
)
MAIN = re.compile(r"<main\b.*?</main>", re.DOTALL)


def words_of(page: str) -> str:
    """All its text, with one space between words."""
    return " ".join(unescape(MARKUP.sub(" ", page)).split())


def words_of_main(page: str) -> str:
    """Without menu and footer, where it has those."""
    main = MAIN.search(page)
    return words_of(main[0] if main else page)
