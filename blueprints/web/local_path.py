"""Where to go next, when the address comes from outside."""

from __future__ import annotations

from urllib.parse import urlsplit


def local_path(address: str | None) -> str | None:
    """The address if it is a path of this site, otherwise None.

    Browsers read `//other.site`, `/\\other.site` and `/<tab>/other.site` as another host: what is not plain is refused.
    """
    if not address or not address.startswith("/") or address.startswith("//"):
        return None
    is_plain = not any(character <= " " or character in "\\\x7f" for character in address)
    return address if is_plain else None


def page_of(address: str | None) -> str | None:
    """Path and question of a whole address, as a browser says on which page it is."""
    try:
        parts = urlsplit(address or "")
    except ValueError:
        return None
    return local_path(f"{parts.path}?{parts.query}" if parts.query else parts.path)
