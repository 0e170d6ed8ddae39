"""Who may book a space. Whoever may not is an outsider of it, and gets none of its times: not even that it is taken.

The judge, lists, calendars and programs all ask here.
"""

from __future__ import annotations

from models.rules.house.house import Space
from models.rules.house.policy import Bookable, is_for
from models.rules.people.person import Person
from models.rules.people.rights import DESK_STAFF, LIMIT_SETTERS, WARDENS
from models.rules.times.interval import Interval

# Who receives people, opens and sets up, clears the house or sets its limits must know what is taken today.
ON_DUTY = WARDENS | LIMIT_SETTERS | {"protocol_officer"}


def is_open_to(person: Person, place: Bookable, *, to_public: bool) -> bool:
    """Whether one's organisation may book it; for an association or a resident it must be open to these as well."""
    return is_for(place, person.organisation) and (to_public or not person.is_outside)


def may_book_in(person: Person | None, space: Space) -> bool:
    """None: someone from the street, who counts as a resident. Reception and facility management, who book for these,
    may book whatever is open to them. What else stands in the way on a date is for judge() to say."""
    if space.public_bookable and (person is None or person.roles & DESK_STAFF):
        return True
    return person is not None and is_open_to(person, space, to_public=space.public_bookable)


def is_on_duty(person: Person | None) -> bool:
    """Whether their work of the day needs to know of every space of the building when it is taken."""
    return person is not None and bool(person.roles & ON_DUTY)


def may_know_times(person: Person | None, space: Space, during: Interval, today: Interval) -> bool:
    """Whether they may know when it is taken: who may book it at any time, who is on duty of what touches today."""
    return may_book_in(person, space) or (is_on_duty(person) and during.overlaps(today))
