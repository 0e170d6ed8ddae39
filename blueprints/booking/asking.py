"""From a page's form to a request the actions understand, and from an alternative back to a form's values."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from flask import g, request
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from blueprints.booking.day import Day
from blueprints.booking.forms import (
    ASKED,
    CALLER,
    NAMED,
    BookingForm,
    SelectChoice,
    block_of,
    choices,
    repeat_rule,
    without,
)
from blueprints.booking.kind import SpaceKind
from blueprints.booking.messages import equipment_word, layout_word, role_word
from blueprints.booking.told import told_of_refused
from blueprints.web.identity import this_session
from blueprints.web.language import NAMES, language
from blueprints.web.unchanged import keep_no_copy
from blueprints.web.value_field import ValueField
from models.actions.bookings.idempotency import Key
from models.queries.keys import keys_used_by
from models.queries.people import colleagues_like, key_holders, people_by_username, person_by_username
from models.rules.bookings.fields import Booked, BookingRequest, Caller, Override
from models.rules.house.house import House, Service, Space
from models.rules.house.policy import SpacePolicy
from models.rules.people.person import Person
from models.rules.people.rights import holds, may_book_for, may_help_down, rules_set_aside_by, services_coordinated_by
from models.rules.refusals import Refused
from models.rules.times.interval import Interval, civil_date

REPEATING = ("repeat", "until", "count", "on_conflict")
MOST_LOOKED_AT = 100
NEVER_GIVEN = ("key", "csrf_token")
WHEN_IN_HALF_DAYS, WHEN_BY_HOURS = ("block",), ("start", "end")


def booking_form(
    kind: SpaceKind,
    space: Space,
    person: Person,
    day: Day,
    form_class: type[BookingForm] = BookingForm,
    *,
    stands: Booked | None = None,
    **values,
) -> BookingForm:
    """A form with only the fields that say something in this space to this person; `values` as for any form.
    `stands`: the booking that it is about. What that has is chosen again, though it is on offer no longer: a form that
    is sent as it came changes nothing."""
    house, policy = day.house, day.policy(space)
    left_out = set(ASKED) - _fields_that_matter(kind, space, policy, person, house)
    left_out.update(WHEN_BY_HOURS if policy.in_half_days else WHEN_IN_HALF_DAYS)
    form = without(form_class, left_out)(**values)
    form.house = house
    if "layout" in form:
        form.layout.choices = _layouts(policy)
        if stands and stands.layout not in policy.capacities:
            form.layout.choices += choices({stands.layout: layout_word(stands.layout)})
    if "service" in form:
        offered = services_for(person, house, kind.service_channels[space.kind])
        own = house.services[stands.service] if stands and stands.service else None
        form.service.choices = _service_choices(offered if own is None or own in offered else [*offered, own])
    if "equipment" in form:
        items = {*policy.equipment, *(stands.equipment if stands else ())}
        form.equipment.choices = choices({item: equipment_word(item) for item in sorted(items)})
    if "caller_language" in form:
        form.caller_language.choices = choices({each: NAMES[each] for each in house.languages})
    if "key_holder" in form:
        holders = {each.username: each.name for each in key_holders()}
        if stands and stands.key_holder and stands.key_holder not in holders:
            holders |= {each.username: each.name for each in people_by_username([stands.key_holder]).values()}
        form.key_holder.choices = choices({"": _("Nobody: it ends before the evening")} | holders)
    return form


def _fields_that_matter(kind: SpaceKind, space: Space, policy: SpacePolicy, person: Person, house: House) -> set[str]:
    matters = {
        "layout": len(policy.capacities) > 1,
        "exclusive": not space.exclusive and not policy.traits.never_exclusive,
        "wheelchair": policy.accessible,
        "evacuation_buddy": policy.accessible and house.floors[space.floor].level != 0,
        "equipment": bool(policy.equipment),
        "key_holder": policy.after_hours_allowed,
        "service": space.kind in kind.service_channels and not person.is_outside,
        "on_behalf_of": holds(person, "book_for_colleagues"),
        "channel": holds(person, "book_for_outsiders"),
        "caller": holds(person, "book_for_outsiders")
        and space.public_bookable
        and house.public_organisation is not None,
    }
    return {name for name in kind.fields if matters.get(name, True)}


def _layouts(policy: SpacePolicy) -> list[SelectChoice]:
    ordered = sorted(policy.by_layout().items(), key=lambda each: (each[0] != policy.default_layout, each[0]))
    return choices(
        {
            layout: _("%(layout)s, %(places)s places", layout=layout_word(layout), places=places.limit)
            for layout, places in ordered
        }
    )


def services_for(person: Person, house: House, channels: Iterable[str]) -> list[Service]:
    """Services of one's organisation through these channels: those one coordinates, then one's own, then the rest."""
    coordinated = services_coordinated_by(person, house)
    found = [
        each
        for each in house.services.values()
        if each.organisation == person.organisation and each.channel in channels
    ]
    return sorted(
        found,
        key=lambda each: (
            each.code not in coordinated,
            each.code != person.service,
            each.names.in_language(language()),
        ),
    )


def _service_choices(services: Iterable[Service]) -> list[SelectChoice]:
    """Confidential ones are marked: the page then takes title and note away."""
    return [
        SelectChoice("", _("None")),
        *(
            SelectChoice(each.code, each.names.in_language(language()), {"data-private": ""} if each.is_private else {})
            for each in services
        ),
    ]


def find_people(form: BookingForm, person: Person, organiser: str | None = None) -> dict[str, str] | None:
    """The usernames behind the names that were typed, or None with an error on the field where one is not clear.
    `organiser`: whose it is already, and may stay."""
    found = {}
    for name in NAMED:
        if name in form and form[name].data:
            username = _username_of(form[name], person, form.house, organiser)
            if username is None:
                return None
            found[name] = username
    return found


def _username_of(field: ValueField, person: Person, house: House, organiser: str | None) -> str | None:
    """Whoever may not be named there is answered as nobody: a form does not tell who works elsewhere."""
    exact = person_by_username(field.data)
    if exact is not None and (exact.username == organiser or _may_be_named(field.short_name, person, exact, house)):
        return exact.username
    like = suggested(field.short_name, person, house, field.data, limit=6)
    same = [each for each in like if each.name == field.data] or like
    if len(same) == 1:
        return same[0].username
    names = ", ".join(each.username for each in same)
    field.errors = [
        _("Several people are called so: %(names)s.", names=names)
        if same
        else _("We do not know an active person with this name.")
    ]
    return None


def suggested(field: str, person: Person, house: House, name: str, limit: int) -> list[Person]:
    """Those called something like it whom this person may name in a field: of the first hundred, some."""
    anywhere = field == "on_behalf_of" and holds(person, "book_for_outsiders")
    found = colleagues_like(name, None if anywhere else person.organisation, limit=MOST_LOOKED_AT)
    return [each for each in found if _may_be_named(field, person, each, house)][:limit]


def _may_be_named(field: str, person: Person, other: Person, house: House) -> bool:
    return may_book_for(person, other, house) if field == "on_behalf_of" else may_help_down(person, other)


def asked_in(form: BookingForm, people: Mapping[str, str]) -> dict[str, Any]:  # Any: as many types as fields
    """What is filled in, by the fields of a request; None where nothing is. After form.validate() and find_people()."""
    filled = {name: form[name].data for name in ASKED if name in form}
    filled |= {name: people.get(name) for name in NAMED if name in form}
    if CALLER[0] in form:
        name, *more = (form[each].data or None for each in CALLER)
        filled["caller"] = Caller(name, *more) if name else None
    if "equipment" in filled:
        filled["equipment"] = tuple(sorted(filled["equipment"]))
    return {name: None if value in ("", ()) else value for name, value in filled.items()}


def request_of(form: BookingForm, space: Space, people: Mapping[str, str]) -> BookingRequest:
    asked = {name: value for name, value in asked_in(form, people).items() if value is not None}
    return BookingRequest(
        space=space.code,
        start=form.during.start,
        end=form.during.end,
        **asked,
        recurrence=repeat_rule(form),
        on_conflict=form.on_conflict.data or "all",
    )


def with_override(wish: BookingRequest, form: BookingForm, person: Person, house: House) -> BookingRequest:
    """Whoever gives a reason sets aside every rule that is theirs to set aside."""
    space = house.spaces.get(wish.space)
    rules = rules_set_aside_by(person, house, civil_date(wish.start, house.zone), space.zone) if space else frozenset()
    if not form.override_reason.data or not rules:
        return wish
    return replace(wish, override=Override(rules, form.override_reason.data))


def may_be_overridden(refused: Refused, person: Person, house: House) -> bool:
    """Whether this person could set aside all that they are told stands in the way."""
    rules: frozenset[str] = frozenset()
    if refused.decisions:
        wanted = refused.decisions[0].wanted
        day, zone = civil_date(wanted.during.start, house.zone), house.spaces[wanted.space].zone
        rules = rules_set_aside_by(person, house, day, zone)
    return all(each.rule in rules for each in told_of_refused(refused, house))


def key_of(form: BookingForm, space: Space, person: Person) -> Key | None:
    """So that a form sent twice is one booking."""
    return key_of_form(form.key.data, person, space.code) if form.key.data else None


def key_of_form(number: str, person: Person, *where: str) -> Key:
    """A form's own number together with what was in it: the same wish sent twice is done once. Whoever goes Back and
    chooses another hour sends the same number with another wish, and that is a new one."""
    asked = sorted(item for item in request.form.items(multi=True) if item[0] not in NEVER_GIVEN)
    wish = hashlib.sha256(json.dumps([*where, asked]).encode()).hexdigest()
    return Key(caller_of(person), hashlib.sha256(f"{number} {wish}".encode()).hexdigest(), wish)


def new_key() -> str:
    """Of a form that is made anew each time it is shown: no browser may keep the page that it stands on."""
    keep_no_copy()
    return str(uuid.uuid4())


def lasting_key(person: Person, *what: str) -> str:
    """Of a form that wants the same thing wherever it stands open, so that its page may be kept: the same each time it
    is shown, until that person books something. Then another, for who cancels may want it once more. One query a
    request."""
    if "keys_used" not in g:
        g.keys_used = keys_used_by(caller_of(person))
    made_of = json.dumps([this_session(), *g.keys_used, *what])
    return str(uuid.UUID(hashlib.sha256(made_of.encode()).hexdigest()[:32]))


def caller_of(person: Person) -> str:
    """Whose key the key of a form is."""
    return f"person:{person.id}"


def filled_in(first: dict, given: MultiDict) -> MultiDict:
    """What a form starts with: the query's values, and over them those that were worked out from it."""
    worked_out = {name: value for name, value in first.items() if value is not None}
    return MultiDict({name: value for name, value in given.items() if name not in NEVER_GIVEN} | worked_out)


def values_at(during: Interval, house: House, *, in_half_days: bool) -> dict[str, str]:
    """The fields that say this time."""
    start, end = during.start.astimezone(house.zone), during.end.astimezone(house.zone)
    hours = {"block": block_of(during, house)} if in_half_days else {"start": f"{start:%H:%M}", "end": f"{end:%H:%M}"}
    return {"date": start.date().isoformat(), **hours}


def approvers(roles: Iterable[str]) -> str:
    return ", ".join(sorted(role_word(role) for role in roles))
