"""A row of the outbox as a letter: plain text in the recipient's language, with an invitation for their calendar."""

from __future__ import annotations

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from urllib.parse import urlsplit

from flask import current_app
from flask_babel import force_locale

from blueprints.booking.messages import when_words
from blueprints.feeds.links import booking_url
from blueprints.feeds.words import place_words
from blueprints.mail.facts import Told
from blueprints.mail.invitation import calendar_part, what_words
from blueprints.web.language import language_of
from models.ical.event import Mailbox
from models.queries.house import the_house
from models.queries.outbox import Waiting, mail_domain_of
from models.queries.people import person_by_id
from models.rules.house import House
from models.rules.person import Person

SENDER = "trefpunt"
# Python, where it folds a header, adds a space before an encoded word: a subject is better not folded.
UNFOLDED = SMTP.clone(max_line_length=500)


class NoRecipient(LookupError):
    """Whom it was for has left, or has no address any more."""


def letter_for(mail: Waiting) -> EmailMessage:
    """The letter, the same octet for octet however often it is written. Raises NoRecipient."""
    recipient = person_by_id(mail.recipient_id)
    if recipient is None or not recipient.active or not recipient.email:
        raise NoRecipient
    house = the_house()
    bookings = [Told.of(facts) for facts in mail.facts["bookings"]]
    organisation = house.organisations[bookings[0].organisation]
    sender = Mailbox(f"{SENDER}@{_domain(organisation.code)}", organisation.names.in_language(recipient.language))
    with force_locale(f"{language_of(recipient)}_BE"):
        subject, body = _words(mail.kind, bookings, recipient, house)
        method, calendar = calendar_part(mail.kind, bookings, recipient, sender, house, mail.created_at)
    letter = EmailMessage(policy=SMTP)
    letter["From"] = Address(sender.name, addr_spec=sender.address)
    letter["To"] = Address(recipient.name, addr_spec=recipient.email)
    letter["Subject"] = subject
    letter["Date"] = format_datetime(mail.created_at)
    letter["Message-ID"] = mail.message_id
    letter["Auto-Submitted"] = "auto-generated"   # so that no holiday reply comes back
    letter.set_content(body, cte="quoted-printable")
    letter.add_alternative(calendar.decode(), subtype="calendar", cte="base64", params={"method": method})
    letter.policy = UNFOLDED
    letter.set_boundary(f"part-{mail.message_id.strip('<>').partition('@')[0]}")
    return letter


def _domain(organisation: str) -> str:
    return mail_domain_of(organisation) or urlsplit(current_app.config["TREFPUNT_BASE_URL"]).hostname or "localhost"


def _words(kind: str, bookings: list[Told], recipient: Person, house: House) -> tuple[str, str]:
    """Subject and body. A template's first line is the subject."""
    language, first = recipient.language, bookings[0]
    text = current_app.jinja_env.get_template(f"mail/{kind}.txt").render(
        name=recipient.name, private=first.is_private, pending=first.status == "pending",
        what=what_words(first, house, language), place=place_words(house.spaces[first.space], language),
        when=when_words(first.during, house), reason=first.status_reason,
        dates=[_date(told, first, house, language) for told in bookings],
        link=None if first.is_private else booking_url(first.id),
        organisation=house.organisations[first.organisation].names.in_language(language),
        phone=house.organisations[first.organisation].contact_phone)
    subject, _line_break, body = text.partition("\n")
    return " ".join(subject.split()), body.strip("\n") + "\n"


def _date(told: Told, first: Told, house: House, language: str) -> str:
    """A date of a series; its space only where that is another one than the first's."""
    when = when_words(told.during, house)
    return when if told.space == first.space else f"{when}, {place_words(house.spaces[told.space], language)}"
