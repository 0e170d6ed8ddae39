"""The week as its page says it: what is missing and what does not go together in words, never by colour alone."""

from __future__ import annotations

from datetime import date, timedelta

from flask_babel import gettext as _
from flask_babel import ngettext

from blueprints.booking.day import hours_words
from blueprints.booking.messages import short_length
from blueprints.manage.roster.week import RosterWeek
from blueprints.web.dates import day_text
from blueprints.web.language import language
from models.queries.roster import away_from, talks_by_service
from models.rules.house.house import Space
from models.rules.roster.capacity import booked, planned
from models.rules.roster.clashes import in_two_places
from models.rules.roster.duties import HALF_DAYS, Duty, HalfDay, hours_of
from models.rules.roster.placing import is_anothers
from models.rules.times.interval import Interval, civil_date, civil_day

MINUTE = timedelta(minutes=1)


def shown(week: RosterWeek, chosen: str) -> dict[str, object]:
    """All that the page says; `chosen`: the half-day that is being planned."""
    days = [_day(week, day, chosen) for day in week.dates]
    cells = [cell for day in days for half in day["halves"] for cell in half["cells"]]
    return {
        "days": days,
        "points": _points(cells),
        "capacity": _capacity(week),
        "days_head": [day_text(day, "EEE d") for day in week.dates],
        "away": _away(week),
        "colleagues": [(each.username, each.name) for each in week.colleagues],
        "title": _("Week %(number)s", number=week.monday.isocalendar().week),
        "when": _("%(first)s to %(last)s", first=day_text(week.monday), last=day_text(week.monday + timedelta(6))),
        "earlier": week.address(week.monday - timedelta(7)),
        "later": week.address(week.monday + timedelta(7)),
        "may_copy": bool(week.dates) and week.dates[-1] >= week.today,
    }


def _day(week: RosterWeek, day: date, chosen: str) -> dict:
    doubles = {each for pair in in_two_places(week.duties[day]) for each in pair}
    return {
        "label": day_text(day),
        "is_today": day == week.today,
        "halves": [
            {
                "label": _("Morning") if half_day == "am" else _("Afternoon"),
                "hours": ", ".join(hours_words(each, week.house) for each in hours),
                "cells": [
                    _cell(week, day, half_day, each, doubles, chosen)
                    for each in week.counters
                    if hours_of(half_day, day, each, week.house, week.person.organisation)
                ],
            }
            for half_day in HALF_DAYS
            if (hours := week.hours(half_day, day))
        ],
    }


def _cell(week: RosterWeek, day: date, half_day: HalfDay, counter: Space, doubles: set[Duty], chosen: str) -> dict:
    duty, at = week.duty_at(day, half_day, counter.code), f"{day.isoformat()}.{half_day}.{counter.code}"
    theirs = is_anothers(duty, week.own)
    may = not theirs and day >= week.today
    person = None if duty is None or theirs else week.people.get(duty.person_id or 0)
    away = person is not None and person.id in week.week.away_on(day)
    return {
        "code": counter.code,
        "id": at.replace(".", "-"),
        "url": week.address(week.monday, at=at, anchor="plan") if may else "",
        "is_chosen": at == chosen,
        "service": _service_word(week, duty, theirs=theirs),
        "person": person.name if person else "",
        "is_none": duty is None,
        "is_theirs": theirs,
        "is_gap": duty is not None and not theirs and person is None,
        "is_away": away,
        "elsewhere": _elsewhere(duty, week.duties[day]) if duty in doubles and not theirs else "",
    }


def _service_word(week: RosterWeek, duty: Duty | None, *, theirs: bool) -> str:
    """Of another organisation's duty nothing but that the counter is taken."""
    if duty is None:
        return ""
    service = week.house.services[duty.service]
    if theirs and service.organisation != week.person.organisation:
        return _("Taken")
    return service.names.in_language(language())


def _capacity(week: RosterWeek) -> list[list[str]]:
    """By service and day, how long somebody is there, and how much of it is booked."""
    if not week.dates:
        return []
    whole = Interval(civil_day(week.dates[0], week.house.zone).start, civil_day(week.dates[-1], week.house.zone).end)
    talks = talks_by_service(week.own, whole)
    there, taken = {}, {}
    for day in week.dates:
        there[day] = planned(week.duties[day], week.week.away_on(day))
        begun = [each for each in talks if civil_date(each[1].start, week.house.zone) == day]
        taken[day] = booked(begun)
    services = [code for code in week.house.services if code in week.own]
    return [
        [
            week.house.services[code].names.in_language(language()),
            *(_share(taken[day].get(code), there[day].get(code)) for day in week.dates),
        ]
        for code in services
        if any(code in there[day] or code in taken[day] for day in week.dates)
    ]


def _away(week: RosterWeek) -> list[dict]:
    people = {each.id: each for each in week.colleagues}
    return [
        {
            "name": people[each.person_id].name,
            "username": people[each.person_id].username,
            "first": each.first.isoformat(),
            "when": day_text(each.first)
            if each.first == each.last
            else _("%(first)s to %(last)s", first=day_text(each.first), last=day_text(each.last)),
        }
        for each in away_from(min(week.today, week.monday), people)
    ]


def _points(cells: list[dict]) -> list[dict]:
    """What needs looking at, in words, each with the way to the first of them."""
    found = (
        ("is_gap", lambda number: ngettext("%(num)d duty has nobody yet", "%(num)d duties have nobody yet", number)),
        ("is_away", lambda number: ngettext("%(num)d duty of somebody away", "%(num)d duties of people away", number)),
        ("elsewhere", lambda number: ngettext("%(num)d duty in two places", "%(num)d duties in two places", number)),
        (
            "is_none",
            lambda number: ngettext("%(num)d counter without a duty", "%(num)d counters without a duty", number),
        ),
    )
    points = []
    for name, said in found:
        theirs = [cell for cell in cells if cell[name]]
        if theirs:
            points.append({"said": said(len(theirs)), "url": f"#{theirs[0]['id']}", "is_mild": name == "is_none"})
    return points


def _elsewhere(duty: Duty | None, duties: list[Duty]) -> str:
    """The other counters at which the same person is at that time."""
    pairs = [pair for pair in in_two_places(duties) if duty in pair]
    return ", ".join(sorted({each.counter for pair in pairs for each in pair if each is not duty}))


def _share(taken: timedelta | None, there: timedelta | None) -> str:
    if taken is None and there is None:
        return "–"
    return _(
        "%(booked)s of %(planned)s",
        booked=short_length((taken or timedelta()) // MINUTE),
        planned=short_length((there or timedelta()) // MINUTE),
    )
