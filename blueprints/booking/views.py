"""The routes every kind of space has: its list, one space, and booking it."""

from __future__ import annotations

from functools import partial, update_wrapper

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for

from blueprints.booking.answers import as_posted, blame, booked_sentence, check_page, first_booked, refused_page
from blueprints.booking.asking import (
    booking_form,
    filled_in,
    find_people,
    key_of,
    may_be_overridden,
    new_key,
    request_of,
    with_override,
)
from blueprints.booking.claims import claim_form
from blueprints.booking.day import Day
from blueprints.booking.filters import filter_form, read_filter, without_nonsense
from blueprints.booking.forms import BookingForm
from blueprints.booking.just_booked import just_booked
from blueprints.booking.kind import SpaceKind, state_kind
from blueprints.booking.overview import overview_page, spaces_of
from blueprints.booking.prefill import first_values, why_later
from blueprints.booking.space_page import form_facts, space_page
from blueprints.booking.told import status_told
from blueprints.web.addresses import url_with
from blueprints.web.base_url import base_path
from blueprints.web.clock import now
from blueprints.web.identity import signed_in
from blueprints.web.probes import TooManyProbes, judging
from blueprints.web.rights import needs
from blueprints.web.unchanged import unless_unchanged
from models.actions.bookings.book import book as book_space
from models.actions.bookings.book import check as check_booking
from models.actions.plans.claim_space import claim as claim_space
from models.actions.plans.claim_space import claims_offered
from models.queries.house import the_house
from models.queries.plans import plan_handle
from models.rules.changes.precedence import claimable_by
from models.rules.house.house import House, Space
from models.rules.people.discretion import Viewer
from models.rules.people.person import By
from models.rules.refusals import BadRequest, Refused
from models.rules.times.interval import civil_date


def space_blueprint(kind: SpaceKind) -> Blueprint:
    """The part of the site for one kind, with the shared routes in it."""
    state_kind(kind)
    blueprint = Blueprint(kind.name, f"blueprints.{kind.name}", url_prefix=kind.prefix)
    routes = (
        ("", "GET", overview),
        ("/<code>", "GET", one_space),
        ("/<code>/book", "GET", book_form),
        ("/<code>/book", "POST", book),
        ("/<code>/book/check", "POST", check),
        ("/<code>/claim", "POST", claim),
    )
    for address, method, view in routes:
        blueprint.add_url_rule(address, view.__name__, update_wrapper(partial(view, kind), view), methods=[method])
    return blueprint


@needs("see_spaces")
@unless_unchanged
def overview(kind: SpaceKind):
    """The list; what the address asks and cannot be read is left out of it."""
    house = the_house()
    spaces = spaces_of(kind, house, signed_in())
    form = filter_form(request.args, spaces, house)
    asked = read_filter(form)
    if asked is None:
        return redirect(url_with(f"{kind.name}.overview", without_nonsense(request.args, form)))
    day = today(house)
    if asked.date:
        day = Day(asked.date, day.viewer, day.now)
    return render_template(kind.list_page, **overview_page(kind, form, asked, day, spaces))


@needs("see_spaces")
@unless_unchanged
def one_space(kind: SpaceKind, code: str):
    house = the_house()
    space = _space(kind, code, house)
    form = filter_form(request.args, [space], house)
    if form.date.validate(form) is False:
        return redirect(url_for(f"{kind.name}.one_space", code=code))
    day = today(house)
    return render_template(
        "booking/space.html", **space_page(kind, space, Day(form.date.data or day.date, day.viewer, day.now))
    )


@needs("book")
def book_form(kind: SpaceKind, code: str):
    house = the_house()
    space, day = _space(kind, code, house), today(house)
    first = first_values(kind, space, request.args, day)
    form = booking_form(kind, space, signed_in(), day, formdata=filled_in(first, request.args))
    return _form_page(kind, space, form, day, why_later=why_later(request.args, first, space, day))


@needs("book")
def book(kind: SpaceKind, code: str):
    """One booking for one form, however often it is sent; refused: the form again, with every reason first."""
    house, person = the_house(), signed_in()
    space, day, form, people = _sent(kind, code)
    if people is None:
        return _form_page(kind, space, form, day), 400
    try:
        wish = with_override(request_of(form, space, people), form, person, house)
        with judging(person, space.code, wish.on_behalf_of, house, day.now, books=True):
            answer = book_space(wish, person, day.now, key=key_of(form, space, person))
    except BadRequest as error:
        blame(form, error)
        return _form_page(kind, space, form, day), 400
    except TooManyProbes as error:
        form.form_errors.append(error.description)
        return _form_page(kind, space, form, day), error.code, error.header
    except Refused as refused:
        return _refused(kind, space, form, day, refused, may_override=may_be_overridden(refused, person, house))
    if answer.kept is None:
        flash(booked_sentence(answer, house), "success")
    return redirect(url_for("booking.one", handle=first_booked(answer)), 303)


