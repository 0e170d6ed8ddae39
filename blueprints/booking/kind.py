"""What a kind of space is on screen: its words, its icon and what its form asks. Its rules are data of each space."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from flask_babel import LazyString

from blueprints.booking.forms import ASKED
from blueprints.web.base_url import base_path
from models.rules.house.house import Space


@dataclass(frozen=True, slots=True)
class SpaceKind:
    """One part of the site. `kinds`: the contract's kinds in it. `fields`: what the form asks beside day and hours, in
    order; those not in `first_fields` lie folded away. `service_channels`: which services the form offers, by kind.

    `list_page` and `overview`: the template of the list, and what it needs beyond the common (given the page's values).
    """

    name: str
    prefix: str
    kinds: tuple[str, ...]
    title: LazyString
    subtitle: LazyString
    book_label: LazyString
    icon: str
    fields: tuple[str, ...] = ASKED
    first_fields: frozenset[str] = frozenset({"attendees", "title", "layout"})
    default_minutes: int = 60
    in_half_days: bool = False
    service_channels: Mapping[str, frozenset[str]] = field(default_factory=dict)
    default_view: str = "timeline"
    by_floor: bool = False  # rows are grouped by floor also where there are several kinds
    list_page: str = "booking/overview.html"
    overview: Callable[..., Mapping[str, object]] | None = field(default=None)

    @property
    def address(self) -> str:
        return f"{base_path()}{self.prefix}"


KINDS: dict[str, SpaceKind] = {}


def state_kind(kind: SpaceKind) -> SpaceKind:
    """Make a kind known to the pages that meet bookings of every kind."""
    KINDS.update(dict.fromkeys(kind.kinds, kind))
    return kind


def address_of(space: Space) -> str:
    """The page of one space, in the part of the site for its kind."""
    return f"{KINDS[space.kind].address}/{space.code}"
