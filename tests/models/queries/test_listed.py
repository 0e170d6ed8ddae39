"""What is asked of the database for a list leaves nothing out that its viewer may know of."""

from __future__ import annotations

from datetime import date
from itertools import product

from sqlalchemy import select, update

from blueprints.api.booking_json import may_be_listed
from models.queries.bookings import bookings_page
from models.queries.house import the_house
from models.queries.listed import bookings_listed
from models.queries.people import person_by_username
from models.rules.bookings.attendance import STATUSES
from models.rules.bookings.fields import PRIVACIES
from models.rules.people.discretion import Viewer
from models.rules.people.outsiders import may_book_in
from models.rules.times.interval import Interval
from models.tables.booking import Approval, Booking
from models.tables.db import db
from models.tables.municipality import Service
from models.tables.transaction import write_transaction
from tests import cast
from tests.benchmarks.big_house import book_rows
from tests.cast import NOW, at

SPACES = ("VZ-101", "VZ-201", "VZ-104")
DAYS = [date(2027, 3, 1), NOW.date(), date(2027, 3, 15)]  # over, today, to come
MONTH = Interval(at("2027-03-01T00:00"), at("2027-03-20T00:00"))
VIEWERS = [name for name in dir(cast) if name.isupper() and isinstance(getattr(cast, name), str)]


def test_a_list_asked_of_the_database_leaves_out_nothing_that_its_viewer_may_know_of(demo_app):
    with demo_app.test_request_context():
        _book_of_every_sort()
        house = the_house()
        people = [person for each in VIEWERS if (person := person_by_username(getattr(cast, each)))]
        told = {True: 0, False: 0}
        windows = (None, MONTH)
        for person, during, statuses in product(people, windows, ((), ("completed",), STATUSES)):
            viewer = Viewer.of(person, house)
            asked = {"during": during, "space_ids": None, "after": None, "limit": 10_000}
            whole = [
                each
                for each in bookings_page(**asked, statuses=statuses or None)
                if may_be_listed(each, viewer, NOW, by_status=bool(statuses))
                and (during or statuses or viewer.is_party_to(each) or each.during.end > NOW)
            ]
            read = bookings_listed(viewer, NOW, statuses=statuses, **asked)
            kept = [each for each in read if may_be_listed(each, viewer, NOW, by_status=bool(statuses))]
            assert kept == whole, (person.username, during, statuses)
            told[True] += len(kept)
            told[False] += len(read) - len(kept)
        assert told[False] < told[True] / 10, "nearly all that is read is told"


def _book_of_every_sort() -> None:
    """By everybody in turn and for callers, of every status and privacy, for a service and for none, some waiting for a
    word."""
    house = the_house()
    spaces, callers = house.spaces, house.organisations[house.public_organisation].id
    ann = person_by_username(cast.ANN)
    codes = [
        *SPACES,
        next(code for code, each in spaces.items() if len(each.parts) == 1 and not may_book_in(ann, each)),
    ]
    rows = [(spaces[code], day, 480 + 15 * nth, 15) for nth in range(28) for day in DAYS for code in codes]
    numbers = book_rows(rows)
    services = [None, *db.session.scalars(select(Service.id).order_by(Service.id))]
    with write_transaction():
        for nth, number in enumerate(numbers):
            changed = {
                "status": STATUSES[nth % len(STATUSES)],
                "privacy": PRIVACIES[nth // 2 % len(PRIVACIES)],
                "service_id": services[nth // 3 % len(services)],
            }
            of_caller = {} if nth % 7 else {"organiser_id": None, "organisation_id": callers}
            db.session.execute(update(Booking).where(Booking.id == number).values(changed | of_caller))
            if changed["status"] == "pending":
                db.session.add(Approval(booking_id=number, role=("facility_manager", "protocol_officer")[nth % 2]))
