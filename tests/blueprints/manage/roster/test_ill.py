"""Somebody is ill: all their talks and duties go to colleagues, looked at first, together or not at all, told once."""

from __future__ import annotations

from collections import Counter

import pytest
from sqlalchemy import select

from blueprints.mail.letter import letter_for
from models.queries.duties import duties_of, people_away
from models.queries.house import the_house
from models.queries.outbox import waiting_mail
from models.queries.people import people_by_username
from models.tables.booking import Booking
from models.tables.db import db
from models.tables.log import OutboxRow
from tests.blueprints.booking.reading import Reader, values_of
from tests.cast import ANN, CHRIS, DORA, FARID, at

ILL = "/manage/roster/ill"
MONDAY = "2027-03-08"
CAS, EVE = "medewerker.burgerzaken.03", "medewerker.burgerzaken.07"  # of no counter


@pytest.fixture
def signed_in(browser_of):
    return lambda username: Reader(browser_of(username))


@pytest.fixture
def talks(booked):
    """Two talks of Cas on Monday, and one of Ann, who sits at a counter that morning."""
    return [
        booked(CAS, "SK-01", f"{MONDAY}T10:00", "10:30", service="GEM-BST", attendees=2),
        booked(CAS, "SK-02", f"{MONDAY}T14:00", "14:30", service="GEM-BST", attendees=2),
    ]


@pytest.fixture
def kept(demo_app):
    """Of each booking whose it is; of Monday who sits where; who is away; how many letters of each kind to whom."""

    def look():
        with demo_app.test_request_context():
            names = {each.id: each.username for each in people_by_username(PEOPLE).values()}
            monday = at(f"{MONDAY}T12:00").date()
            organisers = [
                names.get(each) for each in db.session.scalars(select(Booking.organiser_id).order_by(Booking.id))
            ]
            duties = {(e.counter, e.half_day): names.get(e.person_id) for e in duties_of(monday, the_house())}
            letters = Counter(
                (kind, names.get(who))
                for kind, who in db.session.execute(select(OutboxRow.kind, OutboxRow.recipient_id))
            )
            return organisers, duties, {names[each] for each in people_away(monday)}, letters

    return look


PEOPLE = [ANN, CHRIS, *(f"medewerker.burgerzaken.{number:02}" for number in range(2, 23))]


def look_at(reader: Reader, person: str, first: str = MONDAY, last: str = MONDAY):
    return reader.follow(reader.send(ILL, person=person, first=first, last=last))


def form_on(page) -> dict[str, str]:
    return values_of(page.soup.select_one("main form"))


def test_all_talks_go_to_colleagues_who_are_free_and_each_is_told_once(talks, signed_in, kept):
    chris, before = signed_in(CHRIS), kept()
    page = look_at(chris, CAS)
    assert kept() == before  # looked at, nothing done
    form = form_on(page)
    chosen = {name: who for name, who in form.items() if name.startswith("who.")}
    assert len(chosen) == 2
    assert all(chosen.values())
    one = dict.fromkeys(chosen, EVE)
    done = chris.send(ILL, **(form | one))
    assert "2 talks and duties are settled." in chris.follow(done).text
    organisers, _duties, away, letters = kept()
    assert (organisers, away) == ([EVE, EVE], {CAS})
    told = letters - before[3]
    assert told["taken_over", EVE] == told["handed_on", CAS] == 1


def test_duties_go_along_and_without_anybody_have_nobody_yet(signed_in, kept):
    chris = signed_in(CHRIS)
    form = form_on(look_at(chris, ANN, MONDAY, MONDAY))
    [key] = [name for name in form if name.startswith("who.")]
    assert key == f"who.{MONDAY}.am.LK-01"
    assert form[key] not in ("", ANN)
    assert chris.send(ILL, **(form | {key: ""})).status == 303
    assert kept()[1]["LK-01", "am"] is None
    assert ANN in kept()[2]