@needs("work_on_plan")
def claim(kind: SpaceKind, code: str):
    """The form of a booking that was refused because others hold the place: a plan that gives them another one."""
    space, day, form, people = _sent(kind, code)
    asked = claim_form(claimable_by(signed_in(), day.house))
    offer = {"posted": as_posted(request.form), "claim": asked, "claim_url": base_path() + request.path}
    if people is None or not asked.validate():
        return _form_page(kind, space, form, day, **offer), 400
    try:
        wish = request_of(form, space, people)
        with judging(signed_in(), space.code, wish.on_behalf_of, day.house, day.now, books=True):
            number = claim_space(wish, asked.precedence.data, By(signed_in(), day.now), reason=asked.claim_reason.data)
    except BadRequest as error:
        blame(form, error)
        return _form_page(kind, space, form, day, **offer), 400
    except TooManyProbes as error:
        form.form_errors.append(error.description)
        return _form_page(kind, space, form, day, **offer), error.code, error.header
    except Refused as refused:
        return _refused(kind, space, form, day, refused)
    return redirect(url_for("manage.plan_one", plan=plan_handle(number)), 303)


@needs("check_booking")
def check(kind: SpaceKind, code: str):
    """A piece of page: whether what is filled in so far could be booked. 200 whatever it says, but for who asks too
    often."""
    space, day, form, people = _sent(kind, code)
    found: dict[str, object] = {"unclear": True}
    if people is not None:
        try:
            wish = request_of(form, space, people)
            with judging(signed_in(), space.code, wish.on_behalf_of, day.house, day.now, books=False):
                found = check_page(check_booking(wish, signed_in(), day.now), day.house)
        except TooManyProbes as error:
            return render_template("booking/check.html", form=form, too_often=error.description), 429, error.header
        except BadRequest as error:
            blame(form, error)
        except Refused as refused:
            found = _refused_words(space, form, day, refused)
    return render_template("booking/check.html", form=form, **found)


def today(house: House) -> Day:
    return Day(civil_date(now(), house.zone), Viewer.of(signed_in(), house), now())


def _space(kind: SpaceKind, code: str, house: House) -> Space:
    space = house.spaces.get(code)
    if space is None or space.kind not in kind.kinds:
        abort(404)
    return space


def _sent(kind: SpaceKind, code: str) -> tuple[Space, Day, BookingForm, dict[str, str] | None]:
    """The space, today, the form that was sent, and the usernames in it; None where it cannot be read."""
    house, person = the_house(), signed_in()
    space, day = _space(kind, code, house), today(house)
    form = booking_form(kind, space, person, day)
    return space, day, form, find_people(form, person) if form.validate() else None


def _refused(kind: SpaceKind, space: Space, form: BookingForm, day: Day, refused: Refused, **more: object):
    """The form again, with every reason first, and the place claimed for whoever comes before its holders."""
    bodies = claims_offered(refused, day.person, day.house, day.now)
    offer = {"claim": claim_form(bodies), "claim_url": url_for(f"{kind.name}.claim", code=space.code)} if bodies else {}
    said = _refused_words(space, form, day, refused)
    return _form_page(kind, space, form, day, **said, **more, **offer), status_told(refused, day.house)


def _refused_words(space: Space, form: BookingForm, day: Day, refused: Refused) -> dict[str, object]:
    said = refused_page(refused, request.form, day.house, form)
    return said | just_booked(refused, space, form.during, day)


def _form_page(kind: SpaceKind, space: Space, form: BookingForm, day: Day, **refused: object) -> str:
    posted = refused.get("posted")
    if not form.key.data or form.key.errors or posted is not None:
        form.key.data = (posted.get("key") if isinstance(posted, dict) else None) or new_key()
    if form.date.data and not form.date.errors:
        day = Day(form.date.data, day.viewer, day.now)  # what the page says of hours is meant for the day asked for
    return render_template("booking/book.html", form=form, **(form_facts(kind, space, day) | refused))
