"""Requests as those who decide see them: what there is to know before giving one's word, as far as it may be seen."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import timedelta

from flask import url_for
from flask_babel import gettext as _

from blueprints.booking.asking import approvers
from blueprints.booking.day import hours_words
from blueprints.booking.messages import kind_word, when_words
from blueprints.booking.show import (
    Look,
    booking_label,
    booking_row,
    day_words,
    decision_actions,
    layout_shown,
    moment_words,
    organisation_shown,
)
from blueprints.booking.told import sentences
from blueprints.web.language import language
from models.queries.approvals import requests_for
from models.queries.bookings import bookings_awaiting
from models.queries.people import people_by_username
from models.rules.bookings.fields import Booked, Seen
from models.rules.finding.turns import asked_for_beside, category_of, in_turn
from models.rules.house.house import House
from models.rules.judging.facts import Facts, Wanted
from models.rules.judging.when import booked_time
from models.rules.people.callers import organiser_of
from models.rules.people.discretion import seen_by
from models.rules.people.person import Person
from models.rules.times.interval import Interval, civil_date, civil_day

SOON = timedelta(days=1)
MOST_NAMED = 4


def rows_awaiting(look: Look, limit: int = 200) -> list[dict]:
    """What waits for one of this person's roles, for a short list. Of a booking they may see only as busy they learn
    how many people come: without that there is nothing to decide on."""
    found = bookings_awaiting(look.person.roles, look.now, limit)
    return [
        booking_row(booking, look, actions=decision_actions(booking, look))
        | {"people": look.viewer.persons_to_decide_on(booking)}
        for booking in found
    ]


def request_rows(look: Look, picked: Collection[str] | None = ()) -> list[dict]:
    """Everything that waits for this person, in the turn in which it is to be answered. `picked`: the handles of those
    that are ticked; None ticks all. A bounded number of queries, however many wait."""
    found = bookings_awaiting(look.person.roles, look.now)
    if not found:
        return []
    named = people_by_username(name for each in found for name in (each.organiser, each.key_holder) if name)
    others = requests_for(_places_of(found, look.house), _days_of(found, look.house))
    return [
        _request_row(each, look, named, asked_for_beside(each, others, look.house))
        | {"picked": picked is None or each.handle in picked}
        for each in in_turn(found, named, look.house)
    ]


def _places_of(bookings: Iterable[Booked], house: House) -> list[int]:
    """The spaces in which something may wait for one of these places: their own, and composites that share a part."""
    taken = frozenset().union(*(house.leaves_taken_by(each.space) for each in bookings))
    return [space.id for space in house.spaces.values() if taken & house.leaves_taken_by(space.code)]


def _days_of(bookings: list[Booked], house: House) -> Interval:
    dates = [civil_date(each.during.start, house.zone) for each in bookings]
    return Interval(civil_day(min(dates), house.zone).start, civil_day(max(dates), house.zone).end)


def _request_row(booking: Booked, look: Look, named: Mapping[str, Person], beside: list[Booked]) -> dict:
    """`hold_until` and the number of people are for whoever decides, also where they see no more than a taken place."""
    seen, house = seen_by(look.viewer, booking), look.house
    organiser = organiser_of(booking, named, house)
    place = house.spaces[seen.space].names.in_language(language())
    others = booking.awaited_roles - look.person.roles
    return {
        "handle": booking.handle,
        "url": url_for("booking.one", handle=booking.handle),
        "kind": seen.kind,
        "place": place,
        "code": seen.space,
        "title": booking_label(seen, kind_word(seen.kind)),
        "when": when_words(seen.during, house),
        "about": f"{place}, {when_words(seen.during, house)}",
        "people": look.viewer.persons_to_decide_on(booking),
        "who": ", ".join(filter(None, _who(seen))),
        "note": seen.note,
        "category": _category_word(organiser) if seen.is_full else "",
        **organisation_shown(seen.organisation, house),
        "layout": layout_shown(seen, house),
        "asked": day_words(booking.made_at, look),
        "is_series": bool(seen.series),
        "is_evening": _is_evening(booking, organiser, house),
        "key_holder": named[seen.key_holder].name if seen.key_holder and seen.key_holder in named else "",
        "warnings": sentences(seen.warnings, house),
        "holds": moment_words(booking.hold_until, look) if booking.hold_until else "",
        "is_urgent": booking.hold_until is not None and booking.hold_until <= look.now + SOON,
        "beside": ", ".join(hours_words(each.during, house) for each in beside[:MOST_NAMED]),
        "also_awaits": approvers(others) if others else "",
    }


def _who(seen: Seen) -> tuple[str | None, ...]:
    """Of a caller also what they called for, and the number to ring back."""
    caller = seen.caller
    return (seen.organiser_name, caller.association, caller.phone) if caller else (seen.organiser_name,)


def _category_word(organiser: Person) -> str:
    return {"inside": "", "association": _("Association"), "resident": _("Resident")}[category_of(organiser)]


def _is_evening(booking: Booked, organiser: Person, house: House) -> bool:
    """Whether part of it lies outside the ordinary hours of whoever asks, so that somebody opens and locks up."""
    policy = house.policy(booking.space, civil_date(booking.during.start, house.zone))
    return booked_time(Wanted(booking.space, booking.during, organiser, organiser), policy, Facts(house)).is_evening
