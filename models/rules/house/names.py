"""What a thing is called in the languages that a town may use, as the columns of a table hold it."""

from __future__ import annotations

from collections.abc import Mapping

LANGUAGES = ("nl", "fr", "en", "de")


def name_columns(names: Mapping[str, str | None]) -> dict[str, str | None]:
    """`name_nl` and the others, without the blanks around them; None where nothing is left."""
    return {f"name_{language}": (names.get(language) or "").strip() or None for language in LANGUAGES}
