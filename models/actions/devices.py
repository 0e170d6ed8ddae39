"""Pair a screen with a zone, let it in, take it back; and what a kiosk does for whoever presses it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, update

from models.actions.line.arrive import arrive
from models.actions.line.join import Joining, join_line
from models.actions.people.attempts import Counted, forget_failures, was_right
from models.actions.record import record
from models.queries.devices import Paired, awaited_screen, codes_of_talks, is_paired_by, number_of
from models.queries.house import the_house
from models.queries.line import joined_lately, visit_by_key, visit_of_booking
from models.queries.places import zone_row
from models.rules.line.kiosk_pace import NUMBERS_WITHIN, next_number_at
from models.rules.line.party import Party
from models.rules.line.served import services_without_appointment
from models.rules.people.pairing import KINDS, PANEL, STEP, Spot, paired_by, pairing_hash
from models.rules.people.person import By
from models.rules.people.rights import zones_to_pair
from models.rules.people.tokens import token_hash
from models.rules.people.visitor_code import is_meant_by
from models.rules.refusals import BadRequest, NotFound, Refused, checked_value
from models.rules.times.interval import civil_date, civil_day
from models.rules.values import PRESS
from models.tables.db import db
from models.tables.device import Device
from models.tables.transaction import touched, writes


@writes
def pair_device(typed: str, name: str, key: str, by: By, counted: Counted) -> Spot:
    """Let the screen in that shows this code, the next time it asks, and say where it stands.

    Raises BadRequest: field `code` with no_such_screen, code_used or panel_code. `counted`: the attempt, as it was
    written down before; it was none to guess. Of the zones of others a code is as good as made up.
    """
    person, now = by
    spots = [Spot(kind, zone) for zone in zones_to_pair(person, the_house()) for kind in KINDS]
    found = paired_by(typed, spots, key, now)
    if found is None:
        panels = [Spot(PANEL, code) for code in the_house().spaces]
        raise BadRequest("code", "panel_code" if paired_by(typed, panels, key, now) else "no_such_screen")
    spot, hashed = found
    _forget_those_that_never_came(now)
    if is_paired_by(hashed):
        raise BadRequest("code", "code_used")
    row = Device(
        kind=spot.kind,
        zone_id=zone_row(spot.code).id,
        name=name,
        pairing_hash=hashed,
        paired_by_id=person.id,
        paired_at=now,
    )
    db.session.add(row)
    db.session.flush()
    record("pair_device", "device", row.id, person, now, kind=spot.kind, zone=spot.code)
    forget_failures(counted)
    return spot


@writes
def let_in(secret: str, spot: Spot, now: datetime) -> bool:
    """Whether the browser with this secret is from now on the device whose code was typed. One alone: of two that show
    the same code, the first that asks."""
    number = awaited_screen(pairing_hash(secret, spot), now)
    if number is None:
        return False
    of_this_secret = token_hash(secret)
    db.session.execute(delete(Device).where(Device.token_hash == of_this_secret))
    came = update(Device).where(Device.id == number).values(token_hash=of_this_secret, last_used_at=now)
    return bool(touched(came))


@writes
def revoke_device(handle: str, by: By) -> None:
    """From its next question on it shows its pairing page. NotFound for one in others' zones, or revoked before."""
    person, now = by
    number = number_of(handle, zones_to_pair(person, the_house()))
    if number is None:
        raise NotFound
    db.session.execute(delete(Device).where(Device.id == number))
    record("revoke_device", "device", number, person, now)


@writes
def arrive_by_code(typed: str, zone: str, now: datetime, counted: Counted) -> Party:
    """Somebody is here for the talk of today that has this visitor code, anywhere in the building of the kiosk's zone:
    of a visit of several parts for all, and led to the next. Raises NotFound where none is left. `counted`: the
    attempt, which was none to guess; of those before it nothing is forgotten, for others made them."""
    house = the_house()
    building = house.zones[zone].building
    meant = [
        number
        for number, code, space in codes_of_talks(civil_day(civil_date(now, house.zone), house.zone))
        if is_meant_by(typed, code) and house.spaces[space].building == building
    ]
    party = _arrived_for_next(meant, now)
    was_right(counted)
    return party


@writes
def take_number(service: str, device: Paired, press: str, now: datetime) -> Party | datetime:
    """A number for a service for which none needs an appointment; for the same press the same. Where many were taken
    just now: when the next one is to be had. Raises BadRequest: field `service` with unknown_code, `press` where it is
    none."""
    checked_value("press", PRESS, press)
    offered = services_without_appointment(device.zone, the_house())
    if service not in {each.code for each in offered}:
        raise BadRequest("service", "unknown_code")
    kiosk = f"kiosk {device.handle} "
    key = kiosk + press
    wait = next_number_at(joined_lately(kiosk, device.zone, now - NUMBERS_WITHIN, now), now)
    if wait is not None and visit_by_key(key) is None:
        return wait
    return join_line(Joining(device.zone, service, key=key), None, now)


def _arrived_for_next(meant: list[int], now: datetime) -> Party:
    """The number for the first part of a visit that is not done, before one to which they did not come when called."""
    states = {each: visit.state if (visit := visit_of_booking(each)) else None for each in meant}
    left = sorted((each for each in meant if states[each] != "done"), key=lambda each: states[each] == "not_come")
    for each in left:
        try:
            return arrive(each, None, now)
        except Refused:  # over, or received where there is no line
            continue
    raise NotFound


def _forget_those_that_never_came(now: datetime) -> None:
    db.session.execute(delete(Device).where(Device.token_hash.is_(None), Device.paired_at <= now - 2 * STEP))
