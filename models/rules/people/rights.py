"""Who may do what: the whole matrix in one table. A route states a verb from it; a rule about one thing asks may()."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from models.rules.house.crisis import CRISIS_RULE
from models.rules.house.house import House
from models.rules.house.quota import Quota
from models.rules.house.rule_parameters import RULES, is_fixed
from models.rules.people.person import ROLES, Person

SCOPES = ("read", "write", "manage")
EVERYONE = frozenset(ROLES)
INSIDE = EVERYONE - {"association", "resident"}


@dataclass(frozen=True, slots=True)
class Right:
    """`roles` None: anyone, signed in or not. `scope`: the least that the sign-in or token must reach."""

    roles: frozenset[str] | None
    scope: str = "read"


MANAGERS = frozenset({"facility_manager"})
LIMIT_SETTERS = frozenset({"facility_manager", "prevention_adviser"})
OWN_WORD = frozenset({"prevention_adviser", "dpo"})  # their rules are theirs alone to change
OF_AN_ORGANISATION = frozenset({"service_head", "dpo"})  # whose word reaches no further than their own one's services
DESK_STAFF = frozenset({"receptionist", "facility_manager"})
WARDENS = frozenset({"receptionist", "facility_manager", "prevention_adviser", "caretaker"})
APPROVERS = frozenset({"receptionist", "facility_manager", "protocol_officer", "service_head", "prevention_adviser"})

RIGHTS: dict[str, Right] = {
    # open to the street
    "see_public_pages": Right(None),
    "sign_in": Right(None),
    "watch_health": Right(None),
    "read_api_description": Right(None),
    "read_feed_by_address": Right(None),
    "see_screens": Right(None),  # what more than its pairing page one shows: blueprints/screens/paired.py
    # whoever is signed in
    "see_today": Right(EVERYONE),
    "see_spaces": Right(EVERYONE),
    "see_bookings": Right(EVERYONE),
    "see_own_bookings": Right(EVERYONE),
    "see_account": Right(EVERYONE),
    "sign_out": Right(EVERYONE),
    "lock": Right(EVERYONE),
    "change_password": Right(EVERYONE, "write"),
    "name_delegates": Right(INSIDE, "write"),
    "check_booking": Right(EVERYONE),
    "book": Right(EVERYONE, "write"),
    "change_booking": Right(EVERYONE, "write"),
    "change_attendance": Right(EVERYONE, "write"),
    "see_feeds": Right(EVERYONE),
    "make_feeds": Right(EVERYONE, "write"),
    "make_tokens": Right(EVERYONE, "write"),
    # by role
    "book_for_colleagues": Right(INSIDE, "write"),
    "book_for_outsiders": Right(DESK_STAFF, "write"),
    "receive_people": Right(frozenset({"receptionist"}), "write"),
    "decide_approvals": Right(EVERYONE, "write"),
    "see_approvals": Right(APPROVERS),
    "see_management": Right(LIMIT_SETTERS | {"partner_admin"}),
    "set_space_capacity": Right(LIMIT_SETTERS | {"partner_admin"}, "manage"),
    "set_limits": Right(LIMIT_SETTERS, "manage"),
    "set_hours": Right(MANAGERS | {"partner_admin"}, "manage"),
    "set_closures": Right(MANAGERS | {"partner_admin"}, "manage"),
    "see_occupancy": Right(INSIDE),
    "see_exact_counts": Right(LIMIT_SETTERS | {"partner_admin"}),  # of which places: may_see_exact_counts()
    "see_what_others_see": Right(INSIDE),
    "announce": Right(DESK_STAFF | {"partner_admin"}, "manage"),
    "make_plans": Right(LIMIT_SETTERS | {"partner_admin"}, "manage"),
    "see_plan": Right(INSIDE),  # which one: may_see_plan()
    "work_on_plan": Right(INSIDE, "write"),  # a claim is a plan too, of whoever may claim
    "edit_places": Right(MANAGERS | {"partner_admin"}, "manage"),
    "edit_zones": Right(MANAGERS, "manage"),
    "pair_devices": Right(MANAGERS | {"partner_admin"}, "manage"),  # for which zones: zones_to_pair()
    "set_durations": Right(MANAGERS | {"partner_admin"}, "manage"),  # of their own organisation's services
    "export_building": Right(MANAGERS, "manage"),
    "import_building": Right(MANAGERS, "manage"),
    "see_rules": Right(INSIDE),
    "set_rules": Right(LIMIT_SETTERS | {"service_head", "dpo"}, "manage"),
    "switch_crisis": Right(LIMIT_SETTERS, "manage"),
    "see_quotas": Right(LIMIT_SETTERS | {"partner_admin"}),
    "set_quotas": Right(MANAGERS, "manage"),
    "see_precedence": Right(INSIDE),
    "set_precedence": Right(MANAGERS | {"protocol_officer"}, "manage"),
    "see_register": Right(LIMIT_SETTERS),
    "set_roster": Right(frozenset({"counter_coordinator"}), "write"),  # of which services: services_coordinated_by()
    "count_people": Right(WARDENS | {"counter_coordinator"}, "write"),
    "see_line": Right(INSIDE),  # which one: services_served_by()
    "work_in_line": Right(INSIDE, "write"),
    "put_in_line": Right(DESK_STAFF, "write"),  # in any; others where they work
    "see_evacuation": Right(WARDENS),
    "evacuate": Right(WARDENS, "write"),
    "see_health": Right(frozenset({"it_admin"})),
    "see_outbox": Right(frozenset({"it_admin"})),
    "mind_outbox": Right(frozenset({"it_admin"}), "manage"),
    "see_metrics": Right(None),
    "see_metrics_by_endpoint": Right(frozenset({"it_admin"})),
}


MANAGING = frozenset(role for right in RIGHTS.values() if right.scope == "manage" for role in right.roles or ())


class BookingParties(Protocol):
    """Who a booking is for and about, in codes and usernames."""

    @property
    def organisation(self) -> str: ...
    @property
    def service(self) -> str | None: ...
    @property
    def service_is_private(self) -> bool: ...
    @property
    def organiser(self) -> str | None: ...
    @property
    def booked_by(self) -> str: ...
    @property
    def created_at(self) -> datetime | None: ...


def holds(person: Person | None, verb: str) -> bool:
    """Whether someone may at all do what `verb` says; an unknown verb is a programming error (KeyError)."""
    right = RIGHTS[verb]
    if right.roles is None:
        return True
    return (
        person is not None
        and person.active
        and bool(person.roles & right.roles)
        and SCOPES.index(person.scope) >= SCOPES.index(right.scope)
    )


def may_manage(person: Person) -> bool:
    """Whether someone may change anything of the house, by whichever sign-in: they look for what they changed."""
    return bool(person.roles & MANAGING)


def is_party(person: Person | None, booking: BookingParties, coordinated: frozenset[str]) -> bool:
    """Organiser, who booked it, and the coordinators of its service. `coordinated`: see services_coordinated_by().

    Whoever moves to another organisation or service leaves the bookings of the old one behind. The front desk books for
    people of others, and stays party to that as long as it is the front desk; never to a talk in confidence.
    """
    if person is None:
        return False
    if booking.service is not None and booking.service in coordinated:
        return True
    if person.organisation == booking.organisation:
        return person.username in (booking.organiser, booking.booked_by) and not _has_left_service_of(booking, person)
    return (
        person.username == booking.booked_by
        and person.username != booking.organiser
        and bool(person.roles & DESK_STAFF)
        and not booking.service_is_private
    )


def sees_to_a_caller(person: Person | None, booking: BookingParties, house: House) -> bool:
    """What is booked for somebody without an account has nobody in the house whose it is. So whoever sits at the
    reception sees to it, and whoever is of the service that it is for. Never to a talk in confidence: those who
    coordinate its service do."""
    if person is None or booking.organiser is not None or booking.service_is_private:
        return False
    is_theirs = booking.service is not None and booking.service == person.service
    return booking.organisation == house.public_organisation and (is_theirs or "receptionist" in person.roles)


def _has_left_service_of(booking: BookingParties, person: Person) -> bool:
    """Whether they made it before they came to their service, for a service that is not theirs."""
    since, made = person.service_since, booking.created_at
    return since is not None and made is not None and made < since and booking.service not in (None, person.service)


def services_coordinated_by(person: Person | None, house: House) -> frozenset[str]:
    """Those whose talks a counter coordinator sees and places: as it is written down, and never of another organisation
    than their own. Being an administrator makes nobody a coordinator."""
    return _own_services(person, "counter_coordinator", house) if person else frozenset()


def services_headed_by(person: Person | None, house: House) -> frozenset[str]:
    """Those whose people and zones a head of service has, as it is written down; as services_coordinated_by()."""
    return _own_services(person, "service_head", house) if person else frozenset()


def _own_services(person: Person, role: str, house: House) -> frozenset[str]:
    written = person.coordinates if role == "counter_coordinator" else person.heads
    if role not in person.roles:
        return frozenset()
    return frozenset(
        code for code in written if code in house.services and house.services[code].organisation == person.organisation
    )


def may_be_delegate_of(person: Person, other: Person) -> bool:
    """Only a colleague books for somebody: what they see of it then stays within the organisation."""
    return other.active and other.username != person.username and other.organisation == person.organisation


def may_book_for(person: Person, other: Person, house: House) -> bool:
    """On behalf of: oneself; whoever named this person as delegate; for coordinators and heads of service the people of
    their services; for reception and facility management associations and residents."""
    if person.username == other.username:
        return True
    if other.is_outside and holds(person, "book_for_outsiders"):
        return True
    if person.organisation != other.organisation or not holds(person, "book_for_colleagues"):
        return False
    led = services_coordinated_by(person, house) | services_headed_by(person, house)
    return person.username in other.delegates or other.service in led


def untold_of(other: Person, service: str | None, person: Person, house: House) -> frozenset[str]:
    """What a judgement does not tell this person of another's day: whether they have a desk is for those who may book
    for them, whether they talk with somebody for themself and for those who coordinate the service."""
    untold = set() if may_book_for(person, other, house) else {"person_busy"}
    if other.username != person.username and service not in services_coordinated_by(person, house):
        untold.add("staff_busy")
    return frozenset(untold)


def may_help_down(person: Person, other: Person) -> bool:
    """Whom somebody may name to help a wheelchair user down: a colleague, or themself. Of others nobody learns here
    whether they are there."""
    return other.active and other.organisation == person.organisation


def may_approve(person: Person | None, awaited_roles: frozenset[str]) -> bool:
    """Whoever holds one of the roles whose word is still awaited."""
    return person is not None and holds(person, "decide_approvals") and bool(person.roles & awaited_roles)


def rules_set_aside_by(person: Person | None, house: House, day: date, zone: str) -> frozenset[str]:
    """The rules that somebody may override in a zone on a date, with a reason: those that allow it and that they
    own."""
    return frozenset(
        code
        for code in house.rules
        if house.rule(code, day).override_allowed and may_set_aside(person, code, house, day, zone)
    )


def may_set_aside(person: Person | None, code: str, house: House, day: date, zone: str) -> bool:
    """Whose word a rule is where they have one: for a head of service, and a data protection officer, that is wherever
    services of their organisation are at home, whoever heads them."""
    owner = house.rule(code, day).owner_role
    if person is None or not holds(person, "book") or owner not in person.roles:
        return False
    return owner not in OF_AN_ORGANISATION or person.organisation in _at_home_in(zone, house)


def _at_home_in(zone: str, house: House) -> frozenset[str]:
    """The organisations that have a service whose home is in a zone."""
    return frozenset(house.services[code].organisation for code in house.neighbourhoods.get(zone, ()))


def may_read_refusal(person: Person | None, asked_by: int | None, asked_for: int | None) -> bool:
    """Whoever asked and for whom, by their numbers. Nobody else, whatever they set or look after: what was asked in
    vain says who wished to see whom. For them a refusal is one of a number."""
    return person is not None and person.id in (asked_by, asked_for)


def _reaches(person: Person | None, verb: str, everywhere: frozenset[str], owner: str | None) -> bool:
    """Whoever holds one of the roles `everywhere` reaches all there is, others what is their own organisation's."""
    return (
        person is not None and holds(person, verb) and (bool(person.roles & everywhere) or owner == person.organisation)
    )


