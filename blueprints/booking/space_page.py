"""One space as its page tells it: what it is, how many it takes and why no more, its hours and its coming days."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from flask import url_for
from flask_babel import gettext as _

from blueprints.booking.alike import GRID
from blueprints.booking.announced import announced
from blueprints.booking.crisis import set_aside
from blueprints.booking.day import CLOCK, Day, date_words
from blueprints.booking.horizon import not_yet
from blueprints.booking.kind import SpaceKind
from blueprints.booking.lanes import head, timeline_of
from blueprints.booking.messages import kind_word, layout_word, role_word, rule_word, short_length
from blueprints.booking.timeline import Words, line_of
from blueprints.web.dates import DAY, with_year
from blueprints.web.language import language
from blueprints.web.ready_pages import made_of
from models.queries.timelines import bookings_by_day
from models.rules.finding.untaken import untaken
from models.rules.house.house import Space
from models.rules.house.policy import SpacePolicy
from models.rules.people.discretion import is_told_times_of
from models.rules.people.outsiders import may_book_in

DAYS_AHEAD = 7


def space_page(kind: SpaceKind, space: Space, day: Day) -> dict[str, object]:
    """Seven days from the date on, from one load of bookings; of these only such of which this person may know when
    it is taken: days that look closed would say what is not true."""
    last = day.later(DAYS_AHEAD - 1)
    coming = (day.later(n) for n in range(DAYS_AHEAD))
    days = [each for each in coming if is_told_times_of(day.viewer, space, each.during, day.now)]
    book_url = url_for(f"{kind.name}.book_form", code=space.code)
    made_of([space], [day, last], minutes=GRID)
    words = Words()
    lines = [
        line_of(
            space,
            each,
            here,
            book_url,
            words,
            head=head(
                date_words(each.date, with_year(DAY, each.date)),
                f"{kind.address}?date={each.date}",
                "",
                _("Today") if each.is_today else "",
            ),
        )
        for each, here in zip(days, bookings_by_day([space], days)[space.code], strict=True)
    ]
    return form_facts(kind, space, day) | {
        "lines": timeline_of(lines) if lines else None,
        "not_yet": not_yet([space], day, partial(url_for, f"{kind.name}.one_space", code=space.code)),
        "week_text": _(
            "%(first)s to %(last)s", first=date_words(day.date, "d MMMM"), last=date_words(last.date, "d MMMM y")
        ),
        "book_url": url_for(f"{kind.name}.book_form", code=space.code, date=day.date.isoformat()),
        "previous_url": _at(kind, space, day, -DAYS_AHEAD),
        "next_url": _at(kind, space, day, DAYS_AHEAD),
        "today_url": url_for(f"{kind.name}.one_space", code=space.code),
        "here_url": url_for(f"{kind.name}.one_space", code=space.code),
    }


def form_facts(kind: SpaceKind, space: Space, day: Day) -> dict[str, object]:
    """What the page of a space and the page on which it is booked both say of it."""
    policy, here = day.policy(space), language()
    return {
        "announced": announced(day.house, [space], day.date),
        "kind": kind,
        "space": space,
        "name": space.names.in_language(here),
        "day": day,
        "facts": _facts(space, day),
        "layouts": _layouts(policy),
        "equipment": space.equipment,
        "notes": space.notes if may_book_in(day.person, space) else None,  # written for those who work there
        "may_book": may_book_in(day.person, space) and policy.active,
        "is_for": may_book_in(day.person, space),
        "active": policy.active,
        "aside": set_aside(policy, day),
        "space_url": url_for(f"{kind.name}.one_space", code=space.code),
        "list_url": url_for(f"{kind.name}.overview", date=day.date.isoformat()),
        "check_url": url_for(f"{kind.name}.check", code=space.code),
        "in_half_days": policy.in_half_days,
        "receives_public": policy.traits.receives_public,
    }


def _at(kind: SpaceKind, space: Space, day: Day, days: int) -> str:
    return url_for(f"{kind.name}.one_space", code=space.code, date=(day.date + timedelta(days=days)).isoformat())


def _facts(space: Space, day: Day) -> list[tuple[str, str]]:
    house, policy, here = day.house, day.policy(space), language()
    owner = house.organisations.get(space.owner or "")
    parts = [house.spaces[part].names.in_language(here) for part in space.parts if part != space.code]
    hours = [f"{CLOCK[first]}–{CLOCK[last]}" for first, last in map(day.on_wall, untaken(policy, day).hours)]
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
        (_("Panic button"), _("Yes") if policy.panic_button and may_book_in(day.person, space) else ""),
    ]


def _length_words(policy: SpacePolicy) -> str:
    if policy.in_half_days:
        return _("Morning, afternoon or the whole day")
    return _("%(least)s to %(most)s", least=short_length(policy.min_minutes), most=short_length(policy.max_minutes))


def _approval_words(policy: SpacePolicy) -> str:
    if not policy.approval_role:
        return ""
    who = role_word(policy.approval_role)
    return (
        _("By %(who)s, for associations and residents", who=who)
        if policy.approval_for == "outside"
        else _("By %(who)s", who=who)
    )


def _layouts(policy: SpacePolicy) -> list[list[str]]:
    """Layout, places, and what makes them no more."""
    if policy.traits.one_person:
        return []
    rows = []
    for layout, places in sorted(
        policy.by_layout().items(), key=lambda each: (each[0] != policy.default_layout, each[0])
    ):
        rows.append([layout_word(layout), str(places.limit), rule_word(places.rule)])
    return rows
