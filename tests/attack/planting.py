"""How the marked talks come into the town, and what others do with them in their way."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta

from sqlalchemy import select, update

from models.actions.bookings.book import book
from models.actions.files.import_draft import keep_draft
from models.actions.line.arrive import arrive
from models.actions.line.join import Joining, join_line
from models.actions.people.feeds import make_feed
from models.actions.places.announce import ToAnnounce, announce
from models.actions.places.set_precedence import PrecedenceWish, add_precedence
from models.actions.places.set_quota import add_quota
from models.actions.plans.apply_plan import apply_plan
from models.actions.plans.claim_space import claim
from models.actions.plans.make_plan import make_plan
from models.actions.presence.evacuate import end_evacuation, start_evacuation
from models.queries.people import person_by_username
from models.rules.bookings.fields import BookingRequest, Caller
from models.rules.changes.quotas import QuotaWish
from models.rules.changes.spaces import SetCapacity
from models.rules.people.person import By
from models.rules.refusals import Refused
from models.rules.values import Scope
from models.tables.booking import Booking, BookingCaller
from models.tables.db import db
from models.tables.person import PersonRow
from models.tables.transaction import write_transaction
from tests.attack.planted import DAY, Planted, mail_of, mark
from tests.cast import BRUSSELS, FARID, GERDA, HUGO, NOW, ask
from tests.screens import pair

KEY_HOLDER = "facilitair.medewerker"


def plant(talks: Sequence[Planted]) -> None:
    """Booked as people book, on a morning to come; then put to their day, status and words past every action: whatever
    stands in the database, discretion holds."""
    for number, talk in enumerate(talks):
        morning = DAY + timedelta(days=6, weeks=number % 7)
        asked = BookingRequest(
            talk.space,
            _on(morning, "10:00"),
            _on(morning, "10:45"),
            attendees=2,
            title=mark("title", talk.number),
            note=mark("note", talk.number),
            service=talk.service,
            privacy=None if talk.in_confidence else talk.privacy,
            caller=_caller(talk.number) if talk.is_called else None,
        )
        made = book(asked, person_by_username(talk.organiser), NOW).bookings[0]
        with write_transaction():
            db.session.execute(update(Booking).where(Booking.id == made.id).values(**_marked(talk)))
            phone = {"phone": mark("phone", talk.number)}
            db.session.execute(update(BookingCaller).where(BookingCaller.booking_id == made.id).values(**phone))
    with write_transaction():
        for each in talks:
            if each.is_marked_by_name:
                _call(each.organiser, mark("organiser", each.number))  # of all their talks, the last
        _call(KEY_HOLDER, mark("keyholder", next(each.number for each in talks if each.in_confidence)))


def _caller(number: int) -> Caller:
    return Caller(mark("organiser", number), mark("association", number), None, mail_of(number), "en")


def _marked(talk: Planted) -> dict[str, object]:
    values: dict[str, object] = {
        "starts_at": _on(talk.day, talk.start),
        "ends_at": _on(talk.day, talk.end),
        "title": mark("title", talk.number),
        "note": mark("note", talk.number),
        "status_reason": mark("reason", talk.number),
        "visitor_code": mark("code", talk.number),
        "uid": mark("uid", talk.number),
    }
    if talk.in_confidence:
        values["key_holder_id"] = person_by_username(KEY_HOLDER).id
    if talk.status != "pending" or not talk.decides:
        values["status"] = talk.status
    if talk.status == "checked_in":
        values["checked_in_at"] = NOW
    return values


def _call(username: str, name: str) -> None:
    db.session.execute(update(PersonRow).where(PersonRow.username == username).values(display_name=name))


def _on(day: date, clock: str) -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=BRUSSELS)


def go_on_around(talks: Sequence[Planted]) -> None:
    """What others do with talks in their way: none of it may tell them more."""
    farid, by = person_by_username(FARID), By(person_by_username(FARID), NOW)
    secret = next(each for each in talks if each.service == "OCMW-SCH" and each.status == "confirmed")
    for each in (secret, next(each for each in talks if each.service == "WW-BEM")):
        too_many = ask(each.space, f"{DAY + timedelta(days=6)}T14:00", "14:45", attendees=90, service=each.service)
        with suppress(Refused):
            book(too_many, person_by_username(each.organiser), NOW)
    end_evacuation(start_evacuation("AC", "drill", farid, NOW), farid, NOW)
    start_evacuation("AC", "drill", farid, NOW)
    narrow = [SetCapacity(Scope("space", code), 1) for code in ("SK-05", "SK-08", "VZ-104")]
    apply_plan(make_plan(narrow, "Narrow", by), by, leaving=True)  # it waits for those whose talks these are
    apply_plan(make_plan([SetCapacity(Scope("space", "VZ-105"), 1)], "No chairs", by), by)
    council = PrecedenceWish({"nl": "Gemeenteraad", "en": "Council"}, 1, "protocol_officer", 14)
    add_precedence("RAAD", council, farid, NOW, reason="The rules of the house.")
    claimed = ask("VZ-103", f"{DAY}T10:00", "10:45", attendees=5)
    of_today = [mark("code", each.number) for each in talks if each.day == NOW.date() and each.service]
    for number in db.session.scalars(select(Booking.id).where(Booking.visitor_code.in_(of_today)).order_by(Booking.id)):
        with suppress(Refused):  # whoever comes for it is in line, as far as there is one
            arrive(number, person_by_username(GERDA), NOW)
    claim(claimed, "RAAD", By(person_by_username(HUGO), NOW), reason="An urgent council")
    add_quota(QuotaWish("organisation", "GEM", "meeting_room", "hours", "month", 40), farid, NOW, reason="Fair.")
    keep_draft({"spaces.csv": b"code,name_nl,type,zone_code\nSK-99,Nieuw,booth,Z0-SPR\n"}, farid, NOW)
    announce(ToAnnounce({"nl": "De lift staat stil."}, "floor:F1", NOW.date(), NOW.date(), "warning"), farid, NOW)
    make_feed("mine", "full", farid, NOW)
    pair("display", "Z0-CAW")
    join_line(Joining("Z0-SPR", secret.service), None, NOW)
