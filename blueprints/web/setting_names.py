"""Names in the environment that look like settings and are none: whoever set them expects something of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from difflib import get_close_matches

PREFIX = "TREFPUNT_"
OF_TESTS = ("TREFPUNT_REQUIRE_ALL", "TREFPUNT_EVERY_DATABASE", "TREFPUNT_TESTS_")
NOT_YET = {
    "TREFPUNT_OIDC_": "does nothing in this version: nobody can sign in through another service yet. Take it away.",
    "TREFPUNT_BACKUP_KEY": "does nothing in this version: `backup` writes a copy that is not encrypted. Take it away, "
    "and encrypt the copy yourself.",
}
ALIKE = 0.75


def not_yet(environment: Mapping[str, str]) -> list[str]:
    """A sentence for each setting that is announced and that this version does nothing with."""
    return [
        f"{name} {sentence}"
        for name in sorted(name for name, text in environment.items() if text)
        for beginning, sentence in NOT_YET.items()
        if name.startswith(beginning)
    ]


def misspelt(environment: Mapping[str, str], known: Collection[str]) -> list[str]:
    """A sentence for each name that is nearly a setting's: it has no effect, and its writer believes that it has."""
    near = {name: _nearest(name, known) for name in _unknown(environment, known)}
    return [f"{name} is not a setting. Did you mean {meant}?" for name, meant in near.items() if meant]


def strange(environment: Mapping[str, str], known: Collection[str]) -> list[str]:
    """A sentence for each other name of ours that nobody reads."""
    return [
        f"{name} is not a setting of this version and has no effect."
        for name in _unknown(environment, known)
        if not _nearest(name, known)
    ]


def _unknown(environment: Mapping[str, str], known: Collection[str]) -> list[str]:
    return sorted(
        name
        for name in environment
        if name.upper().startswith(PREFIX) and name not in known and not name.startswith((*OF_TESTS, *NOT_YET))
    )


def _nearest(name: str, known: Collection[str]) -> str | None:
    ours = [each.removeprefix(PREFIX) for each in known if each.startswith(PREFIX)]
    found = get_close_matches(name.upper().removeprefix(PREFIX), ours, n=1, cutoff=ALIKE)
    return f"{PREFIX}{found[0]}" if found else None
