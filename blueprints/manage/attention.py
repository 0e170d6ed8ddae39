"""What asks for a manager's attention, first things first: how many, the first few, and where it is mended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from flask import url_for
from flask_babel import format_date, format_datetime, ngettext
from flask_babel import gettext as _

from blueprints.booking.messages import equipment_word, place_name
from blueprints.manage.words.capacity import above_rows, booking_cells
from blueprints.manage.words.hours import closed_words
from blueprints.manage.words.plans import plan_row
from blueprints.manage.words.quotas import kind_words, used_words, whose_words
from blueprints.manage.words.rules import rule_address, rule_title, rule_title_in, rule_words
from blueprints.web.dates import day_text, moment_text
from models.queries.above import all_above
from models.queries.bookings import bookings_awaiting
from models.queries.devices import Listed, devices_in
from models.queries.effects import Effects
from models.queries.plans import counts_of, plans_page
from models.queries.quotas import used
from models.queries.unfit import bookings_on_closing_days
from models.rules.bookings.fields import Booked
from models.rules.changes.attention import (
    HORIZON,
    closures_ahead,
    is_nearly_used,
    is_pressing,
    out_of_order,
    rules_turning,
)
from models.rules.house.house import House, Outage
from models.rules.house.quota import period_of
from models.rules.people.discretion import Viewer
from models.rules.people.person import Person
from models.rules.people.rights import LIMIT_SETTERS, holds, may_see_quota, may_set_capacity_of, zones_to_pair
from models.rules.plans.view import is_finished
from models.rules.times.interval import civil_date

MOST_SHOWN, MOST_BUDGETS, MOST_PLANS = 5, 20, 50


@dataclass(frozen=True, slots=True)
class Point:
    """`rows`: the first few, as manage/attention.html shows them. `url` and `label`: where it is mended. `tone`: how
    hard it presses. `template`: above, or plain rows {title, url, facts, badge, tone}."""

    title: str
    icon: str
    count: int
    rows: list[dict] = field(default_factory=list)
    url: str = ""
    label: str = ""
    tone: str = "info"
    kind: str = "rows"

    @property
    def more(self) -> int:
        return max(self.count - len(self.rows), 0)


def points(person: Person, house: House, now: datetime) -> list[Point]:
    """In the order of their weight; what asks for nothing is not among them. Some sixteen queries, and one for each
    shared budget of today, twenty at most."""
    viewer, today = Viewer.of(person, house), civil_date(now, house.zone)
    return [
        point
        for point in (
            _above(person, viewer, now),
            _awaiting(person, viewer, now),
            _out_of_order(person, house, today),
            _silent(person, house, now),
            _rules_turning(person, house, today),
            _budgets(person, house, now),
            _plans(person, viewer),
            _on_closing_days(person, viewer, today, now),
            _closing(person, house, today),
        )
        if point and point.count
    ]


def _above(person: Person, viewer: Viewer, now: datetime) -> Point:
    house = viewer.house
    found = Effects(above=all_above(house, now)).within_reach_of(person, house).listed_for(viewer)
    count = len(found.displaced)
    return Point(
        ngettext("%(num)s booking stands above a limit", "%(num)s bookings stand above a limit", count),
        "people",
        count,
        above_rows(found.above[:MOST_SHOWN], viewer),
        tone="warn",
        kind="above",
        **_link(person, "make_plans", "manage.plans", _("Find them another place")),
    )


def _awaiting(person: Person, viewer: Viewer, now: datetime) -> Point | None:
    if not holds(person, "see_approvals"):
        return None
    found = bookings_awaiting(person.roles, now)
    pressing = [booking for booking in found if is_pressing(booking, now)]
    shown = [*pressing, *(booking for booking in found if booking not in pressing)][:MOST_SHOWN]
    count = len(found)
    return Point(
        ngettext("%(num)s booking waits for your word", "%(num)s bookings wait for your word", count),
        "pending",
        count,
        [_awaited(booking, viewer, now) for booking in shown],
        url_for("booking.approvals"),
        _("Look at the requests"),
        "warn" if pressing else "info",
    )


def _awaited(booking: Booked, viewer: Viewer, now: datetime) -> dict:
    cells = booking_cells(booking, viewer)
    row = _plain(cells)
    if booking.during.start <= now:
        return row | {"badge": _("Has begun already"), "tone": "bad"}
    if not is_pressing(booking, now):
        return row
    until = min(filter(None, (booking.during.start, booking.hold_until)))
    if until <= now:
        return row | {"badge": _("Its time is over"), "tone": "bad"}
    return row | {"badge": _("Until %(when)s", when=format_datetime(until, "EEE d MMM HH:mm")), "tone": "warn"}


def _out_of_order(person: Person, house: House, today: date) -> Point:
    found = [outage for outage in out_of_order(house, today) if _concerns(person, outage, house)]
    return Point(
        ngettext("%(num)s thing is out of order", "%(num)s things are out of order", len(found)),
        "warning",
        len(found),
        [_outage(each, house, today) for each in found[:MOST_SHOWN]],
        tone="warn",
        **_link(person, "make_plans", "manage.plans", _("To the plans")),
    )


def _concerns(person: Person, outage: Outage, house: House) -> bool:
    owner = house.spaces[outage.code].owner if outage.scope == "space" and outage.code in house.spaces else None
    return may_set_capacity_of(person, owner)


def _outage(outage: Outage, house: House, today: date) -> dict:
    until = (
        _("until and including %(day)s", day=_day(outage.valid_to)) if outage.valid_to else _("nobody knows how long")
    )
    since = (
        _("since %(day)s", day=_day(outage.valid_from))
        if outage.valid_from <= today
        else _("from %(day)s on", day=_day(outage.valid_from))
    )
    return {
        "title": _(
            "%(place)s: %(what)s",
            place=place_name(f"{outage.scope}:{outage.code}", house),
            what=equipment_word(outage.item),
        ),
        "url": url_for("manage.place", code=outage.code) if outage.scope == "space" else "",
        "facts": [since, until],
    }


def _silent(person: Person, house: House, now: datetime) -> Point:
    found = [each for each in devices_in(zones_to_pair(person, house)) if each.is_silent(now)]
    return Point(
        ngettext("%(num)s screen is silent", "%(num)s screens are silent", len(found)),
        "screen",
        len(found),
        [
            {
                "title": each.name,
                "url": "",
                "facts": [place_name(f"zone:{each.zone}", house), _last_heard(each)],
            }
            for each in found[:MOST_SHOWN]
        ],
        tone="warn",
        **_link(person, "pair_devices", "manage.devices", _("To the screens")),
    )


def _last_heard(device: Listed) -> str:
    return _("last heard %(when)s", when=moment_text(device.last_used_at)) if device.last_used_at else ""


def _rules_turning(person: Person, house: House, today: date) -> Point | None:
    if not holds(person, "see_rules"):
        return None
    found = rules_turning(house, today)
    return Point(
        ngettext("%(num)s rule changes within 30 days", "%(num)s rules change within 30 days", len(found)),
        "shield",
        len(found),
        [
            {
                "title": rule_title_in(zone, rule.code, house) if zone else rule_title(rule.code),
                "url": rule_address(rule.code, zone),
                "facts": [_("from %(day)s on", day=_day(rule.valid_from)), rule_words(rule, house, zone)],
            }
            for rule, zone in found[:MOST_SHOWN]
        ],
        url_for("manage.rules"),
        _("To the rules"),
    )


def _budgets(person: Person, house: House, now: datetime) -> Point | None:
    """One query for each budget that people share."""
    today = civil_date(now, house.zone)
    shared = [
        quota
        for quota in house.quotas
        if quota.is_shared and quota.holds_on(today) and may_see_quota(person, quota, house)
    ][:MOST_BUDGETS]
    taken = [(quota, used(quota, period_of(quota.period, today, house.zone), house, now)) for quota in shared]
    found = [(quota, amount) for quota, amount in taken if is_nearly_used(quota, amount)]
    return Point(
        ngettext("%(num)s budget is nearly used", "%(num)s budgets are nearly used", len(found)),
        "chart",
        len(found),
        [
            {
                "title": whose_words(quota, house),
                "url": "",
                "facts": [kind_words(quota), used_words(quota, amount)],
            }
            for quota, amount in found[:MOST_SHOWN]
        ],
        **_link(person, "see_quotas", "manage.quotas", _("To the quotas")),
    )


def _plans(person: Person, viewer: Viewer) -> Point | None:
    if not holds(person, "make_plans"):
        return None
    own = None if person.roles & LIMIT_SETTERS else person.organisation
    drafts = plans_page(status="draft", limit=MOST_PLANS, organisation=own)
    applied = plans_page(status="applied", limit=MOST_PLANS, organisation=own)
    counts = counts_of([plan.id for plan in (*drafts, *applied)], viewer) if drafts or applied else {}
    found = [*(plan for plan in applied if not is_finished(plan.status, counts[plan.id])), *drafts]
    return Point(
        ngettext("%(num)s plan is not finished", "%(num)s plans are not finished", len(found)),
        "plan",
        len(found),
        list(_plan_rows(found[:MOST_SHOWN], counts, viewer.house)),
        url_for("manage.plans"),
        _("To the plans"),
    )


def _plan_rows(plans: Iterable, counts: dict, house: House) -> Iterator[dict]:
    for plan in plans:
        row, to_tell = plan_row(plan, counts[plan.id], house), counts[plan.id].to_tell
        yield {
            "title": row["title"],
            "url": row["url"],
            "facts": [
                _("Applied, people are still to be told") if plan.status == "applied" else _("Not applied yet"),
                *([ngettext("%(num)d still to tell", "%(num)d still to tell", to_tell)] if to_tell else []),
            ],
        }


def _on_closing_days(person: Person, viewer: Viewer, today: date, now: datetime) -> Point:
    house = viewer.house
    days = closures_ahead(house, today, HORIZON)
    standing = Effects(unfit=bookings_on_closing_days(days, house, now) if days else ())
    found = standing.within_reach_of(person, house).listed_for(viewer)
    count = len(found.unfit)
    return Point(
        ngettext("%(num)s booking stands on a closing day", "%(num)s bookings stand on closing days", count),
        "calendar",
        count,
        [_plain(booking_cells(each.booking, viewer)) for each in found.unfit[:MOST_SHOWN]],
        tone="warn",
        **_link(person, "set_closures", "manage.closures", _("To the closures")),
    )


def _plain(cells: dict) -> dict:
    return {
        "title": cells["title"],
        "url": cells["url"],
        "facts": [cells["when"], f"{cells['space']} ({cells['code']})"],
    }


def _closing(person: Person, house: House, today: date) -> Point | None:
    if not holds(person, "set_closures"):
        return None
    found = [
        closure
        for closure in closures_ahead(house, today)
        if person.roles & LIMIT_SETTERS or not closure.organisations or person.organisation in closure.organisations
    ]
    return Point(
        ngettext("%(num)s closing day in the next 14 days", "%(num)s closing days in the next 14 days", len(found)),
        "calendar",
        len(found),
        [
            {
                "title": closure.name,
                "url": "",
                "facts": [day_text(closure.day), closed_words(closure.organisations, house)],
            }
            for closure in found[:MOST_SHOWN]
        ],
        url_for("manage.closures"),
        _("To the closures"),
    )


def _link(person: Person | None, verb: str, endpoint: str, label: str) -> dict[str, str]:
    return {"url": url_for(endpoint), "label": label} if holds(person, verb) else {}


def _day(day: date) -> str:
    return format_date(day, "d MMMM y")
