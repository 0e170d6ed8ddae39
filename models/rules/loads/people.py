"""Who works in a made-up municipality: somebody for each role, a team in each zone of desks, and those outside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import cycle

from models.rules.loads.sizes import Size

Row = dict[str, object]
ROLES = {
    "facilitair.beheerder": "facility_manager",
    "preventieadviseur": "prevention_adviser",
    "ict.beheerder": "it_admin",
    "dpo": "dpo",
    "secretariaat.protocol": "protocol_officer",
    "kwaliteitscoordinator": "analyst",
    "burgemeester": "elected",
}


def people_of(size: Size, services: Sequence[Mapping[str, object]], buildings: Sequence[str]) -> Iterator[Row]:
    """As many as the size says: those who come to a desk belong to a service that has its home in a zone, the others
    to one that has none."""
    at_home = [each for each in services if each.get("home_zone_code")]
    outside = [each for each in services if not each.get("home_zone_code")]
    host = next(each for each in outside if each["org_code"] == "GEM")
    rows = [_person(username, host, ("staff", role)) for username, role in ROLES.items()]
    for building in buildings:
        rows.append(_person(f"onthaal.{building}".lower(), host, ("staff", "receptionist")))
        rows.append(_person(f"conciergerie.{building}".lower(), host, ("staff", "caretaker")))
    for number, service in zip(range(size.desk_users), cycle(at_home), strict=False):
        leads = "counter_coordinator" if service["channel"] in ("counter", "booth") else "service_head"
        is_first = number < len(at_home)
        rows.append(_person(f"medewerker.{number + 1:05}", service, ("staff", leads) if is_first else ("staff",)))
    others = max(0, size.staff - len(rows))
    for number, service in zip(range(others), cycle(outside), strict=False):
        rows.append(_person(f"buitendienst.{number + 1:05}", service, ("staff",)))
    yield from rows


def _person(username: str, service: Mapping[str, object], roles: tuple[str, ...]) -> Row:
    return {
        "username": username,
        "display_name": username.replace(".", " ").capitalize(),
        "email": f"{username}@load.example.org",
        "org_code": service["org_code"],
        "service_code": service["code"],
        "roles": ";".join(roles),
        "home_zone_code": service.get("home_zone_code"),
        "show_name_to": "team",
    }
