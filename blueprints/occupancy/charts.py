"""One place's day as a step chart: quarters of the wall clock along, people up, the limit across."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from blueprints.booking.day import Day, wall_clock
from blueprints.booking.messages import place_name
from blueprints.occupancy.words import figure_words, left_words, people_words, state_words
from models.rules.people.discretion import Viewer
from models.rules.presence.occupancy import Expected, Place, Stretch, highest, level
from models.rules.presence.steps import most_of, told_course

QUARTER = 15
HEIGHT = 100
HEADROOM = 1.12  # above the limit or the peak, so that the line is not the frame


@dataclass(frozen=True, slots=True)
class Course:
    """What is expected in a place on a date, as far as whoever looks at that day may know. `stretches` cover the date
    whole, each with the fewest that there can be; how many that is at most: most()."""

    place: Place
    name: str
    limit: int | None
    stretches: tuple[Stretch, ...]
    viewer: Viewer

    @classmethod
    def of(cls, place: Place, expected: Iterable[Expected], day: Day) -> Course:
        """`expected`: in this place, and perhaps in others."""
        here = [each for each in expected if place.has(day.house.spaces[each.space])]
        return cls(
            place,
            place_name(str(place), day.house),
            place.limit(day.house, day.date),
            told_course(place, here, day.during, day.viewer),
            day.viewer,
        )

    def most(self, persons: int) -> int:
        return most_of(persons, self.place, self.viewer)


def chart(course: Course, hours: tuple[int, int], day: Day) -> dict:
    """For components of templates/occupancy/charts.html: drawn, and said in words and in a table."""
    peak = highest(course.stretches)
    persons = peak.persons or 0
    state = level(persons, course.limit)
    return {
        "scope": course.place.sort,
        "code": course.place.code,
        "name": course.name,
        "limit": course.limit,
        "peak": persons,
        "state": state,
        "state_words": state_words(state),
        "sentence": _sentence(persons, peak, course, day),
        "rows": _rows(course, day),
        "is_untold": any(each.persons is None for each in course.stretches),
        "is_empty": all(each.persons == 0 for each in course.stretches),
        **_drawing(course, persons, hours, day),
    }


def hours_shown(courses: Sequence[Course], day: Day, opens: int, closes: int) -> tuple[int, int]:
    """The usual hours of the chart, wider where somebody is expected beyond them."""
    busy = [each for course in courses for each in course.stretches if each.persons != 0]
    first = min((day.minute(each.during.start) for each in busy), default=opens * 60)
    last = max((day.minute(each.during.end) for each in busy), default=closes * 60)
    return min(opens, first // 60), max(closes, -(-last // 60))


def _sentence(persons: int, peak: Stretch, course: Course, day: Day) -> str:
    """The peak, when it is, and how many more could come then."""
    limit, most = course.limit, course.most(persons)
    if most and not persons:
        if limit is None:
            return _("At most %(most)s people are expected.", most=most)
        return _(
            "At most %(most)s people are expected: room for at least %(left)s.", most=most, left=max(limit - most, 0)
        )
    if not persons:
        return (
            _("Nobody is expected.")
            if limit is None
            else ngettext("Nobody is expected: room for %(num)d.", "Nobody is expected: room for %(num)d.", limit)
        )
    facts = {
        "people": people_words(persons, most),
        "start": wall_clock(peak.during.start, day.house),
        "end": wall_clock(peak.during.end, day.house),
    }
    said = _("Most people from %(start)s to %(end)s: %(people)s.", **facts)
    return said if limit is None else f"{said} {_room_left(persons, most, limit)}".rstrip()


def _room_left(persons: int, most: int, limit: int) -> str:
    """For the time of the peak; of what is not certain the least, and nothing where that is none."""
    left = limit - most
    if most != persons:
        return (
            ngettext("Room for at least %(num)d more then.", "Room for at least %(num)d more then.", left)
            if left > 0
            else ""
        )
    if left == 0:
        return _("Nobody more can come then.")
    if left > 0:
        return ngettext("Room for %(num)d more then.", "Room for %(num)d more then.", left)
    return ngettext("That is %(num)d too many.", "That is %(num)d too many.", -left)


def _rows(course: Course, day: Day) -> list[list[str]]:
    """From, until, people, room left; without the quiet hours before the first and after the last."""
    busy = [number for number, each in enumerate(course.stretches) if each.persons != 0]
    shown = course.stretches[busy[0] : busy[-1] + 1] if busy else ()
    rows = []
    for each in shown:
        end = "24:00" if each.during.end == day.during.end else wall_clock(each.during.end, day.house)
        hours = _("%(start)s–%(end)s", start=wall_clock(each.during.start, day.house), end=end)
        if each.persons is None:
            rows.append([hours, _("taken"), ""])
        else:
            most = course.most(each.persons)
            rows.append([hours, figure_words(each.persons, most), left_words(each.persons, most, course.limit)])
    return rows


def _drawing(course: Course, peak: int, hours: tuple[int, int], day: Day) -> dict:
    """Paths in a field of one unit per quarter and HEIGHT up; it is stretched to the width there is."""
    first, last = hours[0] * 4, hours[1] * 4
    top = max(course.limit or 0, peak, 1) * HEADROOM

    def height(persons: int) -> float:
        return round(HEIGHT - HEIGHT * persons / top, 1)

    told = [0] * (last - first)
    untold = []
    for each in course.stretches:
        start = max(day.minute(each.during.start) // QUARTER, first) - first
        end = min(-(-day.minute(each.during.end) // QUARTER), last) - first
        if each.persons is None and start < end:
            untold.append({"x": start, "width": end - start})
        for quarter in range(start, end):
            told[quarter] = max(told[quarter], each.persons or 0)
    limit = course.limit
    over = [max(persons - limit, 0) and persons for persons in told] if limit is not None else []
    return {
        "width": last - first,
        "height": HEIGHT,
        "area": _steps(told, height),
        "over": _steps(over, height, floor=height(limit)) if limit is not None and any(over) else "",
        "untold": untold,
        "limit_at": None if limit is None else height(limit),
        "untold_at": height(limit or peak or 1),
        "now_at": _now_at(first, last, day),
        "hours": list(range(*hours)),
    }


def _now_at(first: int, last: int, day: Day) -> int | None:
    quarter = None if day.now_minute is None else day.now_minute // QUARTER
    return quarter - first if quarter is not None and first <= quarter < last else None


def _steps(quarters: Sequence[int], height: Callable[[int], float], floor: float = HEIGHT) -> str:
    """A closed path along these numbers, one step wherever the number changes."""
    path, before = [f"M0 {floor:g}"], None
    for number, persons in enumerate(quarters):
        if persons != before:
            path.append(f"H{number}V{(height(persons) if persons else floor):g}")
            before = persons
    return f"{''.join(path)}H{len(quarters)}V{floor:g}Z"
