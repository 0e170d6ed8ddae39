"""The dates of a repeated booking, each with its own verdict, from one load of facts for all of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from models.actions.wish import overridden, requested_time
from models.queries.taken import facts_for
from models.rules.alternatives import Alternative, best_other_space
from models.rules.facts import Facts, Taken, Wanted
from models.rules.house import House
from models.rules.interval import Interval, civil_date, nearest_utc
from models.rules.judging import Verdict, judge
from models.rules.recurrence import BadRecurrence, Occurrence, Skipped, occurrences
from models.rules.refusals import BadRequest, Refusal, SeriesRefused, refusal
from models.rules.request import BookingRequest

MOST_DATES_WITH_ALTERNATIVES = 20


@dataclass(frozen=True, slots=True)
class Date:
    """One date of a request. `start` is the one asked for; `verdict` None where a clock change skips it."""

    start: datetime
    space: str
    verdict: Verdict | None = None
    alternatives: tuple[Alternative, ...] = ()

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
    facts = facts_for(house, house.spaces[wanted.space].building,
                      [Interval(each.start, each.end) for each in found], wanted.organiser.id)
    dates: list[Date] = []
    previous: Taken | None = None
    for occurrence in found:
        wish = replace(wanted, during=Interval(occurrence.start, occurrence.end))
        known = _with_previous(facts, previous, wish)
        judged = _judge_one(wish, request, known, now)
        if judged.accepted:
            previous = Taken(0, judged.space, judged.verdict.during, judged.verdict.persons, judged.verdict.apart,
                             wanted.organiser.id, wanted.wheelchair)
        elif with_alternatives and len(dates) < MOST_DATES_WITH_ALTERNATIVES:
            judged = replace(judged, alternatives=best_other_space(wish, known, now, most=3))
        dates.append(judged)
    dates += [Date(nearest_utc(each.wall_start, house.zone), wanted.space) for each in skipped]
    dates.sort(key=lambda each: each.start)
    refused = [each for each in dates if not each.accepted]
    if refused and (request.on_conflict == "all" or len(refused) == len(dates)):
        raise SeriesRefused(refused)
    return tuple(dates)


def _judge_one(wish: Wanted, request: BookingRequest, facts: Facts, now: datetime) -> Date:
    day = facts.date_of(wish.during)
    verdict = judge(wish, facts.house.policy(wish.space, day), facts, now)
    verdict = overridden(verdict, request.override, wish.booker, facts.house, day)
    asked = Date(wish.during.start, wish.space, verdict)
    if verdict.accepted or request.on_conflict != "alternative":
        return asked
    for other in best_other_space(wish, facts, now):
        moved = replace(wish, space=other.space)
        verdict = judge(moved, facts.house.policy(other.space, day), facts, now)
        return Date(wish.during.start, other.space, verdict)
    return asked


def _with_previous(facts: Facts, previous: Taken | None, wish: Wanted) -> Facts:
    """Dates of one series rarely come so close that they hinder each other; then the one before counts as taken."""
    if previous is None or previous.during.end + facts.house.widest_buffer <= wish.during.start:
        return facts
    return facts.with_taken(previous)
