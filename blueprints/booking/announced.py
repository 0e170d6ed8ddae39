"""What is announced about the places on a page, as templates/components/announcements.html shows it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from flask_babel import gettext as _

from blueprints.booking.messages import place_name
from blueprints.web.dates import day_text
from blueprints.web.language import language
from models.queries.announcements import announcements_about
from models.rules.changes.announcement import Announcement
from models.rules.house.house import House, Space

MOST_SHOWN = 5


def announced(house: House, spaces: Iterable[Space], first: date, last: date | None = None) -> list[dict]:
    """What somebody who books one of these spaces on these dates has to know, warnings first. No query of its own."""
    found = announcements_about(house, spaces, first, last or first)
    return [announced_row(each, house) for each in found[:MOST_SHOWN]]


def announced_row(announcement: Announcement, house: House) -> dict:
    return {
        "text": announcement.texts.in_language(language()),
        "level": announcement.level,
        "when": dates_words(announcement),
        "place": place_name(announcement.scope, house) if announcement.scope else "",
    }


def dates_words(announcement: Announcement) -> str:
    first = day_text(announcement.first)
    if announcement.first == announcement.last:
        return first
    return _("%(first)s to %(last)s", first=first, last=day_text(announcement.last))
