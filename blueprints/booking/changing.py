"""Moving or changing a booking, by the same rules as a new one."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import asdict, replace
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from blueprints.booking import blueprint
from blueprints.booking.answers import as_posted, blame, refused_page, verdict_page
from blueprints.booking.asking import REPEATING, asked_in, booking_form, find_people, values_at
from blueprints.booking.day import Day
from blueprints.booking.forms import CALLER, ChangeForm, block_during, block_of, choices, leave_out
from blueprints.booking.kind import KINDS
from blueprints.booking.messages import space_name, when_words
from blueprints.booking.overview import spaces_of
from blueprints.booking.told import status_told
from blueprints.web.clock import now
from blueprints.web.identity import by, signed_in
from blueprints.web.language import language
from blueprints.web.opened import opened
from blueprints.web.probes import TooManyProbes, judging
from blueprints.web.rights import needs
from models.actions.bookings.change import change as change_booking
from models.actions.bookings.change import check_change
from models.actions.bookings.may_change import booking_to_change
from models.queries.house import the_house
from models.rules.bookings.fields import ASKED, FOR_WHOM, Booked, Caller
from models.rules.house.house import House
from models.rules.judging.rejudging import asks_it_alone
from models.rules.people.discretion import Viewer, seen_as_before, seen_by
from models.rules.people.outsiders import may_book_in
from models.rules.refusals import BadRequest, Refused
from models.rules.times.interval import civil_date

DRAGGED = ("space", "date", "start", "end", "block")  # what a timeline may say of where a booking should go
NEVER_CHANGED = (*REPEATING, "channel", "key")
# Whether it shares its space shows in what is free beside it.
ONLY_IN_FULL = {each.name for each in ASKED if not each.is_seen_at("title")} - {"exclusive"}


@blueprint.get("/bookings/<handle>/change")
@needs("change_booking")
def change_form(handle: str):
    house = the_house()
    booking = _booking(handle, house)
    values = _values(booking, house) | {name: request.args[name] for name in DRAGGED if name in request.args}
    return _page(booking, _form(booking, house, formdata=MultiDict(values)), house)


@blueprint.post("/bookings/<handle>/change")
@needs("change_booking")
def change(handle: str):
    house = the_house()
    booking, form, changes = _asked(handle, house)
    if changes is None:
        return _page(booking, form, house), 400
    if not changes and form.version.data != booking.version:  # sent twice, or Back and sent again
        return _done(booking, booking, Viewer.of(signed_in(), house))
    try:
        with _judging(booking, changes, house, books=True):
            changed = change_booking(
                booking.id, changes, signed_in(), now(), scope=_scope(form), version=form.version.data
            )
    except BadRequest as error:
        blame(form, error)
        return _page(booking, form, house), 400
    except TooManyProbes as error:
        form.form_errors.append(error.description)
        return _page(booking, form, house), error.code, error.header
    except Refused as refused:
        form.version.data = booking.version
        return _page(booking, form, house, **_refused(refused, booking, form, house)), status_told(refused, house)
    return _done(booking, changed, Viewer.of(signed_in(), house))


@blueprint.post("/bookings/<handle>/change/check")
@needs("change_booking")
def check_of_change(handle: str):
    """A piece of page: whether what is filled in so far could be. Nothing where nothing is otherwise."""
    house = the_house()
    booking, form, changes = _asked(handle, house)
    found: dict[str, object] = {"unclear": True}
    if changes is not None:
        try:
            with _judging(booking, changes, house, books=False):
                verdicts = check_change(booking.id, changes, signed_in(), now(), _scope(form))
            found = verdict_page(verdicts, house) if verdicts else found
        except BadRequest as error:
            blame(form, error)
        except TooManyProbes as error:
            return render_template("booking/check.html", form=form, too_often=error.description), 429, error.header
        except Refused as refused:
            found = _refused(refused, booking, form, house)
    return render_template("booking/check.html", form=form, **found)


def _judging(booking: Booked, changes: Mapping, house: House, *, books: bool) -> AbstractContextManager[None]:
    where, whose = changes.get("space", booking.space), changes.get("on_behalf_of", booking.organiser)
    return judging(signed_in(), where, whose, house, now(), books=books)


def _booking(handle: str, house: House) -> Booked:
    return opened(Viewer.of(signed_in(), house), booking_to_change(handle, by(), house))


def _asked(handle: str, house: House) -> tuple[Booked, ChangeForm, dict[str, object] | None]:
    """The booking, the form that was sent, and what is to be otherwise; None where the form cannot be read."""
    person = signed_in()
    booking = _booking(handle, house)
    form = _form(booking, house)
    people = find_people(form, person, booking.organiser) if form.validate() else None
    return booking, form, None if people is None else _changes(form, people, booking, house)


def _done(before: Booked, after: Booked, viewer: Viewer) -> Response:
    """On to the booking; or to one's own, where it was given away and its page is no longer for whoever did."""
    if after.organiser in (before.organiser, signed_in().username):
        flash(_("Changed."), "success")
    else:
        name = seen_as_before(viewer, after, before).organiser_name
        flash(_("Handed on to %(name)s: from now on it is theirs.", name=name), "success")
        if not viewer.is_party_to(after):
            return redirect(url_for("booking.mine"), 303)
    return redirect(url_for("booking.one", handle=after.handle), 303)


