"""Which of several free places suits best: marks from 0 to 1, weighed into a fit from 0 to 100.

mark      weight  1 where …                                             otherwise
places        32  every place is used                                   the share used; a half in a shared space
soon          16  it begins as early as anything could                  1/2 four hours later, 1/3 after eight
meant         14  asked for by kind, or no place for residents' talks   0, as with fewer people than it is meant for
near          12  in the zone one wants to be near                      .6 on its floor, .2 elsewhere in the building
at_once       12  it waits for nobody's approval                        0
own            6  it belongs to one's own organisation                  .5 where it is everyone's, else 0
               near and own are 0 for a desk in the neighbourhood of other services, so that it comes last (R16)
usual_layout   4  it stands as it usually does                          0
round_start    2  it begins on the hour                                 .5 on the half hour
spares         2  it has what one likes to sit at, and leaves           .5 for either
                  accessible places to who needs them
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from models.rules.finding.quest import Quest
from models.rules.house.house import House, Space
from models.rules.house.policy import SpacePolicy
from models.rules.judging.for_whom import is_others_neighbourhood

WEIGHTS = {
    "places": 32,
    "soon": 16,
    "meant": 14,
    "near": 12,
    "at_once": 12,
    "own": 6,
    "usual_layout": 4,
    "round_start": 2,
    "spares": 2,
}
USUAL_PARTY = 4  # where nobody says how many come
SAME_FLOOR, SAME_BUILDING = 0.6, 0.2
HALF_AS_SOON = timedelta(hours=4)
JUST_RIGHT, LARGE = 0.75, 0.4  # the share of its places that is used
SPARE_AT_MOST = 1
# Reasons that speak against it; they are told all the same.
DRAWBACKS = frozenset({"large", "few_people", "shared", "for_residents", "other_layout", "waits"})


@dataclass(frozen=True, slots=True)
class Setting:
    """A space as it would be booked on a date, whatever the hour."""

    space: Space
    policy: SpacePolicy
    layout: str
    waits: bool

    @property
    def places(self) -> int:
        return self.policy.most_in(self.layout)


def standing_fit(setting: Setting, quest: Quest, house: House) -> float:
    """The part of a fit that the hour does not change."""
    space, policy = setting.space, setting.policy
    return (
        WEIGHTS["places"] * _share_used(setting, quest)
        + WEIGHTS["near"] * (0 if _is_others(setting, quest, house) else _nearness(space, quest, house))
        + WEIGHTS["at_once"] * (not setting.waits)
        + WEIGHTS["meant"] * (_is_meant(space, policy, quest) and not _are_few(policy, quest))
        + WEIGHTS["own"] * _belongs(setting, quest, house)
        + WEIGHTS["usual_layout"] * (setting.layout == policy.default_layout or quest.layout is not None)
        + WEIGHTS["spares"] * _spares(space, policy, quest)
    )


def timely_fit(start: datetime, earliest: datetime, house: House) -> float:
    """The part that the hour adds. `earliest`: the first start that any space has."""
    minute = start.astimezone(house.zone).minute
    return WEIGHTS["soon"] / (1 + (start - earliest) / HALF_AS_SOON) + WEIGHTS["round_start"] * (
        1 if minute == 0 else 0.5 if minute == 30 else 0
    )


def reasons_for(setting: Setting, quest: Quest, house: House) -> Iterator[str]:
    """Why it ranks where it does, the most telling first; what the hour has to do with it is for others to say."""
    space, policy = setting.space, setting.policy
    if size := _size_reason(setting, quest):
        yield size
    if quest.equipment:
        yield "equipment"
    if _is_liked(space, quest):
        yield "liked"
    if quest.accessible:
        yield "accessible"
    if nearness := _nearness_reason(space, quest, house):
        yield nearness
    if space.owner is not None and space.owner == quest.person.organisation:
        yield "own"
    if quest.layout is not None:
        yield "layout"
    elif setting.layout != policy.default_layout:
        yield "other_layout"
    if not _is_meant(space, policy, quest):
        yield "for_residents"
    if setting.waits:
        yield "waits"


def _size_reason(setting: Setting, quest: Quest) -> str | None:
    policy = setting.policy
    if not setting.space.exclusive:
        return "shared"
    if quest.attendees is None or policy.traits.one_person:
        return None
    if _are_few(policy, quest):
        return "few_people"
    share = _share_used(setting, quest)
    if share >= JUST_RIGHT or setting.places - quest.attendees <= SPARE_AT_MOST:
        return "just_right"
    return "large" if share < LARGE else None


def _nearness_reason(space: Space, quest: Quest, house: House) -> str | None:
    if quest.near is not None and space.zone == quest.near:
        return "same_zone"
    return "same_floor" if _nearness(space, quest, house) == SAME_FLOOR else None


def _share_used(setting: Setting, quest: Quest) -> float:
    """Of its places. A shared space stays open to others: its size is no waste, and no comfort either. Where nobody
    says how many come, size counts for half."""
    if not setting.space.exclusive:
        return 0.5
    if quest.attendees is not None:
        return quest.attendees / setting.places
    if setting.policy.traits.one_person:
        return 1
    return 0.5 + 0.5 * min(USUAL_PARTY / setting.places, setting.places / USUAL_PARTY)


def _belongs(setting: Setting, quest: Quest, house: House) -> float:
    if _is_others(setting, quest, house):
        return 0
    owner = setting.space.owner
    return 1 if owner == quest.person.organisation else 0 if owner else 0.5


def _is_others(setting: Setting, quest: Quest, house: House) -> bool:
    return setting.policy.traits.one_at_a_time and is_others_neighbourhood(setting.space.zone, quest.person, house)


def _nearness(space: Space, quest: Quest, house: House) -> float:
    wished = house.zones.get(quest.near or "")
    if wished is None or space.zone == wished.code:
        return 1
    return SAME_FLOOR if space.floor == wished.floor else SAME_BUILDING


def _is_meant(space: Space, policy: SpacePolicy, quest: Quest) -> bool:
    return space.kind in quest.kinds or not policy.traits.receives_public


def _are_few(policy: SpacePolicy, quest: Quest) -> bool:
    return quest.attendees is not None and quest.attendees < policy.min_attendees


def _is_liked(space: Space, quest: Quest) -> bool:
    return quest.person.preferred_equipment is not None and quest.person.preferred_equipment in space.equipment


def _spares(space: Space, policy: SpacePolicy, quest: Quest) -> float:
    suits = quest.person.preferred_equipment is None or _is_liked(space, quest)
    return 0.5 * suits + 0.5 * (quest.accessible == policy.accessible)
