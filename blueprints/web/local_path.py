"""Where to go next, when the address comes from outside."""

from __future__ import annotations


def local_path(address: str | None) -> str | None:
    """The address if it is a path of this site, otherwise None.

    Browsers read `//other.site`, `/\\other.site` and `/<tab>/other.site` as another host: what is not plain is refused.
    """
    is_path = bool(address) and address.startswith("/") and not address.startswith("//")
    is_plain = is_path and not any(character <= " " or character in "\\\x7f" for character in address)
    return address if is_plain else None
