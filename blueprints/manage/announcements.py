"""What the house tells whoever comes: made, said otherwise, taken back."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping

from flask import abort, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from blueprints.booking.announced import announced_row
from blueprints.manage import blueprint
from blueprints.manage.announcement_form import AnnouncementForm, announcement_form, announcement_values
from blueprints.manage.flow.page import NumberedPage, Page, done, shown_at
from blueprints.web.clock import now
from blueprints.web.identity import signed_in
from blueprints.web.rights import needs
from models.actions.places.announce import announce, change_announcement, end_announcement
from models.queries.announcements import announcement, announcements_from
from models.rules.changes.announcement import Announcement, may_announce
from models.rules.house.house import House
from models.rules.refusals import NotFound


@shown_at("announcements", "announce", "/announcements")
class AnnouncementsPage(Page):
    """All of them, and a new one."""

    template = "manage/announcements.html"

    def first_form(self) -> AnnouncementForm:
        return announcement_form(self.house, self.by.person, self.today)

    def save(self) -> Response:
        announce(self.form.wish(), *self.by)
        return done(url_for("manage.announcements"), _("Announced."))

    def facts(self) -> Mapping[str, object]:
        mine = [each for each in announcements_from(self.today) if may_announce(self.by.person, each.scope, self.house)]
        return {"rows": [_row(each, self.house) | {"is_current": each.first <= self.today} for each in mine]}


@shown_at("one_announcement", "announce", "/announcements/<int:number>")
class AnnouncementPage(NumberedPage):
    template = "manage/announcement.html"
    row: Announcement

    def look(self) -> None:
        super().look()
        self.row = announcement(self.number) or abort(404)
        if not may_announce(self.by.person, self.row.scope, self.house):
            abort(404)

    def present(self) -> Mapping[str, object]:
        return announcement_values(self.row)

    def first_form(self) -> AnnouncementForm:
        return announcement_form(self.house, self.by.person, self.today, self.row)

    def save(self) -> Response:
        seen = self.form.last_seen
        assert seen is not None, "its form is not sound without"
        change_announcement(self.number, self.form.wish(), seen, *self.by)
        return done(url_for("manage.announcements"), _("Saved."))

    def facts(self) -> Mapping[str, object]:
        return {"row": _row(self.row, self.house)}


@blueprint.post("/announcements/<int:number>/end")
@needs("announce")
def end_one_announcement(number: int):
    """Pressed twice, or by two people: ended all the same."""
    with contextlib.suppress(NotFound):
        end_announcement(number, signed_in(), now())
    return done(url_for("manage.announcements"), _("Nobody reads this announcement any more."))


def _row(found: Announcement, house: House) -> dict:
    return announced_row(found, house) | {
        "url": url_for("manage.one_announcement", number=found.id),
        "end_url": url_for("manage.end_one_announcement", number=found.id),
    }
