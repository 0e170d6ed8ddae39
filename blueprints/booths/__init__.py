"""Booths and counters: /booths. For somebody standing here now, and by appointment."""

from flask_babel import lazy_gettext as _

from blueprints.booking.kind import SpaceKind
from blueprints.booking.views import space_blueprint
from blueprints.booths.free_now import booth_overview

blueprint = space_blueprint(
    SpaceKind(
        name="booths",
        prefix="/booths",
        kinds=("booth", "counter"),
        icon="booth",
        title=_("Booths and counters"),
        subtitle=_("For a talk now, or by appointment."),
        book_label=_("Book a booth"),
        fields=(
            "service",
            "attendees",
            "visitors",
            "wheelchair",
            "on_behalf_of",
            "caller",
            "title",
            "privacy",
            "channel",
            "note",
        ),
        first_fields=frozenset({"service", "attendees"}),
        default_minutes=30,
        service_channels={"booth": frozenset({"booth"}), "counter": frozenset({"counter", "quick_desk"})},
        list_page="booths/overview.html",
        overview=booth_overview,
    )
)

from blueprints.booths import given, holding, walk_in
