"""A row of the outbox as a letter: plain text in the recipient's language, with an invitation for their calendar."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from flask import current_app
from flask_babel import force_locale, format_time, ngettext
from flask_babel import gettext as _

from blueprints.booking.messages import refusal_sentence, when_words
from blueprints.booking.reasons import reason_words
from blueprints.feeds.links import absolute, booking_url
from blueprints.feeds.words import place_words
from blueprints.mail.duties import duties_words
from blueprints.mail.facts import Told
from blueprints.mail.invitation import FOR_THE_CALENDAR, calendar_parts, what_words
from blueprints.web.dates import day_text
from blueprints.web.language import language_of
from models.ical.event import Mailbox
from models.queries.house import the_house
from models.queries.outbox import Waiting
from models.queries.people import person_by_id
from models.rules.bookings.fields import Caller
from models.rules.house.house import House, Organisation
from models.rules.judging.told import told as reasons_told
from models.rules.people.callers import stand_in
from models.rules.people.discretion import Viewer
from models.rules.people.person import Person

WITH_LINK = frozenset({"to_approve", "asked_to_move"})  # without it nothing can be decided; who does signs in first
# Python, where it folds a header, adds a space before an encoded word: a subject is better not folded.
UNFOLDED = SMTP.clone(max_line_length=500)


class NoRecipient(LookupError):
    """Whom it was for has left, or has no address any more."""


def letter_for(mail: Waiting) -> EmailMessage:
    """The letter, the same octet for octet however often it is written. Raises NoRecipient."""
    house = the_house()
    recipient = _recipient(mail, house)
    if recipient is None or not recipient.active or not recipient.email:
        raise NoRecipient
    # Those `beside` were told to calendars alone, by letters from before these asked what is true as they go.
    bookings = [Told.of(facts) for facts in mail.facts["bookings"] if not facts.get("beside")]
    plan = mail.facts.get("plan")
    organisation = _sender(_organisation(mail, bookings, recipient), house)
    sender = Mailbox(current_app.config["TREFPUNT_MAIL_FROM"], organisation.names.in_language(recipient.language))
    with force_locale(f"{language_of(recipient)}_BE"):
        if mail.kind == "duties":
            subject, body = duties_words(mail.facts["duties"], recipient, house)
        elif plan:
            subject, body = _of_a_plan(mail.kind, plan, recipient, organisation, house)
        else:
            subject, body = _words(mail.kind, bookings, recipient, organisation, house)
        calendars = (
            calendar_parts(bookings, recipient, sender, house, mail.created_at) if mail.kind in FOR_THE_CALENDAR else []
        )
    letter = EmailMessage(policy=SMTP)
    letter["From"] = Address(sender.name, addr_spec=sender.address)
    if organisation.reply_to:
        letter["Reply-To"] = organisation.reply_to
    letter["To"] = Address(recipient.name, addr_spec=recipient.email)
    letter["Subject"] = subject
    letter["Date"] = format_datetime(mail.created_at)
    letter["Message-ID"] = mail.message_id
    if calendars and not calendars[1:]:  # programs show what has one reference as one conversation
        letter["In-Reply-To"] = letter["References"] = f"<{bookings[0].uid}@trefpunt>"
    letter["Auto-Submitted"] = "auto-generated"  # so that no holiday reply comes back
    letter.set_content(body, cte="quoted-printable")
    number = mail.message_id.strip("<>").partition("@")[0]
    for method, calendar in calendars[:1]:
        letter.add_alternative(calendar.decode(), subtype="calendar", cte="base64", params={"method": method})
        letter.set_boundary(f"part-{number}")
    for place, (method, calendar) in enumerate(calendars[1:], 2):
        letter.add_attachment(
            calendar.decode(),
            subtype="calendar",
            cte="base64",
            params={"method": method},
            filename=f"invite-{place}.ics",
        )
    if calendars[1:]:
        letter.set_boundary(f"whole-{number}")
    letter.policy = UNFOLDED
    return letter


def _recipient(mail: Waiting, house: House) -> Person | None:
    if mail.caller:
        return stand_in(Caller(**mail.caller), mail.facts["bookings"][0]["organisation"], house)
    return person_by_id(mail.recipient_id) if mail.recipient_id else None


def _sender(organisation: str | None, house: House) -> Organisation:
    """Whose booking it is; of a mail without one, the host of the building."""
    return house.organisations[organisation] if organisation else house.host


def _words(
    kind: str, bookings: list[Told], recipient: Person, organisation: Organisation, house: House
) -> tuple[str, str]:
    """Subject and body. A template's first line is the subject."""
    language, first = recipient.language, bookings[0]
    text = current_app.jinja_env.get_template(f"mail/{kind}.txt").render(
        **_said(first, house, language),
        name=recipient.name,
        private=first.is_private,
        reason=reason_words(first.status_reason),
        people=first.attendees,
        organiser=first.organiser,
        until=_moment(first.hold_until, house),
        dates=[_date(told, first, house, language) for told in bookings],
        on_dates=_on_dates(len(bookings), when_words(first.during, house)),
        moves=[_said(told, house, language) for told in bookings],
        link=booking_url(first.handle)
        if recipient.has_account and (kind in WITH_LINK or not first.is_private)
        else None,
        why=list(
            dict.fromkeys(
                refusal_sentence(each, house)
                for told in bookings
                for each in reasons_told(told.why, Viewer.of(recipient, house))
            )
        ),
        has_account=recipient.has_account,
        to_place=place_words(house.spaces[first.to_space], language) if first.to_space else "",
        to_when=when_words(first.to_during, house) if first.to_during else "",
        approvals=absolute("/approvals"),
        organisation=organisation.names.in_language(language),
        phone=organisation.contact_phone or house.host.contact_phone,
    )
    subject, _line_break, body = text.partition("\n")
    return " ".join(subject.split()), body.strip("\n") + "\n"


