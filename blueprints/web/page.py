"""What the frame of every page needs: its languages, the building's name and the menu."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, current_app, g, request, url_for
from flask_babel import lazy_gettext as _
from flask_login import AnonymousUserMixin

from blueprints.web.identity import current_person
from blueprints.web.language import NAMES, house_or_none, language, offered_languages
from models.rules.rights import holds


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the menu. `endpoint`'s package is the part of the site in which the line is the current one."""

    endpoint: str
    label: str
    right: str
    icon: str | None = None


MENU: tuple[Entry, ...] = (
    Entry("home.today", _("Today"), "see_today", "today"),
    Entry("desks.overview", _("Desks"), "see_spaces", "desk"),
    Entry("meeting_rooms.overview", _("Meeting rooms"), "see_spaces", "room"),
    Entry("booths.overview", _("Booths and counters"), "see_spaces", "booth"),
    Entry("meeting_spaces.overview", _("Meeting spaces"), "see_spaces", "space"),
    Entry("booking.mine", _("My bookings"), "see_own_bookings", "mine"),
    Entry("feeds.show", _("Calendar addresses"), "see_feeds", "feed"),
    Entry("manage.overview", _("Manage"), "see_management", "settings"),
)


def start_page(app: Flask) -> None:
    app.context_processor(_frame)


def _frame() -> dict[str, object]:
    house = house_or_none()
    here = language()
    frame = {
        "language": here,
        "languages": [{"code": each, "label": NAMES[each], "current": each == here} for each in offered_languages()],
        "building_name": house.names.in_language(here) if house else None,
    }
    if g.get("database_in_doubt"):
        return frame | {"navigation": [], "current_user": AnonymousUserMixin()}
    return frame | {"navigation": _menu()}


def _menu() -> list[dict[str, object]]:
    """The lines this person may follow; a visitor who has not signed in gets none."""
    person = current_person()
    if person is None:
        return []
    return [{"url": url_for(entry.endpoint), "label": entry.label, "icon": entry.icon,
             "current": request.blueprint == entry.endpoint.partition(".")[0]}
            for entry in MENU if entry.endpoint in current_app.view_functions and holds(person, entry.right)]
