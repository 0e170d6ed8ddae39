"""Meeting rooms: /rooms."""

from flask_babel import lazy_gettext as _

from blueprints.booking.kind import SpaceKind
from blueprints.booking.views import space_blueprint

blueprint = space_blueprint(
    SpaceKind(
        name="meeting_rooms",
        prefix="/rooms",
        kinds=("meeting_room",),
        icon="room",
        title=_("Meeting rooms"),
        subtitle=_("Choose a free stretch to book it."),
        book_label=_("Book a room"),
        service_channels={"meeting_room": frozenset({"internal", "group"})},
    )
)