def _of_a_plan(
    kind: str, plan: Mapping, recipient: Person, organisation: Organisation, house: House
) -> tuple[str, str]:
    """As _words(), of a letter that leads to a plan and says of it no more than a number."""
    due_at = plan.get("due_at")
    text = current_app.jinja_env.get_template(f"mail/{kind}.txt").render(
        name=recipient.name,
        number=plan.get("moved", 0) + plan.get("left", 0),
        until=_moment(datetime.fromisoformat(due_at), house) if due_at else "",
        link=absolute(f"/manage/plans/{plan['handle']}"),
        organisation=organisation.names.in_language(recipient.language),
        phone=organisation.contact_phone,
    )
    subject, _line_break, body = text.partition("\n")
    return " ".join(subject.split()), body.strip("\n") + "\n"


def _organisation(mail: Waiting, bookings: list[Told], recipient: Person) -> str | None:
    """In whose name a letter goes out: of a booking that of its organisation, of duties that of whoever has them."""
    if mail.kind == "duties":
        return recipient.organisation
    return bookings[0].organisation if bookings else None


def _said(told: Told, house: House, language: str) -> dict[str, object]:
    return {
        "what": what_words(told, house, language),
        "place": place_words(house.spaces[told.space], language),
        "when": when_words(told.during, house),
        "pending": told.status == "pending",
    }


def _on_dates(number: int, when: str) -> str:
    """In a subject: when it is, or how many dates there are from when on."""
    if number == 1:
        return when
    return ngettext("%(num)d date from %(when)s", "%(num)d dates from %(when)s", number, when=when)


def _moment(instant: datetime | None, house: House) -> str:
    if instant is None:
        return ""
    wall = instant.astimezone(house.zone)
    return _(
        "%(day)s at %(time)s",
        day=day_text(wall),
        time=format_time(wall, "HH:mm", rebase=False),
    )


def _date(told: Told, first: Told, house: House, language: str) -> str:
    """A date of a series; its space only where that is another one than the first's."""
    when = when_words(told.during, house)
    return when if told.space == first.space else f"{when}, {place_words(house.spaces[told.space], language)}"