def test_whoever_gets_duties_reads_in_one_mail_which(signed_in, demo_app):
    chris = signed_in(CHRIS)
    form = form_on(look_at(chris, ANN, MONDAY, "2027-03-12"))
    given = {name: EVE for name in form if name.startswith("who.")}
    assert len(given) > 1
    assert chris.send(ILL, **(form | given)).status == 303
    with demo_app.test_request_context():
        [mail] = [each for each in map(waiting_mail, db.session.scalars(select(OutboxRow.id))) if each.kind == "duties"]
        letter = letter_for(mail)
    assert letter["To"].startswith("Medewerker Burgerzaken 07")
    assert f"{len(given)} diensten" in letter["Subject"]
    body = letter.get_content()
    assert body.count("\n- ") == len(given)
    assert "maandag 8 maart, 08:30–12:30: LK-01, Bevolking" in body


def test_nobody_is_given_two_places_at_once(signed_in, kept, booked):
    booked(ANN, "SK-01", f"{MONDAY}T10:00", "10:30", service="GEM-BST", attendees=2)
    chris, before = signed_in(CHRIS), kept()
    form = form_on(look_at(chris, ANN))
    assert len({who for name, who in form.items() if name.startswith("who.")}) == 2
    refused = chris.send(ILL, **{name: EVE if name.startswith("who.") else value for name, value in form.items()})
    assert refused.status == 409
    assert "This person is on duty at" in refused.text
    assert kept() == before


@pytest.mark.parametrize("who", [FARID, DORA, CAS, "niemand"])
def test_whoever_is_of_no_service_of_theirs_is_not_given_anything(who, talks, signed_in, kept):
    chris, before = signed_in(CHRIS), kept()
    form = form_on(look_at(chris, CAS))
    first = next(name for name in form if name.startswith("who."))
    assert chris.send(ILL, **(form | {first: who})).status == 400
    assert kept() == before


def test_whom_something_else_keeps_is_refused_and_nothing_at_all_is_done(talks, signed_in, kept, booked):
    booked(EVE, "SK-03", f"{MONDAY}T14:00", "14:30", service="GEM-BST", attendees=2)
    chris, before = signed_in(CHRIS), kept()
    form = form_on(look_at(chris, CAS))
    assert EVE not in [who for name, who in form.items() if name.endswith(talks[1].handle)]
    refused = chris.send(ILL, **(form | dict.fromkeys((f"who.{each.handle}" for each in talks), EVE)))
    assert (refused.status, "has something else then" in refused.text) == (400, True)
    assert kept() == before


def test_what_changed_since_it_was_looked_at_is_looked_at_again(talks, signed_in, kept, booked):
    chris = signed_in(CHRIS)
    form = form_on(look_at(chris, CAS))
    booked(CAS, "SK-03", f"{MONDAY}T15:30", "16:00", service="GEM-BST", attendees=2)
    before = kept()
    late = chris.send(ILL, **form)
    assert late.status == 409
    assert len(late.soup.select("main .row")) == 3
    assert kept() == before


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"person": DORA, "first": MONDAY, "last": MONDAY}, 400),  # of another's services
        ({"person": CAS, "first": MONDAY, "last": "2027-03-01"}, 400),
        ({"person": CAS, "first": "2027-01-04", "last": "2027-01-05"}, 400),
        ({"person": CAS, "first": MONDAY, "last": "2027-06-01"}, 400),
        ({"person": CAS}, 400),
    ],
)
def test_what_makes_no_sense_is_said_at_its_field(asked, status, signed_in):
    page = signed_in(CHRIS).send(ILL, seen="x", **asked)
    assert page.status == status
    assert page.soup.select_one(".error-summary")


def test_nobody_but_a_coordinator_looks_at_it(signed_in):
    assert signed_in(ANN).open(f"{ILL}?person={CAS}&first={MONDAY}&last={MONDAY}").status == 403
