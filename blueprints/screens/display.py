"""The screen in the hall: who is called where, by a number of the day."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime

from flask import Response, jsonify, render_template, request, url_for
from flask_babel import lazy_gettext as _l

from blueprints.screens import blueprint
from blueprints.screens.calls import FULL, Shown, in_each_language, screen_languages, shown_calls
from blueprints.screens.paired import paired
from blueprints.web.assets import address_of
from blueprints.web.clock import now
from blueprints.web.language import speak
from blueprints.web.rights import needs
from models.queries.devices import Paired
from models.queries.house import the_house

WORDS = {
    "number": _l("Number"),
    "welcome": _l("Welcome"),
    "calm": _l("Whoever is called stands here by number."),
    "called": _l("Called just now"),
    "cut_off": _l("This screen has no connection."),
    "last_news": _l("Last news:"),
}
ASKED_EVERY, STALE_AFTER = 3, 15  # seconds
AT = "X-Now"


@blueprint.get("/display/<zone>")
@needs("see_screens")
@paired("display", root="screens.display")
def display(device: Paired) -> str:
    house, instant = the_house(), now()
    speak(screen_languages()[0])
    calls = shown_calls(device.zone, house, instant)
    newest = calls[-1] if calls and calls[-1].at > instant - FULL else None
    return render_template(
        "screens/display.html",
        languages_here=screen_languages(),
        zone_names=[(each, house.zones[device.zone].names.in_language(each)) for each in screen_languages()],
        words={name: in_each_language(sentence) for name, sentence in WORDS.items()},
        newest=newest,
        staying=[each for each in reversed(calls) if each.stays],
        calls_url=url_for("screens.calls", zone=device.zone),
        time_zone=house.zone.key,
        full_seconds=round(FULL.total_seconds()),
        every_seconds=ASKED_EVERY,
        stale_seconds=STALE_AFTER,
    )


@blueprint.get("/display/<zone>/calls")
@needs("see_screens")
@paired("display", root="screens.display")
def calls(device: Paired) -> Response:
    """What its script asks every few seconds: 304 while nothing is another. Two queries, with the one for who asks. The
    header says when that was, also of a 304: the clock of a television is nobody's."""
    instant = now()
    answer = jsonify(
        script=address_of("js/display.js"),
        calls=[_told(each) for each in shown_calls(device.zone, the_house(), instant)],
    )
    answer.add_etag()
    answer.headers[AT] = _written(instant)
    answer.make_conditional(request)
    return answer


def _told(call: Shown) -> dict[str, object]:
    return asdict(call) | {"at": _written(call.at)}


def _written(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
