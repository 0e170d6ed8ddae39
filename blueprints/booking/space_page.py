"""One space as its page tells it: what it is, how many it takes and why no more, its hours and its coming days."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from flask import url_for
from flask_babel import format_date
from flask_babel import gettext as _

from blueprints.booking.announced import announced
from blueprints.booking.day import CLOCK, Day, bookings_of, is_for, open_minutes
from blueprints.booking.kind import SpaceKind
from blueprints.booking.messages import kind_word, layout_word, role_word, rule_word
from blueprints.booking.timeline import Row, Words, line_of, timeline_of
from blueprints.web.language import language
from models.rules.house import Space
from models.rules.interval import Interval, civil_day
from models.rules.policy import SpacePolicy

DAYS_AHEAD = 7


def space_page(kind: SpaceKind, space: Space, day: Day) -> dict[str, object]:
    """Seven days from the date on, from one load of bookings."""
    week = Interval(day.during.start, civil_day(day.date + timedelta(days=DAYS_AHEAD - 1), day.house.zone).end)
    taken = bookings_of([space], week, day.house)[space.code]
    book_url = url_for(f"{kind.name}.book_form", code=space.code)
    rows, words = [], Words()
    for n in range(DAYS_AHEAD):
        each = replace(day, date=day.date + timedelta(days=n))
        here = [booking for booking in taken if booking.during.overlaps(each.during)]
        rows.append((Row(format_date(each.date, "EEEE d MMMM"), f"{kind.prefix}?date={each.date}", "",
                         _("Today") if each.is_today else "", []), line_of(space, each, here, book_url, words)))
    return form_facts(kind, space, day) | {
        "lines": timeline_of(rows),
        "week_text": _("%(first)s to %(last)s", first=format_date(day.date, "d MMMM"), last=format_date(
            day.date + timedelta(days=DAYS_AHEAD - 1), "d MMMM y")),
        "book_url": url_for(f"{kind.name}.book_form", code=space.code, date=day.date.isoformat()),
        "previous_url": _at(kind, space, day, -DAYS_AHEAD), "next_url": _at(kind, space, day, DAYS_AHEAD),
        "today_url": url_for(f"{kind.name}.one_space", code=space.code),
        "here_url": url_for(f"{kind.name}.one_space", code=space.code)}


def form_facts(kind: SpaceKind, space: Space, day: Day) -> dict[str, object]:
    """What the page of a space and the page on which it is booked both say of it."""
    policy, here = day.policy(space), language()
    return {
        "announced": announced(day.house, [space], day.date), "kind": kind, "space": space,
        "name": space.names.in_language(here), "day": day, "facts": _facts(space, day),
        "layouts": _layouts(policy), "equipment": space.equipment, "notes": space.notes,
        "may_book": is_for(space, day.viewer.person) and policy.active,
        "is_for": is_for(space, day.viewer.person), "active": policy.active,
        "space_url": url_for(f"{kind.name}.one_space", code=space.code),
        "list_url": url_for(f"{kind.name}.overview", date=day.date.isoformat()),
        "check_url": url_for(f"{kind.name}.check", code=space.code),
        "in_half_days": policy.in_half_days, "receives_public": policy.traits.receives_public}


def _at(kind: SpaceKind, space: Space, day: Day, days: int) -> str:
    return url_for(f"{kind.name}.one_space", code=space.code, date=(day.date + timedelta(days=days)).isoformat())


def _facts(space: Space, day: Day) -> list[tuple[str, str]]:
    house, policy, here = day.house, day.policy(space), language()
    owner = house.organisations.get(space.owner)
    parts = [house.spaces[part].names.in_language(here) for part in space.parts if part != space.code]
    hours = [f"{CLOCK[first]}–{CLOCK[last]}" for first, last in open_minutes(space, day)]
    return [
        (_("Kind"), kind_word(space.kind)),
        (_("Floor"), house.floors[space.floor].names.in_language(here)),
        (_("Zone"), house.zones[space.zone].names.in_language(here)),
        (_("Organisation"), owner.names.in_language(here) if owner else ""),
        (_("Made of"), ", ".join(parts)),
        (_("Open to you that day"), ", ".join(hours) or _("Closed")),
        (_("How long"), _length_words(policy)),
        (_("How far ahead"), _("%(num)s days", num=policy.advance_days)),
        (_("Shared"), "" if space.exclusive else _("Several groups side by side, up to its places")),
        (_("Approval"), _approval_words(policy)),
        (_("Wheelchair"), _("Accessible") if policy.accessible else _("Not accessible")),
        (_("Hearing loop"), _("Yes") if space.hearing_loop else ""),
        (_("Panic button"), _("Yes") if policy.panic_button else ""),
    ]


def _length_words(policy: SpacePolicy) -> str:
    if policy.in_half_days:
        return _("Morning, afternoon or the whole day")
    return _("%(least)s to %(most)s", least=_clock(policy.min_minutes), most=_clock(policy.max_minutes))


def _clock(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("%(num)s min", num=rest)
    return _("%(hours)s h %(minutes)s", hours=hours, minutes=f"{rest:02}") if rest else _("%(num)s h", num=hours)


def _approval_words(policy: SpacePolicy) -> str:
    if not policy.approval_role:
        return ""
    who = role_word(policy.approval_role)
    return _("By %(who)s, for associations and residents", who=who) if policy.approval_for == "outside" \
        else _("By %(who)s", who=who)


def _layouts(policy: SpacePolicy) -> list[list[str]]:
    """Layout, places, and what makes them no more."""
    if policy.traits.one_person:
        return []
    rows = []
    for layout in sorted(policy.capacities, key=lambda each: (each != policy.default_layout, each)):
        places = policy.places(layout)
        rows.append([layout_word(layout), str(places.limit), rule_word(places.rule)])
    return rows
