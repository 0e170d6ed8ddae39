"""The whole house on one page: its day as a list, for whoever receives people, and as a timeline floor by floor."""

from functools import partial, update_wrapper

from flask import Blueprint
from flask_babel import lazy_gettext as _

from blueprints.booking.kind import SpaceKind
from blueprints.booking.views import overview

HOUSE = SpaceKind(
    name="board",
    prefix="/board/timeline",
    kinds=("meeting_room", "booth", "counter", "meeting_space", "desk"),
    icon="building",
    title=_("The whole house"),
    subtitle=_("Rooms, booths, counters, meeting spaces and desks together, floor by floor."),
    book_label=_("Book"),
    by_floor=True,
    list_page="board/timeline.html",
)

blueprint = Blueprint(HOUSE.name, __name__, url_prefix="/board")
blueprint.add_url_rule("/timeline", "overview", update_wrapper(partial(overview, HOUSE), overview))

from blueprints.board import arriving, day
