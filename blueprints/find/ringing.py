"""Somebody rings, or stands at the desk, and asks for a place: first who they are, then only what they may have.

Who they are is sent in the body of each request: an address stands in logs.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from flask import render_template, url_for
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField

from blueprints.booking.asking import find_people, new_key
from blueprints.booking.forms import CALLER, PersonField, choices
from blueprints.booking.messages import length_words, sentence_of
from blueprints.booking.show import Look
from blueprints.find import blueprint
from blueprints.find.form import ANYWHERE, LENGTHS, USUAL_LENGTH, Asked, next_hour
from blueprints.find.page import looked_for_words
from blueprints.find.rows import proposal_rows
from blueprints.find.seeking import Found, seek
from blueprints.web.clock import now
from blueprints.web.identity import signed_in
from blueprints.web.rights import needs
from blueprints.web.value_field import ValueField
from models.queries.house import the_house
from models.queries.people import person_by_username
from models.rules.bookings.fields import Caller
from models.rules.house.house import House
from models.rules.people.callers import stand_in
from models.rules.people.discretion import Viewer
from models.rules.people.person import Person
from models.rules.values import DAY, LINE, PHONE, SOME_PEOPLE, WALL_TIME


class RingingForm(FlaskForm):
    """Who, by account or by name; then what they ask for."""

    caller_name = ValueField(_l("Name of the caller"), LINE, render_kw={"autocomplete": "off"})
    caller_association = ValueField(_l("Association"), LINE, render_kw={"autocomplete": "off"})
    caller_phone = ValueField(_l("Telephone"), PHONE, render_kw={"inputmode": "tel", "autocomplete": "off"})
    on_behalf_of = PersonField(_l("Account"), _l("Of a resident or an association. Nobody there? Fill in a name."))
    attendees = ValueField(_l("How many people"), SOME_PEOPLE, render_kw={"inputmode": "numeric"})
    date = ValueField(_l("Date"), DAY, _l("Choose a date."))
    start = ValueField(_l("From"), WALL_TIME, _l("Say from what time."))
    minutes = SelectField(_l("How long"), coerce=int)

    house: House

    def validate(self, extra_validators=None) -> bool:
        """One of both says who it is for."""
        if not super().validate(extra_validators):
            return False
        if bool(self.on_behalf_of.data) == bool(self.caller_name.data):
            self.caller_name.errors = [str(_l("Say who it is for: an account, or a name."))]
            return False
        return True


@blueprint.get("/ringing")
@needs("book_for_outsiders")
def ringing() -> str:
    house, moment = the_house(), now()
    first = next_hour(signed_in(), house, moment)
    usual = {"date": first.date(), "start": first.time(), "minutes": USUAL_LENGTH}
    return _page(_form(house, data=usual), house, moment)


@blueprint.post("/ringing")
@needs("book_for_outsiders")
def offered() -> str | tuple[str, int]:
    """What this caller may have, each booked by one press. Nothing is kept."""
    house, moment = the_house(), now()
    form = _form(house)
    people = find_people(form, signed_in()) if form.validate() else None
    if people is None:
        return _page(form, house, moment), 400
    whose = _whose(form, people, house)
    asked = Asked(form.date.data, form.start.data, minutes=form.minutes.data, attendees=form.attendees.data)
    found = seek(replace(asked, near=ANYWHERE), whose, house, moment)
    if found is None:
        form.start.errors = [sentence_of("local_time_missing", house)]
        return _page(form, house, moment), 400
    return _page(form, house, moment, **_offers(form, people, asked, found, house, moment))


def _form(house: House, **values) -> RingingForm:
    form = RingingForm(**values)
    form.house = house
    form.minutes.choices = choices({minutes: length_words(minutes) for minutes in LENGTHS})
    if house.public_organisation is None:
        for name in CALLER:
            if name in form:
                del form[name]
    return form


def _whose(form: RingingForm, people: dict[str, str], house: House) -> Person:
    """Whom the rules judge; looked for in the building in which the reception sits."""
    account = person_by_username(people["on_behalf_of"]) if "on_behalf_of" in people else None
    caller = Caller(form.caller_name.data or "-", form.caller_association.data or None)
    public = house.public_organisation or signed_in().organisation
    person = account or stand_in(caller, public, house)
    return replace(person, home_zone=person.home_zone or signed_in().home_zone)


def _offers(
    form: RingingForm, people: dict[str, str], asked: Asked, found: Found, house: House, moment: datetime
) -> dict[str, object]:
    look = Look(Viewer.of(signed_in(), house), moment, url_for("find.ringing"))
    who = {name: form[name].data for name in CALLER if name in form and form.caller_name.data} | people
    shared = {**who, "channel": "phone", "key": new_key()}
    later = found.other_hours or found.first
    return {
        "looked_for": looked_for_words(asked),
        "rows": proposal_rows(found.proposals, found.quest, look, shared),
        "why_not": found.why_not,
        "later": proposal_rows(later, found.quest, look, shared),
    }


def _page(form: RingingForm, house: House, moment: datetime, **found: object) -> str:
    return render_template("find/ringing.html", form=form, **found)
