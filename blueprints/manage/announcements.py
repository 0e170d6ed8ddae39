"""What the house tells whoever comes: made, said otherwise, taken back."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from blueprints.booking.announced import announced_row
from blueprints.booking.messages import bad_request_sentence
from blueprints.manage import blueprint
from blueprints.manage.announcement_form import AnnouncementForm, announcement_form
from blueprints.web.clock import now
from blueprints.web.identity import current_person
from blueprints.web.rights import needs
from models.actions.announce import announce, change_announcement, end_announcement
from models.queries.announcements import announcement, announcements_from
from models.queries.house import the_house
from models.rules.announcement import Announcement, may_announce
from models.rules.house import House
from models.rules.interval import civil_date
from models.rules.refusals import BadRequest, NotFound, Refused


@blueprint.get("/announcements")
@needs("announce")
def announcements() -> str:
    return _list_page(announcement_form(the_house(), current_person(), now()))


@blueprint.post("/announcements")
@needs("announce")
def make_announcement():
    form = announcement_form(the_house(), current_person(), now())
    if not form.validate():
        return _list_page(form), 400
    try:
        announce(form.wish(), current_person(), now())
    except BadRequest as error:
        _blame(form, error)
        return _list_page(form), 400
    flash(_("Announced."), "success")
    return redirect(url_for("manage.announcements"), 303)


@blueprint.get("/announcements/<int:number>")
@needs("announce")
def one_announcement(number: int) -> str:
    house, found = the_house(), _own(number)
    return _change_page(found, announcement_form(house, current_person(), now(), found), house)


@blueprint.post("/announcements/<int:number>")
@needs("announce")
def change_one_announcement(number: int):
    """Whoever comes second sees what stands there now, with their own words still in the fields."""
    house, found = the_house(), _own(number)
    form = announcement_form(house, current_person(), now(), found)
    if not form.validate():
        return _change_page(found, form, house), 400
    try:
        change_announcement(number, form.wish(), form.version.data or 0, current_person(), now())
    except BadRequest as error:
        _blame(form, error)
        return _change_page(found, form, house), 400
    except Refused:
        form.version.data, form.version.raw_data = found.version, None
        return _change_page(found, form, house, meanwhile=True), 409
    flash(_("Saved."), "success")
    return redirect(url_for("manage.announcements"), 303)


@blueprint.post("/announcements/<int:number>/end")
@needs("announce")
def end_one_announcement(number: int):
    """Pressed twice, or by two people: ended all the same."""
    try:
        end_announcement(number, current_person(), now())
    except NotFound:
        pass
    flash(_("Nobody reads this announcement any more."), "success")
    return redirect(url_for("manage.announcements"), 303)


def _own(number: int) -> Announcement:
    found = announcement(number)
    if found is None or not may_announce(current_person(), found.scope, the_house()):
        abort(404)
    return found


def _blame(form: AnnouncementForm, error: BadRequest) -> None:
    field = form[error.field]
    field.errors = [*field.errors, bad_request_sentence(error)]


def _list_page(form: AnnouncementForm) -> str:
    house, person = the_house(), current_person()
    today = civil_date(now(), house.zone)
    rows = [_row(each, house) | {"is_current": each.first <= today} for each in announcements_from(today)
            if may_announce(person, each.scope, house)]
    return render_template("manage/announcements.html", form=form, rows=rows)


def _change_page(found: Announcement, form: AnnouncementForm, house: House, *, meanwhile: bool = False) -> str:
    return render_template("manage/announcement.html", form=form, row=_row(found, house), meanwhile=meanwhile)


def _row(found: Announcement, house: House) -> dict:
    return announced_row(found, house) | {
        "url": url_for("manage.one_announcement", number=found.id),
        "end_url": url_for("manage.end_one_announcement", number=found.id)}
