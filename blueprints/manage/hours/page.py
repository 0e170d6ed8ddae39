"""Opening hours at a glance: those of each building, and of the zones and spaces that have their own."""

from __future__ import annotations

from datetime import date

from flask import abort, redirect, render_template, request, url_for
from flask_babel import format_date
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from blueprints.booking.messages import kind_word, place_name
from blueprints.manage import blueprint
from blueprints.manage.words.hours import week_lines
from blueprints.web.addresses import url_with
from blueprints.web.clock import now
from blueprints.web.identity import signed_in
from blueprints.web.language import language
from blueprints.web.rights import needs
from models.queries.hours import all_weeks
from models.queries.house import the_house
from models.rules.changes.change import owner_of
from models.rules.changes.hours import Period, place_with_hours, week_on
from models.rules.house.house import House
from models.rules.people.person import Person
from models.rules.people.rights import may_set_hours_of
from models.rules.times.interval import civil_date
from models.rules.values import Scope


@blueprint.get("/hours")
@needs("set_hours")
def hours() -> str | Response:
    house, person, weeks = the_house(), signed_in(), all_weeks()
    if request.args.get("place"):
        scope = place_with_hours(request.args["place"], house)
        return redirect(url_for("manage.week", scope=scope), 303) if scope else abort(404)
    today = civil_date(now(), house.zone)
    rows = {
        scope: _row(scope, weeks.get(scope, ()), house, person, today)
        for scope in _scopes(house)
        if scope in weeks or scope[0] == "building"
    }
    return render_template(
        "manage/hours.html",
        groups=[
            (title, found)
            for title, sort in (
                (_("Building"), "building"),
                (_("Zones with hours of their own"), "zone"),
                (_("Spaces with hours of their own"), "space"),
            )
            if (found := [row for scope, row in rows.items() if scope[0] == sort])
        ],
        others=_others(weeks, house, person),
    )


def _scopes(house: House) -> list[Scope]:
    """From roof to room."""
    return [Scope(sort, code) for sort in ("building", "zone", "space") for code in house.by_sort[sort]]


def _row(scope: Scope, weeks: tuple[Period, ...], house: House, person: Person, today: date) -> dict:
    planned = [week.first for week in weeks if week.first is not None and week.first > today]
    address, may = str(scope), _may(person, scope, house)
    return {
        "name": place_name(address, house),
        "code": scope[1],
        "lines": week_lines(week_on(today, weeks).rows),
        "planned": [
            (
                format_date(first, "d MMMM y"),
                url_with("manage.week", {"scope": address, "from": first.isoformat()}) if may else "",
            )
            for first in planned
        ],
        "url": url_for("manage.week", scope=address) if may else "",
    }


def _others(weeks: dict, house: House, person: Person) -> list[tuple[str, list[tuple[str, str]]]]:
    """The zones and spaces that follow another's hours, to give one its own; desks are many and never need them."""
    zones = [
        (f"zone:{code}", f"{zone.names.in_language(language())} ({code})")
        for code, zone in house.zones.items()
        if ("zone", code) not in weeks and _may(person, Scope("zone", code), house)
    ]
    spaces = [
        (f"space:{code}", f"{space.names.in_language(language())} ({code}, {kind_word(space.kind)})")
        for code, space in house.spaces.items()
        if ("space", code) not in weeks
        and _may(person, Scope("space", code), house)
        and not house.policies[code][0][1].traits.one_at_a_time
    ]
    return [(label, places) for label, places in ((_("Zones"), zones), (_("Spaces"), spaces)) if places]


def _may(person: Person, scope: Scope, house: House) -> bool:
    return may_set_hours_of(person, owner_of(scope, house))
