"""The whole house's day in one list: every organisation, whom it is with, who is here. For reception it comes first."""

from __future__ import annotations

from datetime import date, timedelta

from flask import redirect, render_template, request
from flask_babel import format_date
from werkzeug.wrappers import Response

from blueprints.board import blueprint
from blueprints.board.rows import LONGEST_SEARCH, found_later, is_meant, known_in, people_rows
from blueprints.booking.day import Day
from blueprints.booking.show import Look
from blueprints.booking.views import today
from blueprints.web.addresses import url_with
from blueprints.web.base_url import base_path
from blueprints.web.probes import reading_codes
from blueprints.web.rights import needs
from models.queries.house import the_house
from models.rules.people.rights import holds
from models.rules.values import DAY, BadValue

OF_THE_TIMELINE = frozenset({"view", "floor", "zone", "attendees", "start", "end", "equipment", "accessible", "block"})
A_DAY = timedelta(days=1)


@blueprint.get("")
@needs("see_spaces")
def whole_day() -> str | Response:
    """Three queries, however many bookings; two more where somebody is looked for. What asks for a view of the spaces,
    as this address once showed them, is led there."""
    if OF_THE_TIMELINE & request.args.keys():
        return redirect(url_with("board.overview", request.args.to_dict()), 301)
    house = the_house()
    day = today(house)
    day = Day(_asked(day.date), day.viewer, day.now)
    look = Look(day.viewer, day.now, base_path() + request.full_path.rstrip("?"))
    text = request.args.get("find", "").strip()[:LONGEST_SEARCH]
    known = sorted(known_in(day.during, day, look), key=lambda each: (each.during.start, each.space))
    with reading_codes(look.person, text, look.now) as found:
        shown = [each for each in known if is_meant(each, text, look)] if text else known
        later = found_later(text, day, look) if text else []
        found += [*shown, *later]
    is_whole = bool(text) or not day.is_today or "all" in request.args
    rows = [each for each in shown if is_whole or each.during.end > day.now]
    return render_template(
        "board/day.html",
        day=day,
        day_text=format_date(day.date, "full"),
        text=text,
        rows=people_rows(rows, look, text),
        earlier=len(shown) - len(rows),
        later=people_rows(later, look, text, date=True) if text else [],
        receives=holds(day.person, "receive_people"),
        previous=(day.date - A_DAY).isoformat(),
        next=(day.date + A_DAY).isoformat(),
    )


def _asked(otherwise: date) -> date:
    try:
        return DAY.from_text(request.args.get("date", ""))
    except BadValue:
        return otherwise
