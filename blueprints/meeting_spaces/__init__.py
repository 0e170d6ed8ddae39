"""Ceremonial halls, coffee corners and places to meet: /spaces."""

from flask_babel import lazy_gettext as _

from blueprints.booking.kind import SpaceKind
from blueprints.booking.views import space_blueprint

blueprint = space_blueprint(
    SpaceKind(
        name="meeting_spaces",
        prefix="/spaces",
        kinds=("meeting_space",),
        icon="space",
        title=_("Meeting spaces"),
        subtitle=_("Ceremonial halls and places to meet. Many are shared: several groups side by side."),
        book_label=_("Book a space"),
        default_minutes=120,
        service_channels={"meeting_space": frozenset({"internal", "group"})},
    )
)