def may_see_exact_counts(person: Person | None, bookers: frozenset[str]) -> bool:
    """How many people a zone, floor or building holds, to the last one: facility manager and prevention adviser; of a
    zone also the administrators of its `bookers`, the organisations that may book there."""
    return (
        person is not None
        and holds(person, "see_exact_counts")
        and (bool(person.roles & LIMIT_SETTERS) or person.organisation in bookers)
    )


def may_set_capacity_of(person: Person | None, owner: str | None) -> bool:
    """How many a space holds, and what of a space or lift works: facility manager and prevention adviser for every one,
    a partner's administrator for its own."""
    return _reaches(person, "set_space_capacity", LIMIT_SETTERS, owner)


def may_edit_space(person: Person | None, owner: str | None) -> bool:
    """Facility manager for every space, a partner's administrator for its own: what it is, and how it is booked."""
    return _reaches(person, "edit_places", MANAGERS, owner)


def may_set_hours_of(person: Person | None, owner: str | None) -> bool:
    """Facility manager for every place, a partner's administrator for its organisation's own."""
    return _reaches(person, "set_hours", MANAGERS, owner)


def zones_to_pair(person: Person | None, house: House) -> tuple[str, ...]:
    """In which zones somebody pairs screens: a facility manager in every one, a partner's administrator in its
    organisation's own."""
    return tuple(code for code, zone in house.zones.items() if _reaches(person, "pair_devices", MANAGERS, zone.owner))


