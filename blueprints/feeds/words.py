"""The few words that stand in somebody's calendar in their own language, whichever languages our pages speak."""

from __future__ import annotations

from collections.abc import Mapping

from models.rules.house.house import Space

BUSY = {"nl": "Bezet", "fr": "Occupé", "en": "Busy", "de": "Belegt"}
TALK = {"nl": "Gesprek", "fr": "Entretien", "en": "Talk", "de": "Gespräch"}


def in_language(words: Mapping[str, str], language: str) -> str:
    return words.get(language, words["nl"])


def place_words(space: Space, language: str) -> str:
    """A space as people look for it: its name, and the code on its door."""
    return f"{space.names.in_language(language)} ({space.code})"
