"""Desks: /desks. Half-days, the own neighbourhood first, and one press to book."""

from flask_babel import lazy_gettext as _

from blueprints.booking.kind import SpaceKind
from blueprints.booking.views import space_blueprint
from blueprints.desks.places import desk_overview

blueprint = space_blueprint(
    SpaceKind(
        name="desks",
        prefix="/desks",
        kinds=("desk",),
        icon="desk",
        title=_("Desks"),
        subtitle=_("Your own neighbourhood first. One press books a desk."),
        book_label=_("Book a desk"),
        fields=("on_behalf_of", "wheelchair", "evacuation_buddy", "channel"),
        first_fields=frozenset(),
        in_half_days=True,
        default_view="list",
        list_page="desks/overview.html",
        overview=desk_overview,
    )
)
