"""Whoever looks before and after, and works out what they were not told.

Two ways. What figures tell is reckoned: how many came is at least, and at most, so many more than there were. Whatever
else was otherwise after than before is learned from: of half of the talks the solver is told the truth, picks for each
thing that it saw change what is most often true then, and says so of the other half.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from tests.attack.looks import Look

SURE = 2.5  # seven hits against none of whoever says what is usual, or ten against one


@dataclass(frozen=True)
class Case:
    """One thing to be found out. `alike`: within whom everybody knows what is usual; `together`: within whom a sign
    means the same. `least`, `most`: what figures say, where it is a number."""

    alike: Hashable
    together: Hashable
    truth: Hashable
    signs: frozenset[str]
    least: int = 0
    most: int = 10**6


def signs_of(before: Look, after: Look) -> frozenset[str]:
    """Everything in which two looks differ, each as one word."""
    found: set[str] = set()
    for name, now in after.items():
        was = before[name]
        found |= {f"{name}: {word} {number:+}" for word, number in _difference(was.words, now.words)}
        if was.status != now.status:
            found.add(f"{name}: {was.status}, then {now.status}")
        found.add(f"{name}: {now.length - was.length:+} longer")
        found.add(f"{name}: {'other' if was.tags != now.tags else 'the same'} tag")
        if was.persons and now.persons:
            found.add(f"{name}: {was.persons[0]}, then {now.persons[0]}")
            found.add(f"{name}: {now.persons[0] - was.persons[0]:+}")
    return frozenset(found)


def _difference(was: Counter[str], now: Counter[str]) -> Iterable[tuple[str, int]]:
    return ((word, now[word] - was[word]) for word in {*was, *now} if now[word] != was[word])


def signs_of_two(signs: Sequence[frozenset[str]], handles: Sequence[str]) -> frozenset[str]:
    """What two talks have in common, what only one has, and how their handles lie to each other."""
    first, second = signs
    found = {f"both {each}" for each in first & second} | {f"one {each}" for each in first ^ second}
    if len(handles) == 2:
        alike = next((n for n, (a, b) in enumerate(zip(*handles, strict=True)) if a != b), len(handles[0]))
        found |= {
            f"handles alike for {alike}",
            f"first handle {'before' if handles[0] < handles[1] else 'after'} second",
        }
    return frozenset(found)


def reckoned(before: Look, after: Look) -> tuple[int, int]:
    """Between which numbers lies how many came, by every figure that was told."""
    least, most = 0, 10**6
    for name, now in after.items():
        was = before[name]
        if now.persons and was.persons:
            least = max(least, now.persons[0] - was.persons[1])
            most = min(most, now.persons[1] - was.persons[0])
    return least, most


def points_gained(cases: Sequence[Case]) -> float:
    """By how many hits of a hundred the solver does better than whoever always says what is most usual."""
    halves = (cases[::2], cases[1::2]), (cases[1::2], cases[::2])
    return 100 * (sum(_hits(*each) for each in halves) - hits_of_the_usual(cases)) / len(cases)


def hits_of_the_usual(cases: Sequence[Case]) -> int:
    """Of whoever knows what is most often true among those that are alike, and says nothing else."""
    return sum(truths.most_common(1)[0][1] for truths in _truths(cases).values())


def _hits(asked: Sequence[Case], known: Sequence[Case]) -> int:
    truths = _truths([*asked, *known])
    rules = _rules(known, truths)
    return sum(_guess(each, rules, truths[each.alike]) == each.truth for each in asked)


def _guess(case: Case, rules: Mapping[tuple[Hashable, str], tuple[float, Hashable]], truths: Counter) -> Hashable:
    """What the best sign says; else what is most usual of what figures leave."""
    possible = [truth for truth, _times in truths.most_common() if _is_possible(truth, case)]
    said = [rules[case.together, sign] for sign in case.signs if (case.together, sign) in rules]
    best = max(said, key=lambda each: each[0], default=None)
    if best and best[1] in possible:
        return best[1]
    return (possible or list(truths))[0]


def _is_possible(truth: Hashable, case: Case) -> bool:
    return not isinstance(truth, int) or case.least <= truth <= case.most


def _rules(
    known: Sequence[Case], truths: Mapping[Hashable, Counter]
) -> Mapping[tuple[Hashable, str], tuple[float, Hashable]]:
    """For each sign that told more than what is usual, and not by chance: how surely, and what it told."""
    seen: dict[tuple[Hashable, str], Counter] = defaultdict(Counter)
    usual: dict[tuple[Hashable, str], int] = Counter()
    for case in known:
        most_usual = truths[case.alike].most_common(1)[0][0]
        for sign in case.signs:
            seen[case.together, sign][case.truth] += 1
            usual[case.together, sign] += case.truth == most_usual
    found = {}
    for key, each in seen.items():
        truth, times = each.most_common(1)[0]
        surely = (times - usual[key]) / (times + usual[key]) ** 0.5
        if surely >= SURE:
            found[key] = surely, truth
    return found


def _truths(cases: Iterable[Case]) -> Mapping[Hashable, Counter]:
    found: dict[Hashable, Counter] = defaultdict(Counter)
    for each in cases:
        found[each.alike][each.truth] += 1
    return found
