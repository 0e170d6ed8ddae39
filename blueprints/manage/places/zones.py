"""A zone of a floor: made, named, given away, and in use from when until when. Its limit has a page of its own."""

from __future__ import annotations

from collections.abc import Mapping

from flask import abort, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from blueprints.manage.flow.page import Page, done, shown_at
from blueprints.manage.places.choices import offer_for_zone, zone_values
from blueprints.manage.places.forms import NewZoneForm, ZoneForm
from blueprints.manage.words.capacity import people
from blueprints.web.language import language
from models.actions.places.change_zone import change_zone
from models.actions.places.create_zone import create_zone
from models.rules.line.served import services_in


@shown_at("new_zone", "edit_zones", "/new-zone")
class NewZonePage(Page):
    template = "manage/zone.html"

    def first_form(self) -> NewZoneForm:
        floor = request.args.get("floor", "")
        form = NewZoneForm(data={"access": "staff", "floor": floor if floor in self.house.floors else None})
        offer_for_zone(form, self.house)
        return form

    def save(self) -> Response:
        wish = self.form.wish(self.form.code.data, self.form.max_persons.data)
        code = create_zone(wish, *self.by)
        return done(
            url_for("manage.zone_place", code=code),
            _("%(code)s is made. Draw it on the plan, and make spaces in it.", code=code),
        )

    def facts(self) -> Mapping[str, object]:
        return {"zone": None}


@shown_at("zone_place", "edit_zones", "/zones/<code>/what")
class ZonePage(Page):
    template, thing = "manage/zone.html", "zone"

    def look(self) -> None:
        super().look()
        self.zone = self.house.zones.get(self.code) or abort(404)

    def present(self) -> Mapping[str, object]:
        return zone_values(self.code, self.house)

    def first_form(self) -> ZoneForm:
        form = ZoneForm(data=self.present())
        offer_for_zone(form, self.house)
        return form

    def save(self) -> Response:
        left = change_zone(self.form.wish(self.code), *self.by, seen=self.form.last_seen)
        return done(
            url_for("manage.zone_place", code=self.code),
            _("Saved."),
            ngettext(
                "%(num)d booking stands in it after its last day. It stays until somebody moves it.",
                "%(num)d bookings stand in it after its last day. They stay until somebody moves them.",
                left,
            )
            if left
            else "",
        )

    def facts(self) -> Mapping[str, object]:
        return {
            "zone": self.zone,
            "name": self.zone.names.in_language(language()),
            "floor": self.house.floors[self.zone.floor].names.in_language(language()),
            "limit": people(self.house.limit("zone", self.code, self.today)),
            "has_line": bool(services_in(self.code, self.house)),
            "spaces": sum(space.zone == self.code for space in self.house.spaces.values()),
        }
