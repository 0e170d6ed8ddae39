"""What a manager may choose from on the forms of spaces and zones, and what those forms start from."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext as _

from blueprints.booking.forms import choices
from blueprints.manage.places.forms import WHOLE_HOUSE, DeskRowForm, NewSpaceForm, SpaceForm, ZoneForm
from blueprints.manage.words.places import access_word, sort_word
from blueprints.web.language import language
from models.actions.places.change_space import as_wished
from models.actions.places.change_zone import zone_as_wished
from models.queries.places import space_row, zone_row
from models.rules.changes.place_wishes import ACCESS
from models.rules.house.house import House
from models.rules.house.policy import TRAITS
from models.rules.people.person import Person
from models.rules.people.rights import MANAGERS, may_edit_space

DESK = "desk"


def offer_for_space(form: SpaceForm, house: House, person: Person, *, also_zone: str = "") -> None:
    """`also_zone`: where the space lies now, whoever's zone that is."""
    form.sort.choices = choices({sort: sort_word(sort) for sort in TRAITS})
    form.zone.choices = _zones(house, person, also_zone)
    form.owner.choices = _owners(house, person)
    form.bookable_by.choices = _organisations(house)
    known = {item for space in house.spaces.values() for item in space.equipment} | set(form.equipment.data or ())
    form.equipment.choices = choices({item: item for item in sorted(known, key=str.casefold)})


def offer_for_new_space(form: NewSpaceForm, house: House, person: Person) -> None:
    """As for any, with nothing chosen: a list that begins with a zone or an owner would choose it."""
    offer_for_space(form, house, person)
    unchosen = {"": _("Choose")}
    zones = {code: f"{floor}: {name}" for floor, inside in _zones(house, person).items() for code, name in inside}
    owners = {choice.value or WHOLE_HOUSE: choice.label for choice in _owners(house, person)}
    form.zone.choices, form.owner.choices = choices(unchosen | zones), choices(unchosen | owners)


def offer_for_desks(form: DeskRowForm, house: House, person: Person) -> None:
    form.zone.choices = _zones(house, person)
    form.owner.choices = _owners(house, person)
    desks = {
        space.code: f"{space.code} {space.names.in_language(language())}"
        for space in house.spaces.values()
        if space.sort == DESK and may_edit_space(person, space.owner)
    }
    form.like.choices = choices({"": _("No desk: what is usual"), **desks})


def offer_for_zone(form: ZoneForm, house: House) -> None:
    form.floor.choices = choices({code: floor.names.in_language(language()) for code, floor in house.floors.items()})
    form.access.choices = choices({access: access_word(access) for access in ACCESS})
    form.owner.choices = choices({"": _("The whole house"), **_named(house.organisations)})
    form.bookable_by.choices = _organisations(house)


def space_values(code: str, house: House) -> dict[str, object]:
    """A space as its form holds it. Two queries."""
    row, parts = space_row(code), house.spaces[code].parts
    assert row is not None, "the house names it"
    values = as_wished(row, house)
    return _filled(
        values | {"parts": "" if parts == (code,) else ", ".join(sorted(parts)), "owner": values["owner"] or ""}
    )


def zone_values(code: str, house: House) -> dict[str, object]:
    row = zone_row(code)
    assert row is not None, "the house names it"
    values = zone_as_wished(row, house)
    return _filled(
        values
        | {"owner": values["owner"] or "", "first_day": values.pop("valid_from"), "last_day": values.pop("valid_to")}
    )


def first_owner(zone: str, house: House, person: Person) -> str:
    """Whose a new space in a zone is likely to be: the zone's owner's, or, for a partner, its own."""
    if not person.roles & MANAGERS:
        return person.organisation
    return house.zones[zone].owner or "" if zone in house.zones else ""


def _filled(values: Mapping[str, object]) -> dict[str, object]:
    return {name: sorted(value) if isinstance(value, frozenset) else value for name, value in values.items()}


def _zones(house: House, person: Person, also: str = "") -> dict[str, list[tuple[str, str]]]:
    """By floor; a partner's administrator is offered the zones of its own organisation."""
    offered: dict[str, list[tuple[str, str]]] = {}
    for code, zone in sorted(house.zones.items()):
        if person.roles & MANAGERS or zone.owner == person.organisation or code == also:
            floor = house.floors[zone.floor].names.in_language(language())
            offered.setdefault(floor, []).append((code, f"{zone.names.in_language(language())} ({code})"))
    return offered


def _owners(house: House, person: Person) -> list:
    if person.roles & MANAGERS:
        return choices({"": _("The whole house"), **_named(house.organisations)})
    return choices({person.organisation: house.organisations[person.organisation].names.in_language(language())})


def _organisations(house: House) -> list:
    return choices(_named(house.organisations))


def _named(places: Mapping) -> dict[str, str]:
    return {code: place.names.in_language(language()) for code, place in places.items()}
