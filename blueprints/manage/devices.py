"""The screens of the house: which are paired and when each was last heard, a new one by the code that it shows, and one
taken back."""

from __future__ import annotations

from collections.abc import Mapping

from flask import abort, current_app, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from blueprints.account.knocking import knock_of, seconds_until, wait_sentence
from blueprints.booking.messages import place_name
from blueprints.manage import blueprint
from blueprints.manage.flow.page import done
from blueprints.web.base_url import absolute
from blueprints.web.clock import now
from blueprints.web.dates import moment_text
from blueprints.web.faults import fault_sentence
from blueprints.web.identity import by, signed_in
from blueprints.web.rights import needs
from blueprints.web.value_field import ValueField
from models.actions.devices import pair_device, revoke_device
from models.actions.people.attempts import Counted, count_attempt
from models.queries.devices import Listed, devices_in
from models.queries.house import the_house
from models.rules.house.house import House
from models.rules.people.pairing import KINDS
from models.rules.people.rights import zones_to_pair
from models.rules.refusals import BadRequest, NotFound
from models.rules.values import ITEM, NAME

KIND_WORDS: Mapping[str, object] = {"display": _l("Screen"), "kiosk": _l("Kiosk")}
ICONS = {"display": "screen", "kiosk": "people"}


class DeviceForm(FlaskForm):
    code = ValueField(
        _l("Code on the screen"),
        NAME,
        _l("Type the code that stands on the screen."),
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )
    name = ValueField(
        _l("Name"),
        ITEM,
        _l("Give it a name."),
        description=_l("Where it hangs or stands, so that you find it when it is silent."),
        render_kw={"autocomplete": "off"},
    )


@blueprint.get("/devices")
@needs("pair_devices")
def devices() -> str:
    return _page(DeviceForm())


@blueprint.post("/devices")
@needs("pair_devices")
def pair() -> Response | tuple[str, int] | tuple[str, int, dict[str, str]]:
    form, who = DeviceForm(), by()
    if not form.validate_on_submit():
        return _page(form), 400
    counted = count_attempt(knock_of(f"screens of {who.person.username}"), who.now)
    if not isinstance(counted, Counted):
        seconds = seconds_until(counted)
        form.code.errors = [wait_sentence(seconds)]
        return _page(form), 429, {"Retry-After": str(seconds)}
    try:
        spot = pair_device(form.code.data, form.name.data, current_app.config["SECRET_KEY"], who, counted)
    except BadRequest as bad:
        form[bad.field].errors = [fault_sentence(bad)]
        return _page(form), 400
    where = place_name(f"zone:{spot.code}", the_house())
    said = _("%(name)s is paired for %(zone)s. It shows itself within some seconds.", name=form.name.data, zone=where)
    return done(url_for("manage.devices"), said)


@blueprint.get("/devices/<device>/revoke")
@needs("pair_devices")
def ask_to_revoke_device(device: str) -> str:
    found = next((each for each in _mine() if each.handle == device), None)
    if found is None:
        abort(404)
    return render_template("manage/revoke_device.html", row=_row(found, the_house()))


@blueprint.post("/devices/<device>/revoke")
@needs("pair_devices")
def revoke_one_device(device: str) -> Response:
    try:
        revoke_device(device, by())
    except NotFound:
        abort(404)
    return done(url_for("manage.devices"), _("The screen is taken back. It shows its pairing page from now on."))


def _page(form: DeviceForm) -> str:
    house = the_house()
    return render_template(
        "manage/devices.html",
        form=form,
        rows=[_row(each, house) for each in _mine()],
        places=[
            {
                "zone": place_name(f"zone:{code}", house),
                "addresses": [
                    {"kind": KIND_WORDS[kind], "url": url, "whole": absolute(url)}
                    for kind in KINDS
                    for url in [url_for(f"screens.{kind}", zone=code)]
                ],
            }
            for code in zones_to_pair(signed_in(), house)
        ],
    )


def _mine() -> list[Listed]:
    return devices_in(zones_to_pair(signed_in(), the_house()))


def _row(device: Listed, house: House) -> dict[str, object]:
    return {
        "name": device.name,
        "kind": KIND_WORDS[device.kind],
        "icon": ICONS[device.kind],
        "zone": place_name(f"zone:{device.zone}", house),
        "paired": moment_text(device.paired_at),
        "seen": moment_text(device.last_used_at) if device.last_used_at else None,
        "is_silent": device.is_silent(now()),
        "revoke_url": url_for("manage.ask_to_revoke_device", device=device.handle),
    }
