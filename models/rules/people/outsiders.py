"""Who may book a space. Whoever may not is an outsider of it, and gets none of its times: not even that it is taken."""

from __future__ import annotations

from models.rules.house.house import Space
from models.rules.house.policy import is_for
from models.rules.people.person import Person
from models.rules.people.rights import DESK_STAFF


def may_book_in(person: Person | None, space: Space) -> bool:
    """Whether one's organisation may book it; an association or a resident needs that it is open to them as well.
    None: someone from the street, who counts as a resident. Reception and facility management, who book for these, may
    book whatever is open to them. What else stands in the way on a date is for judge() to say."""
    if person is None or person.roles & DESK_STAFF:
        return space.public_bookable or (person is not None and is_for(space, person.organisation))
    return is_for(space, person.organisation) and (space.public_bookable or not person.is_outside)