def may_set_rule(person: Person | None, code: str, owner_role: str) -> bool:
    """For the whole house: whoever's rule it is. The facility manager too, but for what is another's own word, and for
    what nobody sets. Not one head of service or data protection officer: there are several, each with some zones. The
    crisis switch is there for whoever sets limits: a crisis does not wait for one person."""
    if code == CRISIS_RULE:
        return holds(person, "switch_crisis")
    if person is None or not holds(person, "set_rules") or owner_role == "system":
        return False
    if owner_role not in OWN_WORD and person.roles & MANAGERS:
        return True
    return owner_role in person.roles and owner_role not in OF_AN_ORGANISATION


def may_set_rule_in(zone: str, person: Person | None, code: str, owner_role: str, house: House) -> bool:
    """For one zone: whoever sets it for the whole house, a head of service where a service they head is at home, a data
    protection officer where one of their organisation is."""
    if may_set_rule(person, code, owner_role):
        return True
    if person is None or not holds(person, "set_rules") or owner_role not in person.roles & OF_AN_ORGANISATION:
        return False
    if owner_role == "service_head":
        return bool(services_headed_by(person, house) & house.neighbourhoods.get(zone, frozenset()))
    return person.organisation in _at_home_in(zone, house)


def zones_for_rule(person: Person | None, code: str, house: House, day: date) -> tuple[str, ...]:
    """The zones for which somebody may set a rule, in the order of the house; none of one that nobody sets there."""
    owner = house.rule(code, day).owner_role
    if is_fixed(code, owner) or not RULES[code].by_zone:
        return ()
    return tuple(zone for zone in house.zones if may_set_rule_in(zone, person, code, owner, house))


