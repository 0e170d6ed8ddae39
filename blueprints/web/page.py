"""What the frame of every page needs: its languages, the building's name and the menu."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, current_app, g, request, url_for
from flask_babel import lazy_gettext as _
from flask_login import AnonymousUserMixin

from blueprints.web.assets import start_assets
from blueprints.web.colours import start_colours
from blueprints.web.identity import current_person, is_shared_computer
from blueprints.web.language import NAMES, house_or_none, language, offered_languages
from blueprints.web.whose import mark_of
from models.rules.people.rights import holds


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the menu. `endpoint`'s package is the part of the site in which the line is the current one, and
    `also` another such part. `unless`: the right of those who have another line that leads there."""

    endpoint: str
    label: str
    right: str
    icon: str | None = None
    also: str = ""
    unless: str = ""


# Short words: all of them stand beside each other on a screen of 1024 px. A page's title says it in full.
MENU: tuple[Entry, ...] = (
    Entry("home.today", _("Today"), "see_today", "today"),
    Entry("find.show", _("Find"), "see_spaces", "search"),
    Entry("desks.overview", _("Desks"), "see_spaces", "desk"),
    Entry("meeting_rooms.overview", _("Rooms"), "see_spaces", "room"),
    Entry("booths.overview", _("Booths"), "see_spaces", "booth"),
    Entry("meeting_spaces.overview", _("Meeting spaces"), "see_spaces", "space"),
    Entry("booking.mine", _("My bookings"), "see_own_bookings", "mine"),
    Entry("occupancy.show", _("Occupancy"), "see_occupancy", "chart", also="presence"),
    Entry("manage.overview", _("Manage"), "see_management", "settings"),
    Entry("manage.rules", _("Rules"), "set_rules", "shield", unless="see_management"),
    Entry("manage.health", _("Health"), "see_health", "check-circle", unless="see_management"),
)
# What one sets up once lies under one's own name.
ACCOUNT: tuple[Entry, ...] = (
    Entry("account.show", _("My account"), "see_account", "settings"),
    Entry("feeds.show", _("Calendar addresses"), "see_feeds", "feed"),
)


def start_page(app: Flask) -> None:
    start_assets(app)
    start_colours(app)
    app.context_processor(_frame)
    app.jinja_env.globals["mark_of_reader"] = _mark_of_reader


def _mark_of_reader() -> str:
    person = current_person()
    return mark_of(person) if person is not None else ""


def _frame() -> dict[str, object]:
    house = house_or_none()
    here = language()
    frame: dict[str, object] = {
        "language": here,
        "languages": [{"code": each, "label": NAMES[each], "current": each == here} for each in offered_languages()],
        "building_name": house.names.in_language(here) if house else None,
    }
    if g.get("database_in_doubt"):
        unknown = {"current_user": AnonymousUserMixin(), "nobody_knows_who": True}
        return frame | {"navigation": [], "account_links": []} | unknown
    frame["shared_computer"] = is_shared_computer()
    return frame | {"navigation": _lines("menu", MENU), "account_links": _lines("account", ACCOUNT)}


def _lines(name: str, entries: tuple[Entry, ...]) -> list[dict[str, object]]:
    """The lines this person may follow; a visitor who has not signed in gets none."""
    person = current_person()
    if person is None:
        return []
    return [
        {"url": url, "label": entry.label, "icon": entry.icon, "current": request.blueprint in (part, entry.also)}
        for entry, url, part in _places(name, entries)
        if holds(person, entry.right) and not (entry.unless and holds(person, entry.unless))
    ]


def _places(name: str, entries: tuple[Entry, ...]) -> list[tuple[Entry, str, str]]:
    """Each line with its address and the part of the site it stands for: the same for everyone, so reckoned once."""
    kept = current_app.extensions.setdefault("trefpunt_menu", {})
    if name not in kept:
        kept[name] = [
            (entry, url_for(entry.endpoint), entry.endpoint.partition(".")[0])
            for entry in entries
            if entry.endpoint in current_app.view_functions
        ]
    return kept[name]
