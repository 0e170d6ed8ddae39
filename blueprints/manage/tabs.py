"""The row of tabs over every page of the management: those that this person may open."""

from __future__ import annotations

from flask import current_app, url_for
from flask_babel import lazy_gettext as _

from blueprints.manage import blueprint
from blueprints.web.identity import current_person
from models.rules.rights import holds

TABS = (
    ("manage.overview", _("Overview"), "people"),
    ("manage.places", _("Spaces and plan"), "plan"),
    ("manage.hours", _("Opening hours"), "clock"),
    ("manage.closures", _("Closures"), "calendar"),
    ("manage.announcements", _("Announcements"), "bell"),
)


@blueprint.app_template_global()
def manage_tab_items(current: str) -> list[dict[str, object]]:
    """For components/page.html tabs(); `current` is the endpoint of the page on which they stand."""
    views, person = current_app.view_functions, current_person()
    return [{"label": label, "url": url_for(endpoint), "icon": icon, "current": endpoint == current}
            for endpoint, label, icon in TABS if holds(person, views[endpoint].right)]
