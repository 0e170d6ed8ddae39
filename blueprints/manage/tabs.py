"""The parts of the management, over every page of it: those that this person may open, in groups."""

from __future__ import annotations

from flask import current_app, url_for
from flask_babel import lazy_gettext as _

from blueprints.manage import blueprint
from blueprints.web.identity import signed_in
from blueprints.web.rights import right_of
from models.rules.people.rights import holds

GROUPS = {
    "places": _("Spaces"),
    "hours": _("Hours"),
    "rules": _("Rules"),
    "people": _("People and plans"),
    "running": _("IT"),
}
# Group, endpoint, label, icon. Short labels: all of them stand beside each other.
TABS = (
    ("places", "manage.overview", _("Overview"), "people"),
    ("places", "manage.places", _("Spaces and plan"), "plan"),
    ("places", "manage.space_table", _("Many at once"), "list"),
    ("places", "manage.devices", _("Screens"), "screen"),
    ("places", "manage.import_files", _("Import and export"), "external"),
    ("hours", "manage.hours", _("Opening hours"), "clock"),
    ("hours", "manage.closures", _("Closures"), "calendar"),
    ("rules", "manage.rules", _("All rules"), "shield"),
    ("rules", "manage.quotas", _("Quotas"), "chart"),
    ("rules", "manage.precedence", _("Precedence"), "list"),
    ("rules", "manage.crisis", _("Crisis switch"), "warning"),
    ("rules", "manage.register", _("Safety register"), "lock"),
    ("people", "manage.roster", _("Roster"), "counter"),
    ("people", "manage.proposals", _("Proposals"), "clock"),
    ("people", "manage.plans", _("Plans"), "move"),
    ("people", "manage.announcements", _("Announcements"), "bell"),
    ("running", "manage.health", _("Health"), "check-circle"),
    ("running", "manage.outbox", _("Outbox"), "mail"),
)


@blueprint.app_template_global()
def manage_parts(current: str) -> dict[str, object]:
    """For manage/tabs.html. `current`: the endpoint of the tab to which the page belongs."""
    views, person = current_app.view_functions, signed_in()
    mine = [
        (group, {"label": label, "url": url_for(endpoint), "icon": icon, "current": endpoint == current})
        for group, endpoint, label, icon in TABS
        if holds(person, right_of(views[endpoint]))
    ]
    groups = [
        {"label": label, "tabs": tabs}
        for code, label in GROUPS.items()
        if (tabs := [tab for group, tab in mine if group == code])
    ]
    return {"groups": groups, "here": next((tab["label"] for _group, tab in mine if tab["current"]), "")}
