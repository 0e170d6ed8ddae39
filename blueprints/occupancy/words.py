"""Head counts in words: a number for who may know it, a step such as "5 to 9" for everybody else."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import ngettext

from models.rules.presence.steps import STEP, top_of


def figure_words(persons: int, *, in_steps: bool) -> str:
    """As it stands in a table. `in_steps`: it is the lower bound of one."""
    if not in_steps or not persons:
        return str(persons)
    if persons < STEP:
        return _("fewer than five")
    return _("%(least)s to %(most)s", least=persons, most=top_of(persons))


def people_words(persons: int, *, in_steps: bool) -> str:
    """As it stands in a sentence."""
    if not in_steps or not persons:
        return ngettext("%(num)d person", "%(num)d people", persons)
    if persons < STEP:
        return _("fewer than five people")
    return _("%(least)s to %(most)s people", least=persons, most=top_of(persons))


def left_words(persons: int, limit: int | None, *, in_steps: bool) -> str:
    """How many more could come, as it stands in a table; of a step what is certain, if anything."""
    if limit is None:
        return ""
    if not in_steps or not persons:
        return str(limit - persons)
    left = limit - top_of(persons)
    return _("at least %(num)s", num=left) if left > 0 else ""


def state_words(state: str) -> str:
    return {
        "over": _("Above the limit"),
        "crowded": _("Above the limit if everybody comes"),
        "full": _("Full"),
        "near": _("Nearly full"),
        "calm": "",
    }[state]
