"""A day on which something of each sort is booked, so that every page has something to show."""

from __future__ import annotations

from datetime import date

from sqlalchemy import update

from models.actions.bookings.attend import check_in
from models.actions.bookings.decide import decline
from models.actions.files.import_draft import keep_draft
from models.actions.people.feeds import make_feed
from models.actions.places.announce import ToAnnounce, announce
from models.actions.places.set_precedence import PrecedenceWish, add_precedence
from models.actions.places.set_quota import add_quota
from models.actions.plans.apply_changes import apply_changes
from models.actions.plans.apply_plan import apply_plan
from models.actions.plans.claim_space import claim
from models.actions.plans.make_plan import make_plan
from models.actions.presence.count_people import count
from models.actions.presence.evacuate import end_evacuation, start_evacuation
from models.actions.presence.tick_off import mark_line
from models.queries.people import person_by_username
from models.rules.bookings.fields import Booked
from models.rules.changes.quotas import QuotaWish
from models.rules.changes.rules import SetRule
from models.rules.changes.spaces import SetCapacity
from models.rules.people.person import By
from models.rules.values import Scope
from models.tables.db import db
from models.tables.person import PersonRow
from models.tables.transaction import write_transaction
from tests.browser.serving import Site
from tests.cast import ANN, BRAM, DORA, FARID, GERDA, HUGO, INES, KAAT, ask
from tests.screens import pair

TODAY, TOMORROW, IN_A_WEEK = "2027-03-03", "2027-03-04", "2027-03-10"


def fill(site: Site) -> None:
    """Fourteen people in VZ-101, which then takes twelve; a series; private, secret and pending ones; a feed for Ann
    and one for Farid; an announcement, a quota, a line of precedence, and a rule that one zone has otherwise."""
    site.book(
        ANN,
        "VZ-101",
        f"{TODAY}T10:00",
        "11:30",
        attendees=14,
        title="Street plan",
        visitors=3,
        note="The maps lie in\nthe cupboard.",
    )
    site.book(
        ANN,
        "VZ-104",
        f"{TOMORROW}T09:00",
        "10:00",
        attendees=5,
        title="Team of the week",
        recurrence="FREQ=WEEKLY;COUNT=4",
    )
    site.book(ANN, "WP-1BUR-01", f"{TODAY}T07:00", "12:30")
    site.book(BRAM, "VZ-102", f"{TODAY}T13:00", "14:00", attendees=6, title="Papers", privacy="busy")
    talk = site.book(DORA, "SK-05", f"{TODAY}T09:00", "10:00", attendees=2, service="OCMW-SCH")
    site.book(INES, "SK-08", f"{TODAY}T11:00", "12:00", attendees=2, service="CAW-SLA")
    site.book(FARID, "OR-04", f"{TODAY}T12:00", "13:00", attendees=30, title="Lunch")
    site.book(KAAT, "OR-01", f"{IN_A_WEEK}T14:00", "16:00", attendees=20, title="Open rehearsal")
    site.book(BRAM, "OR-03", f"{IN_A_WEEK}T09:00", "12:00", attendees=10, title="Only us", exclusive=True)
    site.book(KAAT, "VZ-001", f"{IN_A_WEEK}T09:00", "10:00", attendees=10, title="Board of the band")
    refused = site.book(KAAT, "VZ-001", f"{IN_A_WEEK}T11:00", "12:00", attendees=10, title="Sale of cakes")
    site.lower("VZ-101", 12)
    with site.app.test_request_context():
        decline(refused.id, person_by_username(GERDA), site.clock(), "The council meets.")
        add_quota(
            QuotaWish("organisation", "GEM", "meeting_room", "hours", "month", 40),
            person_by_username(FARID),
            site.clock(),
            reason="A fair share.",
        )
        add_precedence(
            "RAAD",
            PrecedenceWish({"nl": "Gemeenteraad", "en": "Council"}, 1, "protocol_officer", 14),
            person_by_username(FARID),
            site.clock(),
            reason="The rules of the house.",
        )
        apply_changes(
            [SetRule(Scope("rule", "R17"), {"parameter": "8"}, zone="Z2-STI")],
            By(person_by_username(FARID), site.clock()),
            reason="Silence is scarce.",
        )
        for who in (ANN, FARID):
            make_feed("mine", "full", person_by_username(who), site.clock())
        keep_draft(
            {"spaces.csv": b"code,name_nl,type,zone_code\nSK-99,Nieuwe kamer,booth,Z0-SPR\n"},
            person_by_username(FARID),
            site.clock(),
        )
        announce(
            ToAnnounce(
                {"nl": "De lift staat stil.", "en": "The lift stands still."},
                "floor:F1",
                date.fromisoformat(TODAY),
                date.fromisoformat(TOMORROW),
                "warning",
            ),
            person_by_username(FARID),
            site.clock(),
        )
        pair("display", "Z0-CAW")
    _someone_counts_and_clears(site, talk)
    _rooms_change_and_the_council_comes(site)


def _someone_counts_and_clears(site: Site, talk: Booked) -> None:
    """A talk whose people came, a canteen that was counted, a drill that was and one that runs."""
    with site.app.test_request_context():
        farid, now = person_by_username(FARID), site.clock()
        check_in(talk.id, person_by_username(DORA), now)
        count("OR-04", 30, farid, now)
        end_evacuation(start_evacuation("AC", "drill", farid, now), farid, now)
        drill = start_evacuation("AC", "drill", farid, now)
        mark_line(drill, f"b-{talk.handle}", "missing", 1, farid, now)
        mark_line(drill, "z-Z1-VER", "empty", 0, farid, now)


def _rooms_change_and_the_council_comes(site: Site) -> None:
    """A plan that was applied, with somebody to ring; one still being made; a room that the council asks Ann for."""
    with site.app.test_request_context():
        farid, now = person_by_username(FARID), site.clock()
        with write_transaction():
            db.session.execute(update(PersonRow).where(PersonRow.username == BRAM).values(email=None))
        by = By(farid, now)
        apply_plan(make_plan([SetCapacity(Scope("space", "VZ-102"), 4)], "New tables", by), by)
        claim(
            ask("VZ-104", f"{TOMORROW}T09:00", "10:00", attendees=5),
            "RAAD",
            By(person_by_username(HUGO), now),
            reason="An urgent council",
        )
        make_plan([SetCapacity(Scope("space", "OR-03"), 6)], "Fewer chairs", by)
