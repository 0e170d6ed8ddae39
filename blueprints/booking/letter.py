"""The decision on a request as a letter, for whoever asked: why it was declined, on paper and in their language."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from flask import current_app, render_template, url_for
from flask_babel import force_locale, format_date
from flask_babel import gettext as _
from markupsafe import Markup

from blueprints.booking import blueprint
from blueprints.booking.messages import kind_word, layout_word, when_words
from blueprints.booking.reasons import reason_words
from blueprints.booking.show import Look, booking_label, day_words
from blueprints.feeds.words import place_words
from blueprints.web.clock import now
from blueprints.web.identity import signed_in
from blueprints.web.language import language, language_of
from blueprints.web.opened import opened
from blueprints.web.rights import needs
from models.queries.approvals import declined_lately
from models.queries.house import the_house
from models.queries.one_booking import booking_for
from models.queries.people import people_by_username
from models.rules.bookings.fields import Booked, Seen
from models.rules.house.house import House
from models.rules.judging.holding import NOT_ANSWERED
from models.rules.people.callers import organiser_of
from models.rules.people.discretion import Viewer, may_be_read, seen_as_decided
from models.rules.refusals import NotFound
from models.rules.times.interval import civil_date

LATELY, MOST_SHOWN = timedelta(days=14), 10


@blueprint.get("/bookings/<handle>/letter")
@needs("see_bookings")
def letter(handle: str):
    """For its party, and for whoever's word it ever waited for, who sees what they saw when they decided."""
    house = the_house()
    viewer = Viewer.of(signed_in(), house)
    booking = opened(viewer, booking_for(viewer, handle, now(), least="full", was_asked=True))
    if booking.status != "declined":
        raise NotFound
    people = people_by_username([booking.organiser] if booking.organiser else ())
    spoken = language_of(organiser_of(booking, people, house))
    with force_locale(f"{spoken}_BE"):
        seen = _as_when_decided(booking, viewer)
        words = _in_words(seen, house, spoken, asked_at=booking.made_at, decided_at=booking.changed_at)
        written = Markup(current_app.jinja_env.get_template("booking/letter_words.html").render(**words))
    is_theirs_to_read = may_be_read(viewer, booking, now())
    return render_template(
        "booking/letter.html",
        written=written,
        spoken=spoken,
        booking_url=url_for("booking.one", handle=booking.handle) if is_theirs_to_read else "",
    )


def _in_words(
    seen: Seen, house: House, spoken: str, *, asked_at: datetime, decided_at: datetime, why: Iterable[str] = ()
) -> dict[str, object]:
    """What stands in the letter. `why`: rule by rule, on what the decision was taken; each a sentence."""
    host = next((each for each in house.organisations.values() if each.is_host), None)
    space = house.spaces[seen.space]
    return {
        "sender": (host or house).names.in_language(spoken),
        "phone": host.contact_phone if host else None,
        "building": house.buildings[space.building].names.in_language(spoken),
        "organisation": house.organisations[seen.organisation].names.in_language(spoken) if seen.organisation else "",
        "name": seen.organiser_name,
        "date": format_date(civil_date(decided_at, house.zone), "long"),
        "asked_on": format_date(civil_date(asked_at, house.zone), "long"),
        "place": space.names.in_language(spoken),
        "when": when_words(seen.during, house),
        "facts": [
            (_("Where"), place_words(space, spoken)),
            (_("When"), when_words(seen.during, house)),
            (_("What"), seen.title or kind_word(seen.kind)),
            (_("People"), seen.attendees),
            (_("Layout"), layout_word(seen.layout) if seen.layout else ""),
            (_("Reference"), seen.handle),
        ],
        "not_answered": seen.status_reason == NOT_ANSWERED,
        "reason": reason_words(seen.status_reason),
        "why": list(why),
    }


def _as_when_decided(booking: Booked, viewer: Viewer) -> Seen:
    """The decision and its reason are known to whoever took it, however little they see of the rest."""
    return seen_as_decided(viewer, booking)._replace(status=booking.status, status_reason=booking.status_reason)


def declined_rows(look: Look) -> list[dict]:
    """What was lately declined of the requests that this person decides about, with the letter of each. Two queries."""
    rows = []
    for booking in declined_lately(look.person.roles, look.now - LATELY, MOST_SHOWN):
        seen = _as_when_decided(booking, look.viewer)
        rows.append(
            {
                "when": when_words(seen.during, look.house),
                "code": seen.space,
                "place": look.house.spaces[seen.space].names.in_language(language()),
                "title": booking_label(seen, kind_word(seen.kind)),
                "who": seen.organiser_name,
                "day": day_words(booking.changed_at, look),
                "reason": reason_words(booking.status_reason),
                "url": url_for("booking.letter", handle=booking.handle),
            }
        )
    return rows
