"""Who calls and from where: the person behind the token, and the building they mean."""

from __future__ import annotations

from collections.abc import Container

from blueprints.web.identity import signed_in
from models.queries.house import the_house
from models.rules.house.house import House
from models.rules.people.discretion import Viewer
from models.rules.refusals import BadRequest


def caller_as_viewer() -> Viewer:
    return Viewer.of(signed_in(), the_house())


def building_meant(named: str | None, house: House) -> str:
    """The one named, else the caller's: where their zone lies, or the municipality's first."""
    return known("building", named, house.buildings) or house.building_of(signed_in().home_zone)


def known(field: str, code: str | None, things: Container[str]) -> str | None:
    """A code as it was given, if it names one of `things`; None means nothing was asked for."""
    if code is not None and code not in things:
        raise BadRequest(field, "unknown_code")
    return code
