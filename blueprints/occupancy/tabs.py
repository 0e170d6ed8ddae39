"""The pages about how many people are where, beside each other."""

from __future__ import annotations

from flask import url_for
from flask_babel import lazy_gettext as _

from blueprints.web.identity import current_person
from models.rules.people.rights import holds

PAGES = (
    ("presence.now", _("Now"), "see_occupancy", "people"),
    ("occupancy.show", _("By day"), "see_occupancy", "calendar"),
    ("presence.counting", _("Count"), "count_people", "plus"),
    ("presence.evacuation", _("Evacuation list"), "see_evacuation", "list"),
    ("presence.drills", _("Drills and evacuations"), "see_evacuation", "flag"),
)


def occupancy_tabs(current: str) -> list[dict]:
    """Those that this person may open."""
    person = current_person()
    return [
        {"label": label, "url": url_for(endpoint), "icon": icon, "current": endpoint == current}
        for endpoint, label, right, icon in PAGES
        if holds(person, right)
    ]
