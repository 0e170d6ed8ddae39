"""What a claim of a taken space comes to: whom it sends elsewhere, where to, and whose word it needs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from models.actions.bookings.wish import decide, wish_of
from models.queries.bookings import bookings_by_id, people_of
from models.queries.plan_effects import Prospect, scene_of
from models.queries.plan_moves import KeptMove
from models.queries.taken import facts_about
from models.rules.bookings.fields import Booked
from models.rules.changes.claims import Claim
from models.rules.changes.precedence import comes_first, may_displace, needs_consent, precedence_of
from models.rules.finding.occasion import Occasion
from models.rules.house.house import House, Precedence
from models.rules.judging.facts import Facts, Taken, Wanted
from models.rules.judging.how_many import in_the_way
from models.rules.people.person import By
from models.rules.plans.displaced import Displaced
from models.rules.plans.rehousing import rehoused
from models.rules.refusals import Refused, refusal
from models.rules.times.interval import Interval, civil_day

THE_CLAIM = 0  # the number of a booking that is none yet
ASKED = "asked"


@dataclass(frozen=True, slots=True)
class JudgedClaim:
    """A claim that would be booked if its `holders` went elsewhere. `taken`: what it would hold then."""

    claim: Claim
    precedence: Precedence
    wanted: Wanted
    decided: Occasion
    holders: tuple[Booked, ...]
    taken: Taken

    def ahead(self, house: House, by: By) -> Prospect:
        """The house with what it would hold in it."""
        return Prospect(house, house, by, {THE_CLAIM: self.taken})


def judged_claim(claim: Claim, house: House, by: By) -> JudgedClaim:
    """A claim that was checked. Raises Refused where the place is held by somebody who comes before it or sits there
    already, and where anything else than its holders is in the way."""
    precedence = precedence_of(claim.precedence, house)
    assert precedence is not None, "check_may() found it"
    wanted, facts = wish_and_facts(claim, house, by)
    asked = decide(wanted, facts, by.now)
    holders = holders_of_place(asked, house)
    if not may_displace(precedence, holders, house, by.now):
        raise Refused(asked.verdict.refusals, decisions=(asked,))
    decided = decide(wanted, facts.without({each.id for each in holders}), by.now) if holders else asked
    if not decided.verdict.accepted:
        raise Refused(decided.verdict.refusals, decisions=(decided,))
    return JudgedClaim(claim, precedence, wanted, decided, holders, decided.granted(THE_CLAIM)[0])


def holders_of_place(asked: Occasion, house: House) -> tuple[Booked, ...]:
    """Whose bookings stand where a wish that was judged would."""
    wanted, facts = asked.wanted, asked.known
    policy = house.policy(wanted.space, facts.date_of(wanted.during))
    there = in_the_way(replace(wanted, during=asked.verdict.during), policy, facts)
    return tuple(bookings_by_id(sorted({each.id for each in there})))


def wish_and_facts(claim: Claim, house: House, by: By) -> tuple[Wanted, Facts]:
    """The wish of a claim, and what it must be judged against now."""
    wanted = wish_of(claim.request, by.person, house)
    return wanted, facts_about(wanted, house, by.now)


def displaced_by(judged: JudgedClaim, ahead: Prospect) -> list[Displaced]:
    """Where each holder would go, at the same time, with the claim standing in their place."""
    if not judged.holders:
        return []
    house = ahead.house
    days = [civil_day(judged.claim.since, house.zone), *(each.during for each in judged.holders)]
    scene = scene_of(ahead, house.spaces[judged.wanted.space].building, days, judged.holders, people_of(judged.holders))
    found, _facts = rehoused(judged.holders, scene, scene.after.without({each.id for each in judged.holders}))
    return [Displaced((comes_first(judged.precedence),), each) for each in found]


def hold_back(moves: Iterable[KeptMove]) -> None:
    """Raises Refused where somebody would be without a place, or has not agreed within the notice period."""
    moves = list(moves)
    for code, number in (
        ("claim_without_place", sum(each.to_space is None for each in moves)),
        ("consent_refused", sum(each.consent == "refused" for each in moves)),
        ("consent_awaited", sum(each.consent == "asked" for each in moves)),
    ):
        if number:
            raise Refused([refusal(code, actual=number)])


def consent_for(
    judged: JudgedClaim, ahead: Prospect, booking: Booked, to: tuple[str | None, Interval], was: KeptMove | None
) -> str | None:
    """What is known of a holder's word on this place and time: nothing where none is needed, what they said of it
    before, else that they are to be asked."""
    if to[0] is None or not needs_consent(judged.precedence, booking, ahead.by.now, ahead.house.zone):
        return None
    if was is not None and was.consent and (was.booking_version, was.to_space, was.during) == (booking.version, *to):
        return was.consent
    return ASKED


def unasked(judged: JudgedClaim, moves: Iterable[KeptMove], ahead: Prospect) -> bool:
    """Whether the notice period began since the plan was made, and nobody has asked yet."""
    return any(
        each.consent is None
        and each.to_space
        and needs_consent(judged.precedence, each.booking, ahead.by.now, ahead.house.zone)
        for each in moves
    )
