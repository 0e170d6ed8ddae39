"""The dates of a repeated booking, each with its own verdict, from one load of facts for all of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from models.actions.wish import decide, requested_time
from models.queries.taken import facts_for
from models.rules.alternatives import Alternative, best_other_space
from models.rules.facts import Facts, Held, Taken, Wanted
from models.rules.fields import BookingRequest
from models.rules.house import House
from models.rules.interval import Interval, civil_date, nearest_utc
from models.rules.judging import Verdict
from models.rules.judging_quotas import service_of
from models.rules.receipt import Decided
from models.rules.recurrence import BadRecurrence, Occurrence, Skipped, occurrences
from models.rules.refusals import BadRequest, Refusal, SeriesRefused, refusal

MOST_DATES_WITH_ALTERNATIVES = 20


@dataclass(frozen=True, slots=True)
class Date:
    """One date of a request. `start` is the one asked for; `decided` None where a clock change skips it."""

    start: datetime
    space: str
    decided: Decided | None = None
    alternatives: tuple[Alternative, ...] = ()

    @property
    def verdict(self) -> Verdict | None:
        return self.decided.verdict if self.decided else None

    @property
    def accepted(self) -> bool:
        return self.verdict is not None and self.verdict.accepted

    @property
    def refusals(self) -> tuple[Refusal, ...]:
        return self.verdict.refusals if self.verdict else (refusal("local_time_missing"),)

    def day(self, house: House) -> date:
        return civil_date(self.start, house.zone)


def requested_dates(request: BookingRequest, house: House) -> tuple[tuple[Occurrence, ...], tuple[Skipped, ...]]:
    during = requested_time(request)
    wall_start = during.start.astimezone(house.zone).replace(tzinfo=None)
    try:
        return occurrences(request.recurrence, wall_start, during.length, house.zone)
    except BadRecurrence as error:
        raise BadRequest("recurrence", f"recurrence_{error.reason}") from error


def judge_dates(request: BookingRequest, wanted: Wanted, house: House, now: datetime, *,
                with_alternatives: bool = True) -> tuple[Date, ...]:
    """Every date with its verdict, those that may be booked among them; raises SeriesRefused where `on_conflict` asks
    for all or none, or where no date at all is left. A bounded number of queries, whatever the number of dates."""
    found, skipped = requested_dates(request, house)
    space = house.spaces[wanted.space]
    facts = facts_for(house, space.building, [Interval(each.start, each.end) for each in found], wanted.organiser, now,
                      service=wanted.service, kinds=(space.kind,))
    dates: list[Date] = []
    previous: Taken | None = None
    for occurrence in found:
        wish = replace(wanted, during=Interval(occurrence.start, occurrence.end))
        known = _with_previous(facts, previous, wish)
        judged = _judge_one(wish, request, known, now)
        if judged.accepted:
            previous, held = as_taken(0, replace(wish, space=judged.space), judged.verdict, house)
            facts = facts.also_holding(held)
        elif with_alternatives and len(dates) < MOST_DATES_WITH_ALTERNATIVES:
            judged = replace(judged, alternatives=best_other_space(wish, known, now, most=3))
        dates.append(judged)
    dates += [Date(nearest_utc(each.wall_start, house.zone), wanted.space) for each in skipped]
    dates.sort(key=lambda each: each.start)
    refused = [each for each in dates if not each.accepted]
    if refused and (request.on_conflict == "all" or len(refused) == len(dates)):
        raise SeriesRefused(refused)
    return tuple(dates)


def as_taken(number: int, wanted: Wanted, verdict: Verdict, house: House) -> tuple[Taken, Held]:
    """A wish once it is granted, as the next one meets it."""
    organiser = wanted.organiser
    return (Taken(number, wanted.space, verdict.during, verdict.persons, verdict.apart, organiser.id,
                  0 if wanted.evacuation_buddy else wanted.wheelchair, organiser.is_outside),
            Held(number, house.spaces[wanted.space].kind, verdict.during, organiser.id, organiser.organisation,
                 service_of(organiser, wanted.service)))


def _judge_one(wish: Wanted, request: BookingRequest, facts: Facts, now: datetime) -> Date:
    asked = Date(wish.during.start, wish.space, decide(wish, facts, now, request.override))
    if asked.accepted or request.on_conflict != "alternative":
        return asked
    for other in best_other_space(wish, facts, now):
        return Date(wish.during.start, other.space, decide(replace(wish, space=other.space), facts, now))
    return asked


def _with_previous(facts: Facts, previous: Taken | None, wish: Wanted) -> Facts:
    """Dates of one series rarely come so close that they hinder each other; then the one before counts as taken."""
    if previous is None or previous.during.end + facts.house.widest_buffer <= wish.during.start:
        return facts
    return facts.with_taken(previous)
