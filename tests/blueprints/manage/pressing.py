"""The buttons of a plan."""

from __future__ import annotations


def press(manager, address: str, page=None, **fields):
    """One of the plan's buttons, with the version that its page showed."""
    seen = (page or manager.open(address.rsplit("/", 1)[0])).soup.find("input", attrs={"name": "seen"})
    return manager.post(address, ({"seen": seen["value"]} if seen else {}) | fields)
