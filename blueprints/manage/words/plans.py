"""A plan as its maker reads it: what changes, whom it displaces and why, and where each of them would go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime

from flask import url_for
from flask_babel import format_date, ngettext
from flask_babel import gettext as _

from blueprints.booking.day import hours_words
from blueprints.booking.messages import (
    equipment_word,
    kind_word,
    layout_word,
    place_name,
    when_words,
)
from blueprints.booking.moved import reason_sentence
from blueprints.booking.show import booking_label
from blueprints.manage.words.capacity import people
from blueprints.manage.words.hours import week_sentence
from blueprints.manage.words.places import field_word, value_word
from blueprints.manage.words.plan_parts import waits_words
from blueprints.manage.words.rules import MODE_WORDS, places_words, rule_title, rule_title_in
from blueprints.web.dates import moment_text
from blueprints.web.language import language
from models.queries.plan_moves import KeptMove
from models.queries.plans import KeptPlan, PlanCounts
from models.rules.bookings.fields import Seen
from models.rules.changes.hours import WeekRow
from models.rules.house.house import House
from models.rules.house.policy import SpacePolicy
from models.rules.people.discretion import Viewer, seen_by
from models.rules.plans.view import reasons_seen
from models.rules.times.interval import Interval, civil_date


def plan_title(plan: KeptPlan, house: House) -> str:
    """Its first change, and how many there are beside it."""
    if not plan.changes:
        return _("Plan %(number)s", number=plan.handle)
    said = change_sentence(plan.changes[0], house)
    more = len(plan.changes) - 1
    return (
        ngettext("%(change)s, and %(num)d change more", "%(change)s, and %(num)d changes more", more, change=said)
        if more
        else said
    )


def change_rows(plan: KeptPlan, house: House) -> list[dict[str, str]]:
    return [{"what": change_sentence(each, house), "when": change_days(each, plan)} for each in plan.changes]


def change_sentence(change: Mapping, house: House) -> str:
    """As the API keeps it. Places that are gone are called by their code."""
    scope = change["scope"]
    sort, _sep, code = scope.partition(":")
    what = "; ".join(_set_words(change["set"], house))
    zone = change["set"].get("zone")
    if sort != "rule":
        place = place_name(scope, house)
    else:
        place = rule_title_in(zone, code, house) if zone else rule_title(code)
    return _("%(place)s: %(what)s", place=place, what=what)


def change_days(change: Mapping, plan: KeptPlan) -> str:
    """From when until when; a change that names no day begins on the day of its plan. A claim says it itself."""
    if "claim" in change["set"]:
        return ""
    first = date.fromisoformat(change["from"]) if change.get("from") else plan.created_at.date()
    last = date.fromisoformat(change["to"]) if change.get("to") else None
    if last is None:
        return _("from %(first)s on", first=_day(first))
    return (
        _("on %(first)s", first=_day(first))
        if last == first
        else _("from %(first)s until and including %(last)s", first=_day(first), last=_day(last))
    )


def _day(day: date) -> str:
    return format_date(day, "d MMMM y")


def _set_words(values: Mapping, house: House) -> Iterator[str]:
    for name, value in values.items():
        if name == "zone":
            continue  # it says where
        if name == "mode" and value is None:
            yield _("as in the whole house")
        elif name == "capacity":
            yield (
                _("no ceiling over the layouts")
                if value is None
                else _("at most %(people)s in every layout", people=people(value))
            )
        elif name == "capacities":
            for layout, number in value.items():
                counts = _("not offered") if number is None else number
                yield f"{layout_word(layout)}: {counts}"
        elif name in _SET:
            yield _SET[name](value, house)
        else:
            yield f"{field_word(name)}: {value_word(name, value)}"


def _items(items: Iterable[str]) -> str:
    return ", ".join(equipment_word(item) for item in items)


def _closure(closure: Mapping) -> str:
    name = closure.get("name") or (closure.get("names") or {}).get(language()) or _("closed")
    if not closure.get("opens"):
        return _("closed: %(name)s", name=name)
    return _(
        "open from %(opens)s until %(closes)s only: %(name)s",
        opens=closure["opens"],
        closes=closure["closes"],
        name=name,
    )


def _week(rows: Iterable[Mapping]) -> str:
    def minute(clock: str) -> int:
        return int(clock[:2]) * 60 + int(clock[3:])

    return week_sentence(
        WeekRow(row["weekday"], minute(row["opens"]), minute(row["closes"]), row["kind"], row.get("week_of_month"))
        for row in rows
    )


def _claim(claim: Mapping, house: House) -> str:
    during = Interval(datetime.fromisoformat(claim["start"]), datetime.fromisoformat(claim["end"]))
    return _(
        "claimed in the name of %(body)s, %(when)s",
        when=when_words(during, house),
        body=place_name(f"precedence:{claim['precedence']}", house),
    )


_SET = {
    "claim": _claim,
    "max_persons": lambda value, _house: _("at most %(people)s at one moment", people=people(value)),
    "active": lambda value, _house: _("in use again") if value else _("out of use"),
    "out_of_service": lambda value, _house: _("does not work: %(items)s", items=_items(value)),
    "in_service": lambda value, _house: _("works again: %(items)s", items=_items(value)),
    "hours": lambda value, _house: _("other opening hours: %(hours)s", hours=_week(value)),
    "closure": lambda value, _house: _closure(value),
    "mode": lambda value, _house: str(MODE_WORDS[value]),
    "parameter": lambda value, _house: _("set to %(value)s", value=value or _("what is usual")),
    "applies_to": places_words,
}


def plan_row(plan: KeptPlan, counts: PlanCounts, house: House) -> dict[str, object]:
    return {
        "title": plan_title(plan, house),
        "url": url_for("manage.plan_one", plan=plan.handle),
        "plan": plan,
        "counts": counts,
        "when": change_days(plan.changes[0], plan) if plan.changes else "",
        "waits": waits_words(plan, house),
        "made": _("%(who)s, %(when)s", who=plan.created_by_name, when=moment_text(plan.created_at)),
    }


def move_row(move: KeptMove, viewer: Viewer, plan: KeptPlan) -> dict[str, object]:
    """One displaced booking as this viewer may see it; of one that is only taken, where it is and where it goes."""
    seen, house = seen_by(viewer, move.booking), viewer.house
    hurdles = [reason_sentence(each, house) for each in reasons_seen(seen, move.hurdles, viewer)]
    return {
        "handle": seen.handle,
        "kind": seen.kind,
        "label": booking_label(seen, kind_word(seen.kind)),
        "url": "" if seen.detail == "busy" else url_for("booking.one", handle=seen.handle),
        "clock": hours_words(seen.during, house),
        "when": when_words(seen.during, house),
        "from_name": name_of(move.from_space, house),
        "from_code": move.from_space,
        "reasons": (reasons := [reason_sentence(each, house) for each in reasons_seen(seen, move.reasons, viewer)]),
        "is_hidden": bool(move.reasons) and not reasons,
        "to": None if move.to_space is None else place_cells(move, move.to_space, seen, house),
        "nearest": name_of(move.nearest, house) if move.nearest and hurdles else "",
        "hurdles": hurdles,
        "by_hand": move.by_hand,
        "told": move.told,
        "consent": move.consent if plan.status == "draft" else None,
        "told_by": move.told_by_name or "",
        "told_at": moment_text(move.told_at) if move.told_at else "",
        "adjust_url": url_for("manage.plan_adjust", plan=plan.handle, handle=seen.handle),
    }


def place_cells(move: KeptMove, to: str, seen: Seen, house: House) -> dict[str, object]:
    """Where it goes and why that is good: the floor, the places, the layout."""
    here, space = house.spaces[move.from_space], house.spaces[to]
    policy = house.policy(space.code, civil_date(move.during.start, house.zone))
    layout = move.layout or policy.default_layout
    return {
        "name": name_of(space.code, house),
        "code": space.code,
        "facts": [*place_facts(policy, layout, space.floor == here.floor, house, shows_layout=seen.detail != "busy")],
        "time": "" if move.during == seen.during else when_words(move.during, house),
        "waits": move.waits,
    }


def place_facts(
    policy: SpacePolicy, layout: str, same_floor: bool, house: House, *, shows_layout: bool = True
) -> Iterator[str]:
    floor = house.floors[policy.floor].names.in_language(language())
    yield _("the same floor") if same_floor else floor
    places = policy.places(layout)
    if places is not None and not policy.traits.one_at_a_time and shows_layout:
        yield ngettext(
            "%(num)d place, %(layout)s", "%(num)d places, %(layout)s", places.limit, layout=layout_word(layout)
        )
    if policy.accessible and shows_layout:
        yield _("accessible by wheelchair")


def name_of(space: str, house: House) -> str:
    found = house.spaces.get(space)
    return found.names.in_language(language()) if found else space


def news_sentence(what: str, seen: Seen, house: House) -> str:
    """What became otherwise of one booking since the plan was made."""
    booking = _(
        "%(title)s (%(place)s, %(when)s)",
        title=booking_label(seen, kind_word(seen.kind)),
        place=name_of(seen.space, house),
        when=when_words(seen.during, house),
    )
    return {
        "added": _("New: %(booking)s no longer fits either.", booking=booking),
        "gone": _("Gone: %(booking)s was cancelled, moved or changed, and is no longer in the way.", booking=booking),
        "changed": _("Changed by its people: %(booking)s.", booking=booking),
        "place_taken": _("Another place: %(booking)s could not keep the one that was meant for it.", booking=booking),
    }[what]


def reason_word(code: str) -> str:
    """A reason in a word or two, where bookings are counted by it."""
    words = {
        "too_many_people": _("too many people for the space"),
        "layout_not_offered": _("the layout is not offered"),
        "shared_space_full": _("the space is full"),
        "zone_full": _("the zone is full"),
        "floor_full": _("the floor is full"),
        "building_full": _("the building is full"),
        "space_taken": _("the space is taken"),
        "person_busy": _("a second desk in the same half-day"),
        "quota_reached": _("above a quota"),
        "few_people": _("too few people for the space"),
        "alone": _("alone in the zone"),
        "neighbourhood_first": _("in somebody else's neighbourhood"),
        "outside_hours": _("outside the hours"),
        "organisation_closed": _("closed"),
        "protected_break": _("in a protected break"),
        "too_late_at_night": _("too late in the evening"),
        "key_holder_needed": _("without a key holder"),
        "panic_button_needed": _("without a panic button"),
        "sightline_needed": _("where nobody can see in"),
        "party_too_large": _("too many clients"),
        "not_accessible": _("not accessible by wheelchair"),
        "refuge_places_full": _("no waiting place on the stairs"),
        "equipment_missing": _("equipment that is not there"),
        "off_grid": _("not on the steps"),
        "too_short": _("too short"),
        "too_long": _("too long"),
        "too_far_ahead": _("too far ahead"),
        "out_of_service": _("out of use"),
        "not_in_use": _("not in use"),
        "not_for_your_organisation": _("not for that organisation"),
    }
    return words.get(code, code.replace("_", " "))
