"""What files may not change when somebody sends them in by a page: whoever runs the machine loads these by a command.

What others see of an organisation's bookings is not for a facility manager to say, nor is a rule that is another's own
word. Who people are and what they may is left aside altogether.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from models.rules.files.changes import Change
from models.rules.files.draft import Known
from models.rules.files.sheet import Fault
from models.rules.house.house import USUAL_RULES
from models.rules.people.person import Person
from models.rules.people.rights import may_set_rule
from models.rules.values import ALWAYS

DETAIL, PRIVACY = ("busy", "title", "full"), ("secret", "confidential", "standard")


def _opens(order: tuple[str, ...]) -> Callable[[object, object], bool]:
    return lambda before, after: order.index(str(after)) > order.index(str(before))


# By file and column, whether a change lets others see more, or somebody else see it.
LESS_PRIVATE: Mapping[tuple[str, str], Callable[[object, object], bool]] = {
    ("organisations", "professional_secrecy"): lambda before, after: bool(before) and not after,
    ("organisations", "feed_detail_outside_org"): _opens(DETAIL),
    ("organisations", "feed_detail_inside_org"): _opens(DETAIL),
    ("organisations", "retention_days"): lambda before, after: int(str(after)) > int(str(before)),
    ("organisations", "is_host"): lambda before, after: True,
    ("services", "privacy_level"): _opens(PRIVACY),
    ("services", "org_code"): lambda before, after: True,
    ("services", "home_zone_code"): lambda before, after: True,  # whose coordinator is party to its talks
}


def beyond(person: Person, changes: Iterable[Change], present: Known) -> tuple[Fault, ...]:
    """The changes that this person may not make in this way, each as a fault of its line."""
    return tuple(fault for change in changes for fault in _faults(person, change, present))


def _faults(person: Person, change: Change, present: Known) -> Iterator[Fault]:
    file = f"{change.file}.csv"
    if change.file == "occupancy_rules":
        code = change.name.partition(" ")[0]
        kept = present.of("occupancy_rules").get((code, None, ALWAYS))
        owner = kept["owner_role"] if kept else USUAL_RULES[code].owner_role
        if not may_set_rule(person, code, str(owner)):
            yield Fault(file, change.line, None, "rule_of_others", {"value": change.name})
    elif change.sort == "changed":
        for column, before, after in change.columns:
            opens = LESS_PRIVATE.get((change.file, column))
            if opens is not None and opens(before, after):
                yield Fault(file, change.line, column, "less_private", {"value": change.name})
