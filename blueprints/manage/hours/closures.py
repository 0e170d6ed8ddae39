"""Closing days: a year of them by month, and the bookings that stand on them all the same."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import groupby

from flask import render_template, request, url_for
from flask_babel import format_date
from flask_babel import gettext as _

from blueprints.booking.day import CLOCK
from blueprints.manage import blueprint
from blueprints.manage.hours.closure_forms import KIND_WORDS
from blueprints.manage.words.hours import closed_words, unfit_rows
from blueprints.web.addresses import digits
from blueprints.web.clock import now
from blueprints.web.identity import signed_in
from blueprints.web.language import language
from blueprints.web.rights import needs
from models.queries.effects import Effects
from models.queries.hours import KeptClosure, closures_between
from models.queries.house import the_house
from models.queries.unfit import bookings_on_closing_days
from models.rules.house.house import House
from models.rules.people.discretion import Viewer
from models.rules.people.person import Person
from models.rules.people.rights import may_close
from models.rules.times.interval import civil_date
from models.rules.values import FIRST_YEAR, LAST_YEAR

YEARS = range(FIRST_YEAR, LAST_YEAR + 1)


@blueprint.get("/closures")
@needs("set_closures")
def closures() -> str:
    house, person = the_house(), signed_in()
    today = civil_date(now(), house.zone)
    year = asked_year(today)
    kept = closures_between(date(year, 1, 1), date(year, 12, 31))
    viewer = Viewer.of(person, house)
    unfit = bookings_on_closing_days((each.day for each in kept if each.day.day >= today), house, now())
    standing = Effects(unfit=unfit).within_reach_of(person, house).listed_for(viewer)
    return render_template(
        "manage/closures.html",
        year=year,
        this_year=today.year,
        previous=year - 1 if year - 1 in YEARS else None,
        following=year + 1 if year + 1 in YEARS else None,
        months=_by_month(kept, house, person, today),
        unfit=unfit_rows(standing.unfit, viewer),
        unfit_in_all=len(standing.unfit),
    )


def asked_year(today: date) -> int:
    year = digits(request.args.get("year"))
    return year if year is not None and year in YEARS else today.year


def _by_month(kept: Iterable[KeptClosure], house: House, person: Person, today: date) -> list[tuple[str, list[dict]]]:
    rows = [_row(each, house, person, today) for each in kept]
    return [
        (format_date(days[0]["day"], "LLLL").capitalize(), days)
        for _month, days in ((month, list(found)) for month, found in groupby(rows, lambda row: row["day"].month))
    ]


def _row(kept: KeptClosure, house: House, person: Person, today: date) -> dict:
    closure = kept.day
    may = closure.day >= today and may_close(person, closure.organisations)
    return {
        "day": closure.day,
        "when": format_date(closure.day, "EEEE d MMMM"),  # the page is of one year, and says which
        "name": kept.names.in_language(language()),
        "kind": KIND_WORDS[closure.kind],
        "hours": part_words(kept),
        "is_past": closure.day < today,
        "organisations": closed_words(closure.organisations, house),
        "change_url": url_for("manage.change_closure", closure_id=kept.id) if may else "",
        "remove_url": url_for("manage.remove_closure", closure_id=kept.id) if may else "",
    }


def part_words(kept: KeptClosure) -> str:
    closure = kept.day
    if closure.opens is None or closure.closes is None:
        return ""
    return _("open %(opens)s–%(closes)s", opens=CLOCK[closure.opens], closes=CLOCK[closure.closes])
