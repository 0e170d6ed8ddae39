"""Figures as a table on the terminal, beside those of an earlier run where one is given."""

from __future__ import annotations

from collections.abc import Mapping

from tests.benchmarks.figures import MEASURES, Figure

WIDTH = 52
COMPARED = ("ms", "per_s", "wall")  # the first of them that both runs measured
Earlier = Mapping[tuple[str, str], Mapping[str, object]]


def heading(earlier: Earlier | None) -> str:
    names = "".join(f"{name:>{_width(name)}}" for name in MEASURES)
    return f"{'database':<11}{'what':<{WIDTH}}{names}{'' if earlier is None else '  x before'}   aim"


def row(figure: Figure, earlier: Earlier | None) -> str:
    begin = f"{figure.database:<11}{figure.what:<{WIDTH}}"
    if figure.left_out:
        return f"{begin}  left out: {figure.left_out}"
    cells = "".join(_cell(figure.measured.get(name), name) for name in MEASURES)
    return f"{begin}{cells}{'' if earlier is None else _beside(figure, earlier)}   {_aims(figure)}".rstrip()


def _width(name: str) -> int:
    return int(MEASURES[name].partition(".")[0].rstrip(","))


def _cell(value: float | None, name: str) -> str:
    return " " * _width(name) if value is None else format(value, MEASURES[name])


def _beside(figure: Figure, earlier: Earlier) -> str:
    ratio = ratio_to(figure, earlier)
    return f"{'' if ratio is None else format(ratio, '.2f'):>10}"


def ratio_to(figure: Figure, earlier: Earlier) -> float | None:
    """How many times what it was in the earlier run: cost, else rate, else waiting."""
    then = earlier.get((figure.database, figure.what), {})
    for name in COMPARED:
        now, before = figure.measured.get(name), then.get(name)
        if now is not None and isinstance(before, int | float) and before:
            return now / before
    return None


def _aims(figure: Figure) -> str:
    return ", ".join(
        f"{aim} {'met' if met else 'NOT MET'}"
        for aim in figure.aims
        if (met := aim.is_met(figure.measured)) is not None
    )
