"""Why a request is declined: reasons that stand ready, read by each in their own language."""

from __future__ import annotations

from flask_babel import gettext as _

from models.rules.judging.holding import NOT_ANSWERED


def prepared_reasons() -> dict[str, str]:
    """By the code that is written down, the sentence that whoever asked reads."""
    return {
        "needed_by_the_house": _("The municipality needs this space itself at that time."),
        "tell_us_more": _("We know too little about it. Ask again, and say who comes and what you will do."),
        "other_space": _("This space does not suit it. Look for another one, or call us."),
        "no_key_holder": _("There is nobody to open and lock up that evening."),
    }


def reason_words(reason: str | None) -> str | None:
    """A reason as it stands with a booking: what somebody typed as they typed it, a prepared one as its sentence."""
    if reason == NOT_ANSWERED:
        return _("Nobody answered in time. The place could not be kept any longer. You may ask again.")
    return prepared_reasons().get(reason or "", reason)
