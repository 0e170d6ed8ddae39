"""A day on which something of each sort is booked, so that every page has something to show."""

from __future__ import annotations

from datetime import date

from models.actions.announce import ToAnnounce, announce
from models.actions.feeds import make_feed
from models.queries.people import person_by_username
from tests.browser.serving import Site
from tests.cast import ANN, BRAM, DORA, FARID, INES, KAAT

TODAY, TOMORROW, IN_A_WEEK = "2027-03-03", "2027-03-04", "2027-03-10"


def fill(site: Site) -> None:
    """Fourteen people in VZ-101, which then takes twelve; a series; private, secret and pending ones; a feed for Ann
    and one for Farid; an announcement."""
    site.book(ANN, "VZ-101", f"{TODAY}T10:00", "11:30", attendees=14, title="Street plan", visitors=3,
              note="The maps lie in\nthe cupboard.")
    site.book(ANN, "VZ-104", f"{TOMORROW}T09:00", "10:00", attendees=5, title="Team of the week",
              recurrence="FREQ=WEEKLY;COUNT=4")
    site.book(ANN, "WP-1BUR-01", f"{TODAY}T07:00", "12:30")
    site.book(BRAM, "VZ-102", f"{TODAY}T13:00", "14:00", attendees=6, title="Papers", privacy="busy")
    site.book(DORA, "SK-05", f"{TODAY}T09:00", "10:00", attendees=2, service="OCMW-SCH")
    site.book(INES, "SK-08", f"{TODAY}T11:00", "12:00", attendees=2, service="CAW-SLA")
    site.book(FARID, "OR-04", f"{TODAY}T12:00", "13:00", attendees=30, title="Lunch")
    site.book(KAAT, "OR-01", f"{IN_A_WEEK}T14:00", "16:00", attendees=20, title="Open rehearsal")
    site.book(BRAM, "OR-03", f"{IN_A_WEEK}T09:00", "12:00", attendees=10, title="Only us", exclusive=True)
    site.lower("VZ-101", 12)
    with site.app.test_request_context():
        for who in (ANN, FARID):
            make_feed("mine", "full", person_by_username(who), site.clock())
        announce(ToAnnounce({"nl": "De lift staat stil.", "en": "The lift stands still."}, "floor:F1",
                            date.fromisoformat(TODAY), date.fromisoformat(TOMORROW), "warning"),
                 person_by_username(FARID), site.clock())