def _scope(form: ChangeForm) -> str:
    return form.scope.data if "scope" in form else "this"


def _refused(refused: Refused, booking: Booked, form: ChangeForm, house: House) -> dict[str, object]:
    posted = {**as_posted(request.form), "version": str(booking.version)}
    return refused_page(refused, posted, house, form, action=url_for("booking.change", handle=booking.handle))


def _form(booking: Booked, house: House, **values) -> ChangeForm:
    """Only fields that this person may see of it: what is hidden from them they cannot change either."""
    kind, person = KINDS[booking.kind], signed_in()
    viewer = Viewer.of(person, house)
    seen = seen_by(viewer, booking)
    day = Day(civil_date(booking.during.start, house.zone), viewer, now())
    form = booking_form(kind, house.spaces[booking.space], person, day, ChangeForm, stands=booking, **values)
    hidden = () if seen.is_full else ONLY_IN_FULL
    leave_out(form, (*NEVER_CHANGED, *hidden, *(() if viewer.is_party_to(booking) else FOR_WHOM)))
    if seen.caller and CALLER[0] not in form:
        leave_out(form, ["on_behalf_of"])  # left empty it would say that whoever changes something takes it
    if "on_behalf_of" in form:
        form.on_behalf_of.description = _hand_on_hint(booking)
    if booking.series is None:
        del form.scope
    offered = [
        space
        for space in spaces_of(kind, house, person)
        if space.kind == booking.kind and (may_book_in(person, space) or space.code == booking.space)
    ]
    form.space.choices = choices({each.code: f"{each.names.in_language(language())} ({each.code})" for each in offered})
    return form


def _hand_on_hint(booking: Booked) -> str:
    if booking.organiser == signed_in().username:
        return _("Type a name to hand the booking on: then it is theirs and no longer yours.")
    if booking.organiser is None:
        return _("Type a name to hand the booking on to somebody with an account.")
    return _("Another name hands the booking on to that person. Leave empty to take it yourself.")


def _standing(booking: Booked, house: House) -> dict[str, object]:
    """As asked_in() reads it from the form of a change that changes nothing."""
    values = {each.name: each.of(booking) for each in ASKED if each.stands}
    return values | {
        "exclusive": asks_it_alone(booking, house),
        "wheelchair": booking.wheelchair or None,
        "equipment": tuple(sorted(booking.equipment)) or None,
    }


def _values(booking: Booked, house: House) -> dict[str, object]:
    """What its form starts with. A booking of one's own is for nobody else."""
    half_days = house.policy(booking.space, civil_date(booking.during.start, house.zone)).in_half_days
    standing = _standing(booking, house)
    whom = standing.pop("caller")
    caller = {f"caller_{name}": value for name, value in asdict(whom).items()} if isinstance(whom, Caller) else {}
    values = {
        **standing,
        **caller,
        "version": booking.version,
        "scope": "this",
        "exclusive": standing["exclusive"] or None,
        "on_behalf_of": None if booking.organiser == signed_in().username else booking.organiser,
    }
    return {name: value for name, value in values.items() if value is not None} | values_at(
        booking.during, house, in_half_days=half_days
    )


def _changes(form: ChangeForm, people: dict, booking: Booked, house: House) -> dict[str, object]:
    """What is otherwise than it was: a field left alone asks for nothing, and is not judged again."""
    standing, wished = _standing(booking, house), asked_in(form, people) | {"space": form.space.data}
    wished |= _for_whom(wished, standing, form)
    was = (
        block_during(civil_date(booking.during.start, house.zone), block_of(booking.during, house), house)
        if "block" in form
        else booking.during
    )
    if form.during != was:
        wished |= {"start": form.during.start, "end": form.during.end}
    return {name: value for name, value in wished.items() if value != standing[name]}


def _for_whom(wished: Mapping[str, Any], standing: Mapping[str, Any], form: ChangeForm) -> dict[str, object]:
    """A name that is typed hands it on; both left empty, whoever changes it takes it. One of which no name was kept
    stays so. `wished`, `standing`: as of asked_in()."""
    caller, name = (wished.get(each) for each in ("caller", "on_behalf_of"))
    was, organiser = standing["caller"], standing["on_behalf_of"]
    if caller and was and _spoken(caller, form.house) == _spoken(was, form.house):
        caller = was
    is_asked = "on_behalf_of" in form and form.on_behalf_of.raw_data and (was or organiser)
    if is_asked and caller is None and name is None:
        name = signed_in().username
    return {"on_behalf_of": name or organiser, "caller": caller or was}


def _spoken(caller: Caller, house: House) -> Caller:
    """A form always says a language; who gave none is written to in the first."""
    return replace(caller, language=caller.language or house.languages[0])


def _page(booking: Booked, form: ChangeForm, house: House, **refused: object) -> str:
    return render_template(
        "booking/change.html",
        form=form,
        handle=booking.handle,
        when=when_words(booking.during, house),
        kind=KINDS[booking.kind],
        place=space_name(booking.space, house),
        **refused,
    )
