"""A wish that was decided: one booking, or one date of a series."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from models.rules.finding.alternatives import Alternative
from models.rules.judging.facts import Facts, Held, Taken, Wanted
from models.rules.judging.how_much import service_of
from models.rules.judging.judge import Verdict
from models.rules.refusals import Refusal, refusal
from models.rules.times.interval import Interval


@dataclass(frozen=True, slots=True)
class Occasion:
    """A wish with the verdict on it, and the facts it was given on; None where nothing had to be judged. `waived`:
    rules that somebody set aside."""

    wanted: Wanted
    verdict: Verdict
    facts: Facts | None
    waived: frozenset[str] = frozenset()
    alternatives: tuple[Alternative, ...] = ()

    @classmethod
    def skipped(cls, wanted: Wanted, start: datetime) -> Occasion:
        """A date whose hour a clock change leaves out."""
        during = Interval(start, start + wanted.during.length)
        verdict = Verdict(during, "", 0, False, (refusal("local_time_missing"),))
        return cls(replace(wanted, during=during), verdict, None)

    @property
    def known(self) -> Facts:
        """The facts, of one that was judged."""
        assert self.facts is not None, "nothing was judged"
        return self.facts

    @property
    def start(self) -> datetime:
        """The one asked for."""
        return self.wanted.during.start

    @property
    def accepted(self) -> bool:
        return self.verdict.accepted

    @property
    def refusals(self) -> tuple[Refusal, ...]:
        return self.verdict.refusals

    def granted(self, number: int) -> tuple[Taken, Held]:
        """As the next wish meets it."""
        wanted, verdict, organiser = self.wanted, self.verdict, self.wanted.organiser
        return (
            Taken(
                number,
                wanted.space,
                verdict.during,
                verdict.persons,
                verdict.apart,
                organiser.id,
                wanted.in_refuge,
                organiser.is_outside,
            ),
            Held(
                number,
                self.known.house.spaces[wanted.space].kind,
                verdict.during,
                organiser.id,
                organiser.organisation,
                service_of(organiser, wanted.service),
            ),
        )
