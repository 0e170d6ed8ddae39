"""Whom people of a file let book for them: colleagues, and nobody else."""

from __future__ import annotations

from models.rules.files.cells import codes
from models.rules.files.draft import Draft


def settle_people(draft: Draft) -> None:
    """A delegate works for the same organisation, whose secrets they then share. What is known of somebody who moves
    is no fault: it counts for nothing from then on."""
    if "delegates" not in draft.columns.get("users", ()):
        return
    for entry in draft.rows("users"):
        for name in codes(entry.values, "delegates"):
            if not draft.has("users", name):
                continue  # said already
            if name == entry.name or draft.value("users", name, "org_code") != entry.values["org_code"]:
                draft.fault(entry, "delegates", "no_colleague", value=name)