def may_see_quota(person: Person | None, quota: Quota, house: House) -> bool:
    """Whoever sets limits sees them all; a partner's administrator those of its own organisation and services."""
    service = house.services.get(quota.code or "") if quota.scope == "service" else None
    owner = quota.code if quota.scope == "organisation" else service.organisation if service else None
    return _reaches(person, "see_quotas", LIMIT_SETTERS, owner)


PLACES_A_PART = ("partner_admin", "service_head")  # the first of these that an organisation has


class PlanMade(Protocol):
    """What may_see_plan() needs of a plan. `claims_for`: the body in whose name it claims a space, where it does.
    `organisation`, `placed_by`: of a part, whose it is, and the role there that sees to it."""

    @property
    def created_by(self) -> str: ...
    @property
    def created_by_organisation(self) -> str: ...
    @property
    def claims_for(self) -> str | None: ...
    @property
    def organisation(self) -> str | None: ...
    @property
    def placed_by(self) -> str: ...


def may_see_plan(person: Person | None, plan: PlanMade, house: House) -> bool:
    """A partner's administrator sees those of its own organisation; a claim also who made it, and whoever may claim in
    the same name. The part that another organisation sees to is for its administrators alone, where there is none for
    its heads of service; not for who made the plan."""
    if plan.organisation is not None:
        return (
            person is not None
            and holds(person, "see_plan")
            and person.organisation == plan.organisation
            and plan.placed_by in person.roles
        )
    if (
        plan.claims_for
        and person is not None
        and holds(person, "see_plan")
        and (
            person.username == plan.created_by
            or any(each.code == plan.claims_for and each.role in person.roles for each in house.precedence)
        )
    ):
        return True
    return _reaches(person, "make_plans", LIMIT_SETTERS, plan.created_by_organisation)


def may_export_people(person: Person | None, house: House) -> bool:
    """Names and e-mail addresses of everybody in the house: for the host's own facility manager."""
    return person is not None and holds(person, "export_building") and house.organisations[person.organisation].is_host


def may_close(person: Person | None, organisations: frozenset[str]) -> bool:
    """Facility manager for everyone (none named: all), a partner's administrator for its own organisation alone."""
    return (
        person is not None
        and holds(person, "set_closures")
        and (bool(person.roles & MANAGERS) or organisations == {person.organisation})
    )
