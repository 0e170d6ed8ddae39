"""The half of a decision in which nobody stands: what was judged of people, services and other bookings, and not who or
which they were. That stands in the booking alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from models.rules.house.house import Names, Service, Space
from models.rules.house.policy import SpacePolicy
from models.rules.house.quota import Quota
from models.rules.house.timeline import Timeline
from models.rules.judging.facts import Taken, Wanted
from models.rules.people.person import NOBODY, Person
from models.rules.refusals import Refusal
from models.rules.times.interval import Interval

SOMEBODY, SOMEBODY_ELSE = 0, -1  # for whom it was, and whoever else is in it: no number of a person
ITS_SERVICE = ""  # the code of the service it was for, or else of the organiser's own
OF_ITS_SERVICE = f"service:{ITS_SERVICE}"


def nameless_wish(wanted: Wanted) -> Wanted:
    """The same wish of somebody, for some service, and without its own number: what it would replace is not among
    what it met."""
    service = wanted.service
    return replace(
        wanted.with_each(lambda each: _nobody(each, _number(each, wanted))),
        service=_some_service(service) if service else None,
        replaces=None,
    )


def numbered(taken: Iterable[Taken], *, without: int | None) -> tuple[Taken, ...]:
    """Other bookings in or beside its place, by numbers of the receipt's own: when and how many, not whose."""
    others = {each.id: each for each in taken if each.id != without}
    in_order = sorted(others.values(), key=lambda each: (each.during.start, each.space))
    return tuple(
        Taken(number, each.space, each.during, each.persons, each.apart, SOMEBODY_ELSE)
        for number, each in enumerate(in_order, start=1)
    )


def own_day(own: Iterable[Taken], sorts: Mapping[str, str], *, without: int | None) -> tuple[tuple[str, Interval], ...]:
    """What else its organiser holds: the sort of its space, and when. Where would tell in a list who it is."""
    return tuple((sorts[each.space], each.during) for each in own if each.id != without)


def nameless_quotas(used: Iterable[tuple[Quota, float]]) -> tuple[tuple[Quota, float], ...]:
    """Quotas with what was used of each, by numbers of the receipt's own; R17 keeps its 0."""
    return tuple((_somebodys(quota, number), amount) for number, (quota, amount) in enumerate(used, start=1))


def nameless_reason(reason: Refusal) -> Refusal:
    """The same refusal or remark; what is about a service is about its service."""
    return replace(reason, scope=nameless_scope(reason.scope))


def nameless_scope(scope: str | None) -> str | None:
    """As the reason of a receipt has it."""
    return OF_ITS_SERVICE if scope is not None and scope.startswith("service:") else scope


def nameless_space(space: Space) -> Space:
    """A space by its code alone; what somebody noted about it may name people."""
    return replace(space, names=Names(nl=space.code), notes=None)


def nameless_policies(timeline: Timeline[SpacePolicy]) -> Timeline[SpacePolicy]:
    """The same policies without what somebody said when they set them."""
    return tuple((since, replace(policy, reason="")) for since, policy in timeline)


def _number(person: Person, wanted: Wanted) -> int:
    """Whoever has no account keeps the number of all those: what binds one person does not bind them."""
    if person.id == NOBODY:
        return NOBODY
    return SOMEBODY if person.id == wanted.organiser.id else SOMEBODY_ELSE


def _nobody(person: Person, number: int) -> Person:
    """What is judged of a person, and no more: whatever a person may have besides stays out."""
    return Person(
        number,
        "",
        "",
        person.organisation,
        person.roles,
        service=ITS_SERVICE,
        home_zone=person.home_zone,
        active=person.active,
    )


def _some_service(service: Service) -> Service:
    """What a service asks of a talk."""
    return Service(
        ITS_SERVICE,
        "",
        Names(nl=""),
        max_party=service.max_party,
        requires_panic_button=service.requires_panic_button,
    )


def _somebodys(quota: Quota, number: int) -> Quota:
    code = {"person": None, "service": ITS_SERVICE}.get(quota.scope, quota.code)
    return replace(quota, code=code, id=number if quota.id else 0)
