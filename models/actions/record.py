"""What every change of a booking leaves behind: an audit entry without titles, and mail for whoever is concerned."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import bindparam, insert, text

from models.queries.people import people_by_username
from models.queries.place_changes import changed_since
from models.rules.bookings.fields import Booked, Seen
from models.rules.changes.change import Change
from models.rules.house.house import House
from models.rules.people.callers import caller_in, organiser_of
from models.rules.people.discretion import Viewer, is_written_to, read_by
from models.rules.people.person import By, Person, Why
from models.rules.refusals import Refused, refusal
from models.tables.db import db
from models.tables.log import AuditEntry, OutboxAbout, OutboxRow
from models.tables.transaction import inserted

NOTHING: Mapping[int, Mapping] = MappingProxyType({})
_ENTRY = insert(AuditEntry.__table__).inline()  # nobody asks for the number
_LETTER, _ABOUT = insert(OutboxRow.__table__), insert(OutboxAbout.__table__)
# A letter and what it is about, as PostgreSQL takes both at once.
_LETTER_AND_ABOUT = text("""
    WITH letter AS (
        INSERT INTO outbox (kind, recipient_id, caller, message_id, created_at, due_at, attempts, facts)
        VALUES (:kind, :recipient_id, :caller, :message_id, :created_at, :due_at, :attempts, :facts) RETURNING id
    )
    INSERT INTO outbox_about (outbox_id, uid, recipient)
    SELECT id, unnest(CAST(:uids AS text[])), CAST(:whose AS text) FROM letter
