"""The finder's page: opens with what can be had in the next hour, and answers each change of its form."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from flask import make_response, render_template, request, url_for
from flask_babel import format_date, ngettext
from flask_babel import gettext as _

from blueprints.booking.messages import length_words, sentence_of
from blueprints.booking.show import Look
from blueprints.find import blueprint
from blueprints.find.form import AT, SOONEST, THAT_DAY, Asked, find_form, is_open, next_open_day, read_asked
from blueprints.find.rows import proposal_rows, way_links
from blueprints.find.seeking import Found, seek
from blueprints.web.addresses import url_with
from blueprints.web.clock import now
from blueprints.web.dates import day_text
from blueprints.web.identity import signed_in
from blueprints.web.rights import needs
from models.queries.house import the_house
from models.rules.people.discretion import Viewer
from models.rules.times.interval import Interval

QUARTER = timedelta(minutes=15)


@blueprint.get("/find")
@needs("see_spaces")
def show():
    """For the script too, which takes the results out of the page; the address it keeps says all that was asked."""
    house, person, at = the_house(), signed_in(), now()
    form = find_form(request.args, person, house, at)
    look = Look(Viewer.of(person, house), at, url_for("find.show"))
    asked = read_asked(form)
    found = seek(asked, person, house, at) if asked else None
    if asked and found is None:
        form.start.errors = [sentence_of("local_time_missing", house)]
    page = {
        "form": form,
        "asked": asked,
        "rows": [],
        "quick": _quick(look) if not request.args else [],
        "soonest": asked is not None and asked.when == SOONEST,
    } | (_found(found, asked, look) if found and asked else {})
    # htmx leaves what is no success out of the page; the sentence that says what is wrong must be seen.
    answer = make_response(render_template("find/show.html", **page), 200 if found or _by_script() else 400)
    if found and asked and _by_script():
        answer.headers["HX-Push-Url"] = url_with("find.show", asked.address())
    answer.vary.add("HX-Request")
    return answer


def _by_script() -> bool:
    return "HX-Request" in request.headers and "HX-History-Restore-Request" not in request.headers


def _found(found: Found, asked: Asked, look: Look) -> dict[str, object]:
    quest = found.quest
    return {
        "rows": proposal_rows(found.proposals, quest, look),
        "why_not": found.why_not,
        "ways": way_links(found.ways),
        "other_hours": proposal_rows(found.other_hours, quest, look),
        "first": proposal_rows(found.first, quest, look),
        "looked_for": looked_for_words(asked),
    }


def looked_for_words(asked: Asked) -> str:
    """The wish in one line: for whom, when and how long."""
    facts = {
        "day": day_text(asked.date),
        "time": f"{asked.start:%H:%M}",
        "length": length_words(asked.minutes),
    }
    when = {
        AT: lambda: _("%(day)s at %(time)s, for %(length)s", **facts),
        THAT_DAY: lambda: _("%(day)s, some time for %(length)s", **facts),
        SOONEST: lambda: _("the first free moments in two weeks, for %(length)s", **facts),
    }[asked.when]()
    if asked.attendees is None:
        return when
    return ngettext("%(num)d person, %(when)s", "%(num)d people, %(when)s", asked.attendees, when=when)


def _quick(look: Look) -> list[dict[str, str]]:
    """What is asked for most, one press away."""
    person, house = look.person, look.house
    wall = look.now.astimezone(house.zone)
    this_quarter = wall - (wall - datetime.combine(wall.date(), time(), house.zone)) % QUARTER
    tomorrow = next_open_day(person, house, look.now)
    day = _("tomorrow") if tomorrow == wall.date() + timedelta(days=1) else format_date(tomorrow, "EEEE")
    links: list[tuple[str, dict[str, object]]] = [
        (
            _("8 people, %(day)s at 10:00", day=day),
            {"attendees": 8, "when": AT, "date": tomorrow.isoformat(), "start": "10:00"},
        ),
        (
            _("2 people, some time %(day)s", day=day),
            {"attendees": 2, "when": THAT_DAY, "date": tomorrow.isoformat()},
        ),
        (_("12 people, as soon as possible"), {"attendees": 12, "when": SOONEST}),
    ]
    here_and_now = Interval(this_quarter, this_quarter + QUARTER * 4)
    if is_open(here_and_now, person, house):
        today, start = wall.date().isoformat(), f"{this_quarter:%H:%M}"
        links.insert(0, (_("8 people, now"), {"attendees": 8, "when": AT, "date": today, "start": start}))
    return [{"label": label, "url": url_with("find.show", query, anchor="found")} for label, query in links]
