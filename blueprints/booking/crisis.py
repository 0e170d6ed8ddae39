"""A crisis measure while it holds: a banner on every page, and why a desk cannot be used for the time being."""

from __future__ import annotations

from collections.abc import Mapping

from flask import g, url_for
from flask_babel import format_date
from flask_babel import gettext as _

from blueprints.booking import blueprint
from blueprints.booking.day import Day
from blueprints.booking.messages import kind_word, place_name
from blueprints.web.clock import now
from blueprints.web.identity import current_person
from blueprints.web.language import house_or_none
from models.rules.house.crisis import ALL, CRISIS_RULE, Measure, measure_on, percents_of, zones_apart
from models.rules.house.house import House
from models.rules.house.policy import SpacePolicy
from models.rules.people.outsiders import may_book_in
from models.rules.people.person import Person
from models.rules.people.rights import holds
from models.rules.times.interval import civil_date


@blueprint.app_context_processor
def _banner() -> dict[str, object]:
    """For templates/layouts/base.html. No query: the house lies in memory. Nobody from the street is told."""
    person, house = None if g.get("database_in_doubt") else current_person(), house_or_none()
    return {"crisis": crisis_banner(house, person) if house and person else None}


def crisis_banner(house: House, person: Person) -> dict[str, object] | None:
    """What holds today, of the kinds of space that this person may book."""
    today = civil_date(now(), house.zone)
    measure, zones = measure_on(house, today), zones_apart(house, today)
    if measure is None and not zones:
        return None
    theirs = {space.kind for space in house.spaces.values() if may_book_in(person, space)}
    their_zones = {space.zone for space in house.spaces.values() if may_book_in(person, space)}
    cut = {kind: number for kind, number in measure.percents.items() if kind in theirs} if measure else {}
    apart = [
        _("Otherwise in %(place)s: %(what)s", place=place_name(f"zone:{zone}", house), what=percent_words(percents))
        for zone, percents in zones.items()
        if zone in their_zones
    ]
    if all(number == ALL for number in cut.values()) and not apart:
        return None
    return {
        "what": percent_words(cut) if any(number < ALL for number in cut.values()) else "",
        "when": when_words(measure) if measure else "",
        "apart": apart,
        "url": url_for("manage.crisis") if holds(person, "switch_crisis") else "",
    }


def when_words(measure: Measure) -> str:
    since = format_date(measure.since, "d MMMM y")
    if measure.last is None:
        return _("Since %(since)s, until somebody switches it off.", since=since)
    return _(
        "Since %(since)s, until and including %(until)s.", since=since, until=format_date(measure.last, "d MMMM y")
    )


def percent_words(by_kind: Mapping[str, int]) -> str:
    """One percentage where all kinds have the same, else those that have less than all."""
    if len(set(by_kind.values())) == 1:
        return f"{next(iter(by_kind.values()))} %"
    return "; ".join(f"{kind_word(kind)} {number} %" for kind, number in by_kind.items() if number != ALL)


def set_aside(policy: SpacePolicy, day: Day) -> tuple[str, str] | None:
    """How a space is called of which the measure leaves no place, and why; None for any other."""
    if not policy.is_set_aside:
        return None
    percent = percents_of(day.house.rule(CRISIS_RULE, day.date, policy.zone))[policy.kind]
    return _("Temporarily not to be used"), _(
        "Because of a crisis measure %(percent)s %% of these places may be used.", percent=percent
    )
