"""The evacuation, drill or test that an address names."""

from __future__ import annotations

from models.queries.evacuations import evacuation
from models.rules.presence.evacuation import Evacuation
from models.rules.refusals import NotFound


def known_evacuation(handle: str) -> Evacuation:
    found = evacuation(handle)
    if found is None:
        raise NotFound
    return found
