"""A rehearsal: the bookings of the past asked once more, in the order in which they came, of a house as it might be."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from models.rules.bookings.fields import Booked
from models.rules.changes.change import Change, imagined
from models.rules.changes.closing import Close
from models.rules.changes.outages import Mend
from models.rules.house.house import House
from models.rules.house.quota import Quota, period_of
from models.rules.judging.facts import Facts, Held, Wanted
from models.rules.judging.how_much import quotas_for, service_of
from models.rules.judging.judge import Verdict, judge
from models.rules.judging.rejudging import standing, wanted_again
from models.rules.people.callers import organiser_of
from models.rules.people.person import Person
from models.rules.refusals import Refusal
from models.rules.times.interval import civil_date, civil_dates


@dataclass(frozen=True, slots=True)
class WouldBeRefused:
    """`reasons`: what the house as it was did not say."""

    booking: Booked
    reasons: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """`first`: the day from which it looked back. `asked`: the bookings that were asked again."""

    first: date
    asked: tuple[Booked, ...]
    refused: tuple[WouldBeRefused, ...]

    @property
    def looked_at(self) -> int:
        return len(self.asked)

    @property
    def by_code(self) -> list[tuple[str, int]]:
        """How many bookings each reason stands against, the most frequent first."""
        counted = Counter(code for each in self.refused for code in {reason.code for reason in each.reasons})
        return sorted(counted.items(), key=lambda item: (-item[1], item[0]))


def replayable(changes: Iterable[Change], first: date) -> tuple[Change, ...]:
    """The changes as if they had held since `first`. A closing day belongs to its own date, and what is mended refuses
    nobody: these have no past to be tried on."""
    return tuple(replace(change, first=first, last=None) for change in changes if not isinstance(change, Close | Mend))


def replay(
    bookings: Iterable[Booked], people: Mapping[str, Person], before: House, changes: Sequence[Change], first: date
) -> Rehearsal:
    """Ask each booking again when it was asked, beside whatever stood by then, of the house with the changes in it.

    Told is what the house refuses with them and did not without. What is refused leaves its place to those who came
    later. Bookings of days before `first` are not asked: they only stand there. `people`: organisers, bookers and
    key holders by username.
    """
    after = imagined(changes, before)
    spaces = frozenset().union(*(change.spaces(before) for change in changes))
    days = _Days(after)
    looked_at, refused = [], []
    for booking in sorted(bookings, key=lambda each: (each.made_at, each.id)):
        wanted = _asked_again(booking, people, after)
        if booking.space in spaces and civil_date(booking.during.start, before.zone) >= first:
            looked_at.append(booking)
            reasons = _news_about(wanted, booking, days, before)
            if reasons:
                refused.append(WouldBeRefused(booking, reasons))
                continue
        days.let_stand(booking, wanted, people)
    refused.sort(key=lambda each: (each.booking.during.start, each.booking.id))
    return Rehearsal(first, tuple(looked_at), tuple(refused))


def _asked_again(booking: Booked, people: Mapping[str, Person], house: House) -> Wanted:
    booker = people.get(booking.booked_by) or organiser_of(booking, people, house)
    return replace(wanted_again(booking, people, booker, house), start_changes=True, replaces=None)


def _news_about(wanted: Wanted, booking: Booked, days: _Days, before: House) -> tuple[Refusal, ...]:
    facts = days.facts_for(wanted, booking.made_at)
    refusals = _verdict(wanted, facts, booking.made_at).refusals
    if not refusals:
        return ()
    known = {each.code for each in _verdict(wanted, replace(facts, house=before), booking.made_at).refusals}
    return tuple(each for each in refusals if each.code not in known)


def _verdict(wanted: Wanted, facts: Facts, at: datetime) -> Verdict:
    return judge(wanted, facts.house.policy(wanted.space, facts.date_of(wanted.during)), facts, at)


class _Days:
    """What stands so far in the replay: who takes a place, day by day, and what counts towards whose quota."""

    def __init__(self, house: House) -> None:
        self.house = house
        self._facts: dict[date, Facts] = {}
        self._held: dict[tuple[str, object], list[Held]] = defaultdict(list)

    def let_stand(self, booking: Booked, wanted: Wanted, people: Mapping[str, Person]) -> None:
        policy = self.house.policy(booking.space, civil_date(booking.during.start, self.house.zone))
        taken = replace(
            standing(booking, people, self.house), persons=policy.persons(booking.attendees, booking.layout)
        )
        for day in civil_dates(booking.during, self.house.zone):
            self._facts[day] = self._facts.get(day, Facts(self.house)).with_taken(taken)
        held = Held(
            booking.id,
            booking.kind,
            booking.during,
            wanted.organiser.id,
            booking.organisation,
            service_of(wanted.organiser, wanted.service),
        )
        for account in (("person", held.organiser), ("organisation", held.organisation), ("service", held.service)):
            self._held[account].append(held)

    def facts_for(self, wanted: Wanted, at: datetime) -> Facts:
        """What was known near the wish's time when it was asked."""
        days = civil_dates(wanted.during, self.house.zone)  # nearly always one
        facts = self._facts.get(days[0], Facts(self.house))
        if len(days) > 1:
            taken = {each.id: each for day in days if day in self._facts for each in self._facts[day].taken}
            facts = Facts(self.house, tuple(sorted(taken.values(), key=lambda each: each.during.start)))
        held = self._held_with(wanted, at)
        return replace(facts, held=held) if held else facts

    def _held_with(self, wanted: Wanted, at: datetime) -> tuple[Held, ...]:
        day, kind = civil_date(wanted.during.start, self.house.zone), self.house.spaces[wanted.space].kind
        found: dict[int, Held] = {}
        for quota in quotas_for(self.house, wanted.organiser, wanted.service, (kind,), day):
            period = period_of(quota.period, day, self.house.zone)
            for held in self._held[_account(quota, wanted)]:
                if (held.during.end > at) if period is None else period.has(held.during.start):
                    found[held.id] = held
        return tuple(found.values())


def _account(quota: Quota, wanted: Wanted) -> tuple[str, object]:
    """Whose bookings count towards it: everybody's of an organisation or service, else the organiser's own."""
    return (quota.scope, quota.code) if quota.is_shared else ("person", wanted.organiser.id)
