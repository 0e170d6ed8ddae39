"""From what is asked to places that can be had; where there are none, to what would help."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice

from flask_babel import gettext as _

from blueprints.booking.answers import said_of_all
from blueprints.booking.asking import services_for
from blueprints.booking.kind import KINDS
from blueprints.booking.messages import layout_word, length_words
from blueprints.find.form import ANYWHERE, AT, LENGTHS, SOONEST, Asked
from models.queries.finding import facts_of, first_free
from models.rules.finding.finder import find, hopeful
from models.rules.finding.quest import LONGEST_WINDOW, Proposal, Quest
from models.rules.house.house import House, Service
from models.rules.judging.facts import Facts
from models.rules.judging.judge import judge
from models.rules.people.person import Person
from models.rules.times.interval import Interval, LocalTimeMissing, civil_date, civil_day, wall_span, wall_to_utc

USUAL_HOURS = 8 * 60, 18 * 60  # "some time that day" is no hour at which few are there
SHOWN_INSTEAD = 3
MOST_ASKED_WHY = 200
TAKEN = frozenset({"space_taken"})


@dataclass(frozen=True, slots=True)
class Way:
    """The same search with one wish less, and how many places that would give."""

    label: str
    asked: Asked
    number: int


@dataclass(frozen=True, slots=True)
class Found:
    """`proposals`, or where there are none: why not, ways to some, other hours of that day, the first free moments."""

    quest: Quest
    proposals: tuple[Proposal, ...]
    why_not: tuple[str, ...] = ()
    ways: tuple[Way, ...] = ()
    other_hours: tuple[Proposal, ...] = ()
    first: tuple[Proposal, ...] = ()


def seek(asked: Asked, person: Person, house: House, now: datetime) -> Found | None:
    """Two queries where something is found, some ten where not, whatever there is. None: that hour does not exist."""
    try:
        quest = quest_of(asked, person, house, now)
    except LocalTimeMissing:
        return None
    if asked.when == SOONEST:
        found = first_free(quest, house, now)
        return Found(quest, found, ways=() if found else _ways(asked, facts_of(quest, house, now), person, now))
    facts = facts_of(quest, house, now)
    proposals = find(quest, facts, now)
    if proposals:
        return Found(quest, proposals)
    other_hours = _other_hours(asked, quest, house, now)
    return Found(
        quest,
        (),
        _why_not(quest, facts, now) if asked.when == AT else (),
        _ways(asked, facts, person, now),
        other_hours,
        () if other_hours else first_free(quest, house, now, since=asked.date, most=SHOWN_INSTEAD),
    )


def quest_of(asked: Asked, person: Person, house: House, now: datetime) -> Quest:
    near = None if asked.near == ANYWHERE else asked.near
    return Quest(
        person,
        house.building_of(near or person.home_zone),
        _window(asked, house, now),
        timedelta(minutes=asked.minutes),
        asked.attendees,
        kinds=frozenset(filter(None, [asked.kind])),
        layout=asked.layout or None,
        any_layout=True,
        equipment=frozenset(asked.equipment),
        accessible=asked.accessible,
        near=near,
        services=own_services(person, house),
    )


def own_services(person: Person, house: House) -> dict[str, Service]:
    """By kind of space for residents' talks, the service that the booking form fills in for this person."""
    if person.is_outside:
        return {}
    public = {space.kind for space in house.spaces.values() if house.policies[space.code][0][1].traits.receives_public}
    return {
        kind: service
        for kind in public
        for service in services_for(person, house, KINDS[kind].service_channels.get(kind, ()))
        if service.code == person.service
    }


def _window(asked: Asked, house: House, now: datetime) -> Interval:
    if asked.when == SOONEST:
        today = civil_day(civil_date(now, house.zone), house.zone)
        return Interval(today.start, today.start + LONGEST_WINDOW)
    if asked.when == AT:
        start = wall_to_utc(datetime.combine(asked.date, asked.start), house.zone)
        return Interval(start, start + timedelta(minutes=asked.minutes))
    usual = wall_span(asked.date, *USUAL_HOURS, house.zone)
    assert usual is not None, "no clock goes forward by ten hours"
    return usual


def _other_hours(asked: Asked, quest: Quest, house: House, now: datetime) -> tuple[Proposal, ...]:
    """Later that day, else any time of it."""
    day = replace(quest, within=civil_day(asked.date, house.zone))
    facts = facts_of(day, house, now)
    for start in (quest.within.start, day.within.start):
        found = find(replace(day, within=Interval(start, day.within.end)), facts, now, most=SHOWN_INSTEAD)
        if found:
            return found
    return ()


def _why_not(quest: Quest, facts: Facts, now: datetime) -> tuple[str, ...]:
    """What every place that is large enough says of that time, where they all say the same."""
    verdicts = (
        judge(wanted, facts.house.policy(wanted.space, facts.date_of(wanted.during)), facts, now)
        for wanted in islice(hopeful(quest, facts, now), MOST_ASKED_WHY)
    )
    return said_of_all(verdicts, facts.house, TAKEN)


def _ways(asked: Asked, facts: Facts, person: Person, now: datetime) -> tuple[Way, ...]:
    """One wish left out at a time; all of them where that does not help. No query: the hours stay within `facts`."""

    def tried(others: Iterable[tuple[str, Asked]]) -> tuple[Way, ...]:
        found = ((label, other, find(quest_of(other, person, facts.house, now), facts, now)) for label, other in others)
        return tuple(Way(label, other, len(proposals)) for label, other, proposals in found if proposals)

    plain = replace(asked, kind="", layout="", equipment=(), accessible=False)
    ways = tried(_one_wish_less(asked)) + tried(_fewer_people(asked, facts, person, now))[:1]
    return ways or (tried([(_("Without any of these wishes"), plain)]) if plain != asked else ())


def _one_wish_less(asked: Asked) -> Iterator[tuple[str, Asked]]:
    for thing in asked.equipment:
        yield (
            _("Without %(thing)s", thing=thing),
            replace(asked, equipment=tuple(each for each in asked.equipment if each != thing)),
        )
    if asked.layout:
        yield _("Not in layout %(layout)s", layout=layout_word(asked.layout)), replace(asked, layout="")
    if asked.kind:
        yield _("Any kind of place"), replace(asked, kind="")
    shorter = [minutes for minutes in LENGTHS if minutes <= asked.minutes // 2]
    if shorter:
        yield _("For %(length)s", length=length_words(shorter[-1])), replace(asked, minutes=shorter[-1])
    if asked.accessible:
        yield _("Not accessible by wheelchair"), replace(asked, accessible=False)


def _fewer_people(asked: Asked, facts: Facts, person: Person, now: datetime) -> Iterator[tuple[str, Asked]]:
    """The largest parties below this one that some place would take."""
    anyone = replace(quest_of(asked, person, facts.house, now), attendees=None)
    day = facts.date_of(anyone.within)
    policies = [facts.house.policy(space.code, day) for space in facts.house.spaces.values() if anyone.may_be_in(space)]
    sizes = {
        places.limit
        for policy in policies
        for layout, places in policy.by_layout().items()
        if asked.layout in ("", layout)
    }
    for people in sorted((size for size in sizes if 1 <= size < (asked.attendees or 0)), reverse=True)[:SHOWN_INSTEAD]:
        yield _("For %(num)s people", num=people), replace(asked, attendees=people)
