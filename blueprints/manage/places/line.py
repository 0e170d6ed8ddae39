"""How the line of a zone is called: how early, how late, and how often in vain."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from flask import abort, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from blueprints.manage.flow.forms import SeenForm
from blueprints.manage.flow.page import Page, done, shown_at
from blueprints.web.language import language
from blueprints.web.value_field import ValueField
from models.actions.places.set_line import MINUTE, set_line
from models.rules.house.line_settings import CALLS, MINUTES, LineSettings
from models.rules.line.served import services_in


class LineForm(SeenForm):
    early = ValueField(
        _l("An appointment is called early by at most, in minutes"),
        MINUTES,
        description=_l("From then on it comes before those who walked in."),
    )
    late = ValueField(
        _l("Too late for an appointment after, in minutes"),
        MINUTES,
        description=_l("Whoever comes later joins the others at the time at which they came."),
    )
    calls = ValueField(_l("So often somebody is called"), CALLS, description=_l("After that they have not come."))


@shown_at("zone_line", "edit_zones", "/zones/<code>/line")
class LinePage(Page):
    template, thing = "manage/line.html", "zone"

    def look(self) -> None:
        super().look()
        self.zone = self.house.zones.get(self.code) or abort(404)
        if not services_in(self.code, self.house):
            abort(404)

    def present(self) -> Mapping[str, object]:
        line = self.zone.line
        return {"early": line.early // MINUTE, "late": line.late // MINUTE, "calls": line.calls}

    def first_form(self) -> LineForm:
        return LineForm(data=self.present())

    def save(self) -> Response:
        early, late = timedelta(minutes=self.form.early.data), timedelta(minutes=self.form.late.data)
        set_line(self.code, LineSettings(early, late, self.form.calls.data), self.by, seen=self.form.last_seen)
        return done(url_for("manage.zone_line", code=self.code), _("Saved."))

    def facts(self) -> Mapping[str, object]:
        return {"code": self.code, "name": self.zone.names.in_language(language())}
