"""Why a booking no longer fitted where it stood, and what a plan made of it: said after the fact, to whoever reads."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import ngettext

from blueprints.booking.messages import place_name, refusal_sentence, space_name
from blueprints.web.dates import day_text
from models.queries.moved import last_move_of
from models.rules.bookings.fields import Booked, Seen
from models.rules.house.house import House
from models.rules.judging.told import Listed
from models.rules.people.discretion import Viewer
from models.rules.plans.view import reasons_seen
from models.rules.refusals import Refusal
from models.rules.times.interval import civil_date


def moved_words(booking: Booked, seen: Seen, viewer: Viewer) -> dict[str, str] | None:
    """For its own page: from where to where, when, and why. None where no plan moved it, or it went elsewhere since."""
    moved, house = last_move_of(booking.id), viewer.house
    if moved is None or moved.to_space != seen.space:
        return None
    why = [reason_sentence(each, house) for each in reasons_seen(seen, moved.reasons, viewer)]
    return {
        "title": _(
            "Moved from %(before)s to %(after)s",
            before=space_name(moved.from_space, house),
            after=space_name(moved.to_space, house),
        ),
        "why": " ".join([_("On %(day)s.", day=day_text(civil_date(moved.at, house.zone), "d MMMM")), *why]),
    }


def reason_sentence(refusal: Listed, house: House) -> str:
    """As refusal_sentence(), of a booking that stands. Without numbers where they may not be seen."""
    make = _OF_WHAT_STANDS.get(refusal.code)
    return make(refusal, house) if make else refusal_sentence(refusal, house)


def _too_many(refusal: Refusal, house: House) -> str:
    place = place_name(refusal.scope, house)
    if refusal.actual is None or refusal.limit is None:
        return _("%(place)s is too small for it.", place=place)
    facts = {"place": place, "limit": _people(refusal.limit), "actual": _people(refusal.actual)}
    return {
        "R02": lambda: _("Fire safety allows %(limit)s in %(place)s; this is for %(actual)s.", **facts),
        "R08": lambda: _("There is fresh air for %(limit)s in %(place)s; this is for %(actual)s.", **facts),
        "R09": lambda: _("For now %(place)s may hold %(limit)s at most; this is for %(actual)s.", **facts),
    }.get(refusal.rule or "", lambda: _("%(place)s takes %(limit)s in this layout; this is for %(actual)s.", **facts))()


def _full(refusal: Refusal, house: House) -> str:
    if refusal.actual is not None and refusal.limit is not None:
        return refusal_sentence(Listed(refusal), house)
    return _("%(place)s would hold too many people at the same moment.", place=place_name(refusal.scope, house))


def _people(number) -> str:
    return ngettext("%(num)d person", "%(num)d people", int(number))


_OF_WHAT_STANDS = {
    "too_many_people": _too_many,
    "shared_space_full": _full,
    "zone_full": _full,
    "floor_full": _full,
    "building_full": _full,
    "not_for_your_organisation": lambda r, h: _(
        "%(place)s cannot be booked by the organisation of this booking.", place=place_name(r.scope, h)
    ),
    "outside_hours": lambda r, h: _(
        "%(place)s is not open for it during the whole of that time.", place=place_name(r.scope, h)
    ),
    "organisation_closed": lambda _r, _h: _("The organisation of this booking is closed then."),
    "person_busy": lambda _r, _h: _("The same person has another desk in that half-day."),
}
