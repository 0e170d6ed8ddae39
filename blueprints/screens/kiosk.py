"""The kiosk in the hall: whoever comes says that they are here, or takes a number. In the language that they choose
first; what is left alone goes back to the beginning by itself."""

from __future__ import annotations

from datetime import datetime

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from blueprints.account.knocking import seconds_until
from blueprints.screens import blueprint
from blueprints.screens.paired import paired
from blueprints.screens.ticket import ticket_facts
from blueprints.web.addresses import url_with
from blueprints.web.clock import now
from blueprints.web.language import NAMES, language, offered_languages, speak
from blueprints.web.rights import needs
from models.actions.devices import arrive_by_code, take_number
from models.actions.people.attempts import Counted, count_code
from models.queries.devices import Paired
from models.queries.house import the_house
from models.queries.line import place_in_line
from models.rules.line.served import services_without_appointment
from models.rules.people.handles import new_handle
from models.rules.refusals import BadRequest, NotFound

ROOT = "screens.kiosk"
LEFT_ALONE, MORE_TIME, TO_BE_READ, HEARD_EVERY = 10, 60, 30, 30  # seconds
LONGEST_CODE = 20


@blueprint.get("/kiosk/<zone>")
@needs("see_screens")
@paired("kiosk", root=ROOT)
def kiosk(device: Paired) -> str:
    """The languages; and once one is chosen, what may be done here."""
    if not _chosen():
        return _page("screens/kiosk_languages.html", device, seconds=0, names=NAMES, every=HEARD_EVERY)
    return _choices(device)


@blueprint.get("/kiosk/<zone>/code")
@needs("see_screens")
@paired("kiosk", root=ROOT)
def kiosk_code(device: Paired) -> str:
    _chosen()
    return _code_page(device)


@blueprint.post("/kiosk/<zone>/code")
@needs("see_screens")
@paired("kiosk", root=ROOT)
def kiosk_arrive(device: Paired) -> Response | tuple[str, int] | tuple[str, int, dict[str, str]]:
    _chosen()
    typed = request.form.get("code", "").strip()[:LONGEST_CODE]
    if not typed:
        return _code_page(device, fault=_("Type the code of your appointment.")), 400
    counted = count_code(device, now())
    if not isinstance(counted, Counted):
        return _code_page(device, typed, _wait_words(counted)), 429, _retry_after(counted)
    try:
        party = arrive_by_code(typed, device.zone, now(), counted)
    except NotFound:
        fault = _("We find no appointment of today with this code. Look at it once more, or ask somebody.")
        return _code_page(device, typed, fault), 400
    return _to_ticket(device, party.handle)


@blueprint.post("/kiosk/<zone>/number")
@needs("see_screens")
@paired("kiosk", root=ROOT)
def kiosk_number(device: Paired) -> Response | tuple[str, int] | tuple[str, int, dict[str, str]]:
    """Pressed twice it is one number: the page that was pressed has a word of its own."""
    _chosen()
    service, press = request.form.get("service", ""), request.form.get("press", "")
    try:
        party = take_number(service, device, press, now())
    except BadRequest:
        return _choices(device, _("That cannot be chosen here any more. Choose again, or ask somebody.")), 400
    if isinstance(party, datetime):
        return _choices(device, _wait_words(party)), 429, _retry_after(party)
    return _to_ticket(device, party.handle)


@blueprint.get("/kiosk/<zone>/ticket/<place>")
@needs("see_screens")
@paired("kiosk", root=ROOT)
def kiosk_ticket(device: Paired, place: str) -> str | Response:
    _chosen()
    mine = place_in_line(place, now())
    if mine is None:
        return redirect(url_for(ROOT, zone=device.zone), 303)
    return _page("screens/kiosk_ticket.html", device, seconds=TO_BE_READ, **ticket_facts(place, mine))


@blueprint.get("/kiosk/<zone>/ask")
@needs("see_screens")
@paired("kiosk", root=ROOT)
def kiosk_ask(device: Paired) -> str:
    _chosen()
    return _page("screens/kiosk_ask.html", device, seconds=TO_BE_READ)


def _chosen() -> bool:
    """Whether a language was chosen; this answer then speaks it, else the first of the town."""
    wish = request.values.get("lang", "")
    speak(wish if wish in offered_languages() else offered_languages()[0])
    return wish in offered_languages()


def _choices(device: Paired, fault: str = "") -> str:
    offered = [
        {"code": each.code, "name": each.names.in_language(language())}
        for each in services_without_appointment(device.zone, the_house())
    ]
    return _page("screens/kiosk_choices.html", device, services=offered, press=new_handle(), fault=fault)


def _code_page(device: Paired, typed: str = "", fault: str = "") -> str:
    return _page("screens/kiosk_code.html", device, typed=typed, fault=fault, longest=LONGEST_CODE)


def _wait_words(again_at: datetime) -> str:
    return ngettext(
        "Just a moment: try again in %(num)d second, or ask somebody.",
        "Just a moment: try again in %(num)d seconds, or ask somebody.",
        seconds_until(again_at),
    )


def _retry_after(again_at: datetime) -> dict[str, str]:
    return {"Retry-After": str(seconds_until(again_at))}


def _to_ticket(device: Paired, place: str) -> Response:
    return redirect(url_with("screens.kiosk_ticket", {"zone": device.zone, "place": place} | _carried()), 303)


def _page(template: str, device: Paired, seconds: int = LEFT_ALONE, **facts: object) -> str:
    """`seconds`: after which it goes back to the beginning when nobody touches it; 0: it is the beginning."""
    has_more = "more" in request.values
    return render_template(
        template,
        zone_code=device.zone,
        carried=_carried(),
        leave_after=MORE_TIME if seconds and has_more else seconds,
        has_more=has_more,
        more_seconds=MORE_TIME,
        more_url=url_with(request.endpoint or ROOT, (request.view_args or {}) | _carried() | {"more": "1"}),
        start_url=url_for(ROOT, zone=device.zone),
        **facts,
    )


def _carried() -> dict[str, str]:
    """What each further address of this visit says: the language, and that somebody asked for more time."""
    return {"lang": language()} | ({"more": "1"} if "more" in request.values else {})
