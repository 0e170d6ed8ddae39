"""The dates of a repeated booking, each with its own verdict, from one load of facts for all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from models.actions.bookings.wish import decide
from models.queries.one_wish import facts_of
from models.queries.taken import facts_about
from models.rules.bookings.fields import BookingRequest
from models.rules.finding.alternatives import best_other_space
from models.rules.finding.occasion import Occasion
from models.rules.house.house import House
from models.rules.judging.facts import Facts, Held, Taken, Wanted
from models.rules.refusals import BadRequest, SeriesRefused
from models.rules.times.interval import Interval, nearest_utc
from models.rules.times.recurrence import BadRecurrence, Occurrence, Skipped, occurrences

MOST_DATES_WITH_ALTERNATIVES = 20
Stood = tuple[Taken | None, tuple[Held, ...]]


def requested_dates(request: BookingRequest, house: House) -> tuple[tuple[Occurrence, ...], tuple[Skipped, ...]]:
    assert request.recurrence is not None, "only a series has dates"
    wall_start = request.start.astimezone(house.zone).replace(tzinfo=None)
    try:
        return occurrences(request.recurrence, wall_start, Interval(request.start, request.end).length, house.zone)
    except BadRecurrence as error:
        raise BadRequest("recurrence", f"recurrence_{error.reason}") from error


def judge_dates(
    request: BookingRequest,
    wanted: Wanted,
    house: House,
    now: datetime,
    *,
    with_alternatives: bool = True,
    before: Sequence[Occasion] = (),
) -> tuple[Occasion, ...]:
    """Every date with its verdict, those that may be booked among them; raises SeriesRefused where `on_conflict` asks
    for all or none, or where no date at all is left. A bounded number of queries, whatever the number of dates.

    `before`: what this request came to a moment ago. It stands where that was judged on the same: who waits for the
    lock meanwhile does not wait until hundreds of dates are judged again.
    """
    found, skipped = requested_dates(request, house)
    # Only where a date may go to another space must all spaces be known while the dates are judged.
    read = facts_about if request.on_conflict == "alternative" else facts_of
    facts = read(wanted, house, now, [Interval(each.start, each.end) for each in found])
    if _were_judged_on(before, wanted, facts):
        return tuple(before)
    dates: list[Occasion] = []
    previous: Taken | None = None
    stood: dict[datetime, Stood] = {}
    for occurrence in found:
        wish = replace(wanted, during=Interval(occurrence.start, occurrence.end))
        # The dates before this one stand by now: the last of them may be in the way, all of them count in quotas.
        judged = _judge_one(wish, request, _with_previous(facts, previous, wish), now)
        if judged.accepted:
            previous, held = judged.granted(0)  # no number yet: it is written once every date is judged
            facts = facts.also_holding(held)
        else:
            stood[judged.start] = previous, facts.held
        dates.append(judged)
    if with_alternatives:
        dates = list(_with_alternatives(dates, stood, house, now))
    dates += [Occasion.skipped(wanted, nearest_utc(each.wall_start, house.zone)) for each in skipped]
    dates.sort(key=lambda each: each.start)
    refused = [each for each in dates if not each.accepted]
    if refused and (request.on_conflict == "all" or len(refused) == len(dates)):
        raise SeriesRefused(refused)
    return tuple(dates)


def _were_judged_on(dates: Sequence[Occasion], wanted: Wanted, facts: Facts) -> bool:
    """Nothing is known of the first but what was read; of the others also what those before them take."""
    first = next((each for each in dates if each.facts), None)
    return first is not None and (first.facts, first.wanted) == (facts, replace(wanted, during=first.wanted.during))


def _with_alternatives(
    dates: Sequence[Occasion], stood: Mapping[datetime, Stood], house: House, now: datetime
) -> Iterator[Occasion]:
    """The same dates, some of those that were refused with other spaces. `stood`: when each was judged, the date before
    it, and all that counted in quotas."""
    # Each search asks judge() of many places; a series of 400 refused dates would keep its asker waiting for all.
    sought = {each.start: each.wanted for each in dates[:MOST_DATES_WITH_ALTERNATIVES] if not each.accepted}
    if not sought:
        yield from dates
        return
    whole = facts_about(next(iter(sought.values())), house, now, [each.during for each in sought.values()])
    for judged in dates:
        if judged.start not in sought:
            yield judged
            continue
        previous, held = stood[judged.start]
        known = _with_previous(whole.holding(held), previous, judged.wanted)
        yield replace(judged, alternatives=best_other_space(judged.wanted, known, now, most=3))


def _judge_one(wish: Wanted, request: BookingRequest, facts: Facts, now: datetime) -> Occasion:
    asked = decide(wish, facts, now, request.override)
    if asked.accepted or request.on_conflict != "alternative":
        return asked
    for other in best_other_space(wish, facts, now):
        return decide(replace(wish, space=other.space), facts, now)
    return asked


def _with_previous(facts: Facts, previous: Taken | None, wish: Wanted) -> Facts:
    """Dates of one series rarely come so close that they hinder each other; then the one before counts as taken."""
    if previous is None or previous.during.end + facts.house.widest_buffer <= wish.during.start:
        return facts
    return facts.with_taken(previous)
