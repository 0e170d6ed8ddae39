"""Everything that the town says to anybody, and what of it is not theirs to know."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from werkzeug.test import TestResponse

from blueprints.mail.letter import letter_for
from models.queries.outbox import waiting_mail
from models.queries.people import person_by_id
from models.tables.db import db
from models.tables.log import OutboxRow
from tests.attack.planted import MARK, SCREENS, Planted
from tests.attack.surfaces import feed_scopes
from tests.attack.town import Town


@dataclass(frozen=True, order=True)
class Leak:
    """`surface`: an endpoint, a sort of calendar, a sort of mail. `what`: which word of a talk."""

    surface: str
    what: str
    who: str
    talk: str


def told_by_pages(who: str | None, found: dict[str, list[str]], town: Town) -> Iterator[tuple[str, str]]:
    """Each endpoint with what it says, headers too, to somebody who opens each of its addresses."""
    sent = {"Authorization": f"Bearer {town.token(who)}"} if who and who not in SCREENS else {}
    program, browser = town.app.test_client(), town.browser(who)
    for endpoint, here in found.items():
        for address in here:
            answer = program.get(address, headers=sent) if endpoint.startswith("api.") else browser.get(address)
            assert answer.status_code < 500, address
            yield endpoint, f"{_words_of(answer)}\n{answer.headers}"


def told_by_checks(who: str, town: Town) -> Iterator[tuple[str, str]]:
    """What somebody hears who asks whether they could have the time of each talk; of the whole, on its page too."""
    sent, program = {"Authorization": f"Bearer {town.token(who)}"}, town.app.test_client()
    for talk in town.talks:
        asked = {
            "space": talk.space,
            "start": f"{talk.day}T{talk.start}:00+01:00",
            "end": f"{talk.day}T{talk.end}:00+01:00",
        }
        yield "api.check_booking", program.post("/api/v1/bookings/check", json=asked, headers=sent).text
        if town.is_whole:
            form = {"date": f"{talk.day}", "start": talk.start, "end": talk.end, "attendees": "1"}
            part = "booths" if talk.space.startswith("SK") else "rooms"
            yield f"{part} check", town.browser(who).post(f"/{part}/{talk.space}/book/check", data=form).text


def told_by_calendars(who: str, town: Town) -> Iterator[tuple[str, str]]:
    for scope, detail in feed_scopes(town):
        token = town.feed(who, scope, detail)
        if token is not None:
            text = town.app.test_client().get(f"/feeds/{token}.ics").get_data(as_text=True)
            yield f"calendar of {scope.partition(':')[0]}", text.replace("\r\n ", "")


def told_by_mail(town: Town) -> Iterator[tuple[str, str, str]]:
    """Whom, what sort, and what the letter says; encoded parts as they are read."""
    with town.app.test_request_context():
        for number in db.session.execute(select(OutboxRow.id).order_by(OutboxRow.id)).scalars().all():
            mail = waiting_mail(number)
            letter = letter_for(mail)
            parts = [part.get_content() for part in letter.walk() if not part.is_multipart()]
            text = "\n".join(part.decode() if isinstance(part, bytes) else part for part in parts)
            recipient = person_by_id(mail.recipient_id) if mail.recipient_id else None
            who = recipient.username if recipient else letter["To"].addresses[0].addr_spec
            yield who, f"mail {mail.kind}", f"{letter['Subject']}\n{text}"


def not_theirs(who: str | None, surface: str, text: str, town: Town, *, is_calendar: bool = False) -> Iterator[Leak]:
    for what, number in {(what.lower(), int(number)) for what, number in MARK.findall(text)}:
        marked = next(each for each in town.talks if each.number == number)
        talks = _with_the_same(what, marked, town)
        may = Planted.may_read_in_a_calendar if is_calendar else Planted.may_read
        if not any(may(each, what, who) for each in talks):
            yield Leak(surface, what, who or "nobody", marked.what)


def _with_the_same(what: str, talk: Planted, town: Town) -> list[Planted]:
    """A name stands for somebody, whichever of their talks it is read of. Talks in confidence share a key holder."""
    if what == "organiser" and not talk.is_called:
        return [each for each in town.talks if each.organiser == talk.organiser]
    return [each for each in town.talks if each.in_confidence] if what == "keyholder" else [talk]


def _words_of(answer: TestResponse) -> str:
    if answer.mimetype == "application/zip":
        with zipfile.ZipFile(io.BytesIO(answer.data)) as packed:
            return "\n".join(packed.read(name).decode() for name in packed.namelist())
    return answer.get_data(as_text=True)
