"""A letter about duties at counters that somebody got from a colleague who is away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from flask import current_app

from blueprints.booking.messages import when_words
from blueprints.feeds.links import absolute
from models.rules.house.house import House
from models.rules.people.person import Person
from models.rules.times.interval import Interval


def duties_words(duties: Sequence[Mapping[str, str]], recipient: Person, house: House) -> tuple[str, str]:
    """Subject and body. What a private service is called stays in the house."""
    stretches = [Interval(*(datetime.fromisoformat(each[end]) for end in ("start", "end"))) for each in duties]
    organisation = house.organisations[recipient.organisation]
    text = current_app.jinja_env.get_template("mail/duties.txt").render(
        name=recipient.name,
        rows=[
            f"{when_words(during, house)}: {each['counter']}{_service(each['service'], recipient, house)}"
            for each, during in zip(duties, stretches, strict=True)
        ],
        number=len(duties),
        when=when_words(stretches[0], house),
        link=absolute("/"),
        organisation=organisation.names.in_language(recipient.language),
        phone=organisation.contact_phone,
    )
    subject, _line_break, body = text.partition("\n")
    return " ".join(subject.split()), body.strip("\n") + "\n"


def _service(code: str, recipient: Person, house: House) -> str:
    service = house.services.get(code)
    return f", {service.names.in_language(recipient.language)}" if service and not service.is_private else ""
