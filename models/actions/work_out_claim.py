"""What a claim of a taken space comes to: whom it sends elsewhere, where to, and whose word it needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from models.actions.change_capacity import checked_reason
from models.actions.series import Date, as_taken
from models.actions.wish import decide, people_named, requested_time, wish_of
from models.queries.bookings import bookings_by_id
from models.queries.plan_effects import people_of, scene_of
from models.queries.plans import KeptMove
from models.queries.taken import facts_for
from models.rules.discretion import Booked
from models.rules.displaced import Displaced
from models.rules.facts import Facts, Taken, Wanted
from models.rules.house import House, Precedence
from models.rules.interval import Interval, civil_day
from models.rules.judging_people import in_the_way
from models.rules.person import Person
from models.rules.plan_change import Change, Claim, claim_in
from models.rules.precedence import comes_first, may_claim, may_displace, needs_consent, precedence_of
from models.rules.receipt import Decided
from models.rules.refusals import BadRequest, NotAllowed, Refused, refusal
from models.rules.rehousing import rehoused

THE_CLAIM = 0                               # the number of a booking that is none yet
IN_A_CHANGE = "changes.0.set.claim."        # a claim stands alone in its plan
ASKED = "asked"


@dataclass(frozen=True, slots=True)
class JudgedClaim:
    """A claim that would be booked if its `holders` went elsewhere. `taken`: what it would hold then."""

    claim: Claim
    precedence: Precedence
    wanted: Wanted
    decided: Decided
    holders: tuple[Booked, ...]
    taken: Taken

    @property
    def beside(self) -> dict[int, Taken]:
        return {THE_CLAIM: self.taken}

    @property
    def date(self) -> Date:
        return Date(self.wanted.during.start, self.wanted.space, self.decided)


def checked_claim(claim: Claim, person: Person, house: House, reason: str) -> Precedence:
    """In whose name. Raises BadRequest and NotAllowed."""
    checked_reason(reason)
    return _claimed_for(claim, person, house)


def _claimed_for(claim: Claim, person: Person, house: House) -> Precedence:
    precedence = precedence_of(claim.precedence, house)
    if precedence is None:
        raise BadRequest("claim.precedence", "unknown_code")
    if not may_claim(person, precedence):
        raise NotAllowed("work_on_plan")
    return precedence


def judged_claim(claim: Claim, person: Person, house: House, now: datetime) -> JudgedClaim:
    """Raises Refused where the place is held by somebody who comes before it or sits there already, and where anything
    else than its holders is in the way."""
    precedence = _claimed_for(claim, person, house)
    wanted, facts = wish_and_facts(claim, person, house, now)
    asked = decide(wanted, facts, now)
    policy = house.policy(wanted.space, facts.date_of(wanted.during))
    there = {each.id for each in in_the_way(replace(wanted, during=asked.verdict.during), policy, facts)}
    holders = tuple(bookings_by_id(sorted(there))) if there else ()
    if not may_displace(precedence, holders, house, now):
        raise Refused(asked.verdict.refusals, decisions=(asked,))
    decided = decide(wanted, facts.without(there), now) if there else asked
    if not decided.verdict.accepted:
        raise Refused(decided.verdict.refusals, decisions=(decided,))
    return JudgedClaim(claim, precedence, wanted, decided, holders,
                       as_taken(THE_CLAIM, wanted, decided.verdict, house)[0])


def wish_and_facts(claim: Claim, person: Person, house: House, now: datetime) -> tuple[Wanted, Facts]:
    """The wish of a claim, and what it must be judged against now. A fault says where in the change it stands."""
    request = claim.request
    try:
        named = people_named(request, person)
        wanted = wish_of(request, person, named, house, requested_time(request))
    except BadRequest as fault:
        raise BadRequest(f"{IN_A_CHANGE}{fault.field}", fault.code, **fault.facts) from None
    space = house.spaces[wanted.space]
    return wanted, facts_for(house, space.building, [wanted.during], wanted.organiser, now, service=wanted.service,
                             kinds=(space.kind,))


def displaced_by(judged: JudgedClaim, person: Person, house: House, now: datetime) -> list[Displaced]:
    """Where each holder would go, at the same time, with the claim standing in their place."""
    if not judged.holders:
        return []
    building = house.spaces[judged.wanted.space].building
    days = [civil_day(judged.claim.first, house.zone), *(each.during for each in judged.holders)]
    scene = scene_of(building, days, judged.holders, people_of(judged.holders), house, house, person, now,
                     judged.beside)
    found, _facts = rehoused(judged.holders, scene, scene.after.without({each.id for each in judged.holders}))
    return [Displaced((comes_first(judged.precedence),), each) for each in found]


def beside_of(changes: Iterable[Change], person: Person, house: House, now: datetime) -> Mapping[int, Taken]:
    """What a plan puts into the building itself: a claim's booking, or nothing."""
    claim = claim_in(changes)
    return judged_claim(claim, person, house, now).beside if claim else {}


def hold_back(moves: Iterable[KeptMove]) -> None:
    """Raises Refused where somebody would be without a place, or has not agreed within the notice period."""
    moves = list(moves)
    for code, number in (
            ("claim_without_place", sum(each.to_space is None for each in moves)),
            ("consent_refused", sum(each.consent == "refused" for each in moves)),
            ("consent_awaited", sum(each.consent == "asked" for each in moves))):
        if number:
            raise Refused([refusal(code, actual=number)])


def consent_for(judged: JudgedClaim, booking: Booked, space: str | None, during: Interval, was: KeptMove | None,
                house: House, now: datetime) -> str | None:
    """What is known of a holder's word on this place: nothing where none is needed, what they said of it before, else
    that they are to be asked."""
    if space is None or not needs_consent(judged.precedence, booking, now, house.zone):
        return None
    if was is not None and was.consent and (was.booking_version, was.to_space, was.during) == (
            booking.version, space, during):
        return was.consent
    return ASKED


def unasked(judged: JudgedClaim, moves: Iterable[KeptMove], house: House, now: datetime) -> bool:
    """Whether the notice period began since the plan was made, and nobody has asked yet."""
    return any(each.consent is None and each.to_space
               and needs_consent(judged.precedence, each.booking, now, house.zone) for each in moves)
