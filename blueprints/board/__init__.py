"""The whole house on one page, every kind of space together, floor by floor: /board."""

from functools import partial, update_wrapper

from flask import Blueprint
from flask_babel import lazy_gettext as _

from blueprints.booking.kind import SpaceKind
from blueprints.booking.views import overview

HOUSE = SpaceKind(
    name="board",
    prefix="/board",
    kinds=("meeting_room", "booth", "counter", "meeting_space", "desk"),
    icon="building",
    title=_("The whole house"),
    subtitle=_("Rooms, booths, counters, meeting spaces and desks together, floor by floor."),
    book_label=_("Book"),
    by_floor=True,
)

blueprint = Blueprint(HOUSE.name, __name__, url_prefix=HOUSE.prefix)
blueprint.add_url_rule("", "overview", update_wrapper(partial(overview, HOUSE), overview))

from blueprints.board import arriving
