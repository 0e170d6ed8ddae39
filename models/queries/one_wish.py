"""What one wish must be judged against, and no more: what else its place and its organiser have near its time, and how
many people are in its zone, on its floor and in its building.

Facts of a whole building, of which any of its spaces can be judged, are those of taken.py: the verdict on this one is
the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from models.queries.standing import groups_around, met_in, standing
from models.queries.taken import counted_near, held_by
from models.rules.house.house import House
from models.rules.judging.facts import Facts, Wanted
from models.rules.judging.gathered import Group, near
from models.rules.times.interval import Interval, joined


def facts_of(wanted: Wanted, house: House, now: datetime, windows: Sequence[Interval] = ()) -> Facts:
    """At its own time, or within others. No other space may be judged by them, and no booking be taken out of them.

    Two queries, however many the windows. One more where a quota of the organiser's is about that kind of space; one
    more for windows that touch the present.
    """
    space, organiser, without = house.spaces[wanted.space], wanted.organiser, wanted.replaces
    windows, wide = windows or (wanted.during,), house.widest_buffer
    stretches = joined(window.widened(wide, wide) for window in windows)
    counted = counted_near(stretches, house, now)
    held = held_by(house, windows, organiser, wanted.service, (space.kind,), now)
    # Where people were counted, it must be known who of them has booked.
    places = met_in([space.code], house) | {house.spaces[each.space].id for each in counted}
    taken = standing(house, places, organiser.id, stretches, without=without)
    return Facts(house, taken, None, held, counted, Around(groups_around(space, stretches, without=without)))


@dataclass(frozen=True, slots=True)
class Around:
    """Who is there near any of the times asked about. Two are equal where they know the same: so are facts."""

    groups: tuple[Group, ...]

    def __call__(self, during: Interval) -> Sequence[Group]:
        return near(self.groups, during)
