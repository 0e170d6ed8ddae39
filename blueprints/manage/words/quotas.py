"""A quota as people say it: for whom, how much of what, in what time, and what is left of a shared one."""

from __future__ import annotations

from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from blueprints.booking.messages import kind_word, place_name, role_word
from models.rules.house.house import House
from models.rules.house.quota import Quota

SCOPE_WORDS = {
    "organisation": _l("An organisation together"),
    "service": _l("A service together"),
    "person": _l("Each person alone"),
}
MEASURE_WORDS = {"hours": _l("Hours"), "bookings": _l("Bookings"), "half_days": _l("Half-days at a desk")}
PERIOD_WORDS = {"day": _l("In a day"), "week": _l("In a week"), "month": _l("In a month"), "held": _l("Held at once")}


def whose_words(quota: Quota, house: House) -> str:
    """Never a person's name: a limit of one person is nobody else's business."""
    if quota.is_shared:
        return place_name(f"{quota.scope}:{quota.code}", house)
    if quota.scope == "role" and quota.code:
        return _("Each person: %(role)s", role=role_word(quota.code))
    return _("One person") if quota.code else _("Each person")


def kind_words(quota: Quota) -> str:
    return kind_word(quota.kind) if quota.kind else _("All kinds of space")


def amount_words(quota: Quota) -> str:
    """40 hours in a month."""
    return {
        "day": _("%(amount)s in a day", amount=_amount(quota)),
        "week": _("%(amount)s in a week", amount=_amount(quota)),
        "month": _("%(amount)s in a month", amount=_amount(quota)),
        "held": _("%(amount)s held at once", amount=_amount(quota)),
    }[quota.period]


def used_words(quota: Quota, used: float) -> str:
    """31 of 40 hours this month."""
    facts = {"used": format_decimal(round(used, 2)), "amount": _amount(quota)}
    return {
        "day": _("%(used)s of %(amount)s today", **facts),
        "week": _("%(used)s of %(amount)s this week", **facts),
        "month": _("%(used)s of %(amount)s this month", **facts),
        "held": _("%(used)s of %(amount)s at this moment", **facts),
    }[quota.period]


def _amount(quota: Quota) -> str:
    return {
        "hours": lambda: ngettext("%(num)d hour", "%(num)d hours", quota.amount),
        "bookings": lambda: ngettext("%(num)d booking", "%(num)d bookings", quota.amount),
        "half_days": lambda: ngettext("%(num)d half-day", "%(num)d half-days", quota.amount),
    }[quota.measure]()
