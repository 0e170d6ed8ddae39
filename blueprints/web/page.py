"""What the frame of every page needs: its languages, the building's name and the menu."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from flask import Flask, current_app, g, request, url_for
from flask_babel import lazy_gettext as _
from flask_login import AnonymousUserMixin
from markupsafe import Markup

from blueprints.web.assets import start_assets
from blueprints.web.base_url import base_path
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
    Entry("board.whole_day", _("House"), "receive_people", "building"),
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

AT_A_COUNTER, WALK_IN = frozenset({"counter_coordinator", "receptionist"}), "/booths/now"
MOST_PIECES = 1000  # of some kilobytes each


def start_page(app: Flask) -> None:
    start_assets(app)
    start_colours(app)
    app.context_processor(_frame)
    app.jinja_env.globals.update(
        mark_of_reader=_mark_of_reader, language_names=NAMES, made_once=_made_once, menu_lines=_menu_lines
    )


def _mark_of_reader() -> str:
    person = current_person()
    return mark_of(person) if person is not None else ""


def _frame() -> dict[str, object]:
    house = house_or_none()
    here = language()
    frame: dict[str, object] = {
        "language": here,
        "languages": offered_languages(),
        "building_name": house.names.in_language(here) if house else None,
        "knows_who": False,
        "walk_in_url": "",
    }
    if g.get("database_in_doubt"):
        unknown = {"current_user": AnonymousUserMixin(), "nobody_knows_who": True}
        return frame | {"navigation": (), "account_links": ()} | unknown
    frame["shared_computer"] = is_shared_computer()
    frame |= {"knows_who": current_person() is not None, "walk_in_url": _walk_in_url()}
    return frame | {"navigation": _lines("menu", MENU), "account_links": _lines("account", ACCOUNT)}


def _walk_in_url() -> str:
    """For those at whose counter people stand: the form for one of them, from every page."""
    person = current_person()
    if person is None or not (AT_A_COUNTER & person.roles and holds(person, "book")):
        return ""
    return f"{base_path()}{WALK_IN}"


def _made_once(*of: object, caller: Callable[[], Markup]) -> Markup:
    """A piece of a page, the same wherever all that it is made of (`of`) is the same: in a template
    `{% call made_once("foot", language) %}…{% endcall %}`."""
    pieces = current_app.extensions.setdefault("trefpunt_pieces", {})
    if of not in pieces:
        if len(pieces) >= MOST_PIECES:
            pieces.clear()
        pieces[of] = caller()
    return pieces[of]


def _lines(name: str, entries: tuple[Entry, ...]) -> tuple[tuple[int, bool], ...]:
    """Which of the lines this person may follow, and whether they are there; who has not signed in gets none."""
    person = current_person()
    if person is None:
        return ()
    return tuple(
        (number, request.blueprint in (part, entry.also))
        for number, (entry, _url, part) in enumerate(_places(name, entries))
        if holds(person, entry.right) and not (entry.unless and holds(person, entry.unless))
    )


def _menu_lines(name: str, shown: tuple[tuple[int, bool], ...]) -> Iterator[dict[str, object]]:
    """What a template needs to write them."""
    for number, is_current in shown:
        entry, url, _part = current_app.extensions["trefpunt_menu"][name][number]
        yield {"url": url, "label": entry.label, "icon": entry.icon, "current": is_current}


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
