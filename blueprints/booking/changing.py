"""Moving or changing a booking, by the same rules as a new one."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from blueprints.booking import blueprint
from blueprints.booking.answers import as_posted, blame, refused_page, verdict_page
from blueprints.booking.asking import ASKED, NAMED, REPEATING, booking_form, find_people, values_at
from blueprints.booking.day import Day, is_for
from blueprints.booking.forms import ChangeForm, block_during, block_of, choices
from blueprints.booking.kind import KINDS
from blueprints.booking.messages import when_words
from blueprints.booking.overview import spaces_of
from blueprints.web.clock import now
from blueprints.web.identity import current_person
from blueprints.web.language import language
from blueprints.web.rights import needs
from models.actions.change import change as change_booking
from models.actions.change import check_change
from models.actions.may_change import booking_to_change
from models.queries.house import the_house
from models.rules.discretion import Booked, Viewer, seen_by
from models.rules.house import House
from models.rules.interval import civil_date
from models.rules.refusals import BadRequest, Refused

DRAGGED = ("space", "date", "start", "end", "block")    # what a timeline may say of where a booking should go
NEVER_CHANGED = (*REPEATING, "on_behalf_of", "channel", "key")
ONLY_IN_FULL = (*NAMED, "service", "note", "visitors", "wheelchair", "equipment", "key_holder")


@blueprint.get("/bookings/<int:booking_id>/change")
@needs("change_booking")
def change_form(booking_id: int):
    house = the_house()
    booking = booking_to_change(booking_id, current_person(), house)
    values = _values(booking, house) | {name: request.args[name] for name in DRAGGED if name in request.args}
    return _page(booking, _form(booking, house, formdata=MultiDict(values)), house)


@blueprint.post("/bookings/<int:booking_id>/change")
@needs("change_booking")
def change(booking_id: int):
    house, person = the_house(), current_person()
    booking = booking_to_change(booking_id, person, house)
    form = _form(booking, house)
    people = find_people(form, person) if form.validate() else None
    if people is None:
        return _page(booking, form, house), 400
    try:
        change_booking(booking_id, _changes(form, people, booking, house), person, now(),
                       scope=form.scope.data if "scope" in form else "this", version=form.version.data)
    except BadRequest as error:
        blame(form, error)
        return _page(booking, form, house), 400
    except Refused as refused:
        form.version.data = booking.version
        posted = {**as_posted(request.form), "version": str(booking.version)}
        answer = refused_page(refused, posted, house, form, action=request.path)
        return _page(booking, form, house, **answer), refused.status
    flash(_("Changed."), "success")
    return redirect(url_for("booking.one", booking_id=booking_id), 303)


@blueprint.post("/bookings/<int:booking_id>/change/check")
@needs("change_booking")
def check_of_change(booking_id: int):
    """A piece of page: whether what is filled in so far could be. Nothing where nothing is otherwise."""
    house, person = the_house(), current_person()
    booking = booking_to_change(booking_id, person, house)
    form = _form(booking, house)
    people = find_people(form, person) if form.validate() else None
    found: dict[str, object] = {"unclear": True}
    if people is not None:
        changes = _changes(form, people, booking, house)
        try:
            verdicts = check_change(booking_id, changes, person, now(), form.scope.data if "scope" in form else "this")
            found = verdict_page(verdicts, house) if verdicts else found
        except BadRequest as error:
            blame(form, error)
        except Refused as refused:
            posted = {**as_posted(request.form), "version": str(booking.version)}
            found = refused_page(refused, posted, house, form,
                                 action=url_for("booking.change", booking_id=booking_id))
    return render_template("booking/check.html", form=form, **found)


def _form(booking: Booked, house: House, **values) -> ChangeForm:
    """Only fields that this person may see of it: what is hidden from them they cannot change either."""
    kind, person = KINDS[booking.kind], current_person()
    viewer = Viewer.of(person, house)
    seen = seen_by(viewer, booking)
    day = Day(civil_date(booking.during.start, house.zone), viewer, now())
    form = booking_form(kind, house.spaces[booking.space], person, day, ChangeForm, **values)
    for name in (*NEVER_CHANGED, *(() if seen.is_full else ONLY_IN_FULL)):
        if name in form:
            del form[name]
    if booking.series is None:
        del form.scope
    offered = [space for space in spaces_of(kind, house, person) if space.kind == booking.kind
               and (is_for(space, person) or space.code == booking.space)]
    form.space.choices = choices({each.code: f"{each.names.in_language(language())} ({each.code})"
                                  for each in offered})
    return form


def _values(booking: Booked, house: House) -> dict[str, object]:
    half_days = house.policy(booking.space, civil_date(booking.during.start, house.zone)).in_half_days
    exclusive = bool(booking.exclusive) and not house.spaces[booking.space].exclusive
    values = {name: getattr(booking, name, None) for name in (*ASKED, *NAMED, "version", "space")}
    values |= {"exclusive": "y" if exclusive else None, "wheelchair": booking.wheelchair or None, "scope": "this"}
    return {name: value for name, value in values.items() if value is not None} | values_at(
        booking.during, house, in_half_days=half_days)


def _changes(form: ChangeForm, people: dict, booking: Booked, house: House) -> dict[str, object]:
    """What is otherwise than it was: a field left alone asks for nothing, and is not judged again."""
    before = _values(booking, house)
    wished = {name: form[name].data for name in (*ASKED, "space") if name in form} | people
    if "equipment" in wished:
        wished["equipment"] = tuple(sorted(wished["equipment"]))
    changed = {name: value if value != "" else None for name, value in wished.items()
               if (value or None) != (before.get(name) if name != "exclusive" else before.get(name) == "y" or None)}
    if "exclusive" in changed:
        changed["exclusive"] = bool(changed["exclusive"])
    for name in NAMED:
        if name in form and not form[name].data and getattr(booking, name, None):
            changed[name] = None
    was = block_during(civil_date(booking.during.start, house.zone), block_of(booking.during, house), house) \
        if "block" in form else booking.during
    if form.during != was:
        changed |= {"start": form.during.start, "end": form.during.end}
    return changed


def _page(booking: Booked, form: ChangeForm, house: House, **refused: object) -> str:
    return render_template("booking/change.html", form=form, booking_id=booking.id,
                           when=when_words(booking.during, house), kind=KINDS[booking.kind],
                           place=house.spaces[booking.space].names.in_language(language()), **refused)