""").bindparams(
    *(
        bindparam(name, type_=OutboxRow.__table__.c[name].type)
        for name in ("kind", "recipient_id", "caller", "message_id", "created_at", "due_at", "attempts", "facts")
    )
)


def record(action: str, thing: str, thing_id: object, actor: Person | None, now: datetime, **facts: object) -> None:
    record_each(action, thing, {str(thing_id): facts}, actor, now)


def record_each(
    action: str, thing: str, facts: Mapping[str, Mapping[str, object]], actor: Person | None, now: datetime
) -> None:
    """An entry for each of several things, by what it is known by. One statement."""
    alike = {"at": now, "actor_id": actor.id if actor else None, "action": action, "thing": thing}
    rows = [{**alike, "thing_id": thing_id, "facts": said} for thing_id, said in facts.items()]
    if rows:
        db.session.connection().execute(_ENTRY, rows)


def record_change(action: str, change: Change, by: By, why: Why, **facts: Any) -> None:  # Any: what JSON may hold
    """A change of the house, under the thing that it is of."""
    record(
        action,
        *change.kept_as,
        *by,
        reason=why.reason,
        valid_from=change.since.isoformat(),
        valid_to=change.last.isoformat() if change.last else None,
        **facts,
    )


def check_as_seen(version: int, seen: int | None) -> None:
    """As check_unchanged_since(), for what has a version of its own: `seen` by its editor, None by nobody."""
    if seen is not None and seen != version:
        raise Refused([refusal("changed_meanwhile")])


def check_unchanged_since(seen: int | None, things: Collection[tuple[str, str]]) -> None:
    """Nothing is overwritten unseen: the second of two editors is refused and looks again."""
    if seen is not None and changed_since(things, seen, limit=1):
        raise Refused([refusal("changed_meanwhile")])


def tell(
    kind: str,
    bookings: Iterable[Booked],
    recipients: Iterable[Person],
    house: House,
    now: datetime,
    *,
    more: Mapping[int, Mapping] = NOTHING,
) -> None:
    """Put one mail per recipient in the outbox, about those of these bookings that are theirs now: whoever has left
    since, or booked a talk in confidence for others, gets none. `more`: what is to be said of a booking beside that, by
    its number.

    Even its own party gets no more of a private talk than its time and space: mail ends up on lock screens.
    """
    bookings = list(bookings)
    for person in {each.id: each for each in recipients if each.email}.values():
        viewer = Viewer.of(person, house)
        facts = [
            {**mail_facts(read_by(viewer, booking), booking), **more.get(booking.id, {})}
            for booking in bookings
            if is_written_to(viewer, booking)
        ]
        if facts:
            put_in_outbox(kind, person, facts, now)


def tell_parties(kind: str, bookings: Iterable[Booked], house: House, now: datetime) -> None:
    """Organiser and booker of each, in one mail for all that are theirs. One query."""
    bookings = list(bookings)
    people = people_by_username(name for each in bookings for name in (each.organiser, each.booked_by) if name)
    tell_each(((kind, person, each) for each in bookings for person in parties_of(each, people, house)), house, now)


def parties_of(booking: Booked, people: Mapping[str, Person], house: House) -> list[Person]:
    """Organiser or caller, and booker: whoever is told of what becomes of it, if tell() writes to them. `people`: by
    username."""
    both = (organiser_of(booking, people, house), people[booking.booked_by])
    return list({each.id: each for each in both}.values())


def tell_each(told: Iterable[tuple[str, Person, Booked]], house: House, now: datetime) -> None:
    """One mail for each kind and recipient. `told`: what is to be said to whom of which booking."""
    mails = defaultdict(list)
    for kind, person, booking in told:
        mails[kind, person].append(booking)
    for (kind, person), bookings in mails.items():
        tell(kind, bookings, [person], house, now)


def tell_of_plan(kind: str, recipient: Person, now: datetime, **facts: object) -> None:
    """One mail about a plan, of which it says what `facts` say and names no booking; none to whoever has no address."""
    if recipient.email:
        put_in_outbox(kind, recipient, [], now, plan=facts)


def tell_of_duties(recipient: Person, duties: list[dict[str, str]], now: datetime) -> None:
    """One mail about duties at counters: of each `counter`, `service`, `start` and `end`; none without an address."""
    if recipient.email:
        put_in_outbox("duties", recipient, [], now, duties=duties)


def put_in_outbox(kind: str, recipient: Person, facts: list[dict], now: datetime, **beside: object) -> None:
    """One mail. `facts`: of each booking it is about, what mail_facts() says and what is added to that. One statement
    on PostgreSQL, two on SQLite."""
    letter = {
        "kind": kind,
        "recipient_id": recipient.id if recipient.has_account else None,
        "caller": None if recipient.has_account else asdict(caller_in(recipient)),
        "message_id": f"<{uuid.uuid4()}@trefpunt>",
        "created_at": now,
        "due_at": now,
        "attempts": 0,
        "facts": {"bookings": facts, **beside},
    }
    whose = f"person:{recipient.id}" if recipient.has_account else f"caller:{recipient.email}"
    about, connection = sorted({each["uid"] for each in facts}), db.session.connection()
    if connection.dialect.name == "postgresql":
        connection.execute(_LETTER_AND_ABOUT, {**letter, "uids": about, "whose": whose})
        return
    number = inserted(_LETTER, letter)
    if about:
        connection.execute(_ABOUT, [{"outbox_id": number, "uid": uid, "recipient": whose} for uid in about])


def mail_facts(seen: Seen, booking: Booked) -> dict:
    """What a mail may carry. `uid` and `sequence` say nothing of content and let a calendar follow the booking."""
    facts = {
        "handle": seen.handle,
        "uid": booking.uid,
        "sequence": booking.sequence,
        "space": seen.space,
        "start": seen.during.start.isoformat(),
        "end": seen.during.end.isoformat(),
        "private": booking.service_is_private,
        "status": booking.status,
        "organisation": booking.organisation,
        "occurrence_at": booking.occurrence_at.isoformat() if booking.occurrence_at else None,
    }
    if not booking.service_is_private:
        facts |= {
            "title": seen.title,
            "attendees": seen.attendees,
            "layout": seen.layout,
            "status_reason": seen.status_reason,
        }
    return facts
