"""Refusals on their way to whoever asks for this page or answer: only what told() leaves of them is put in words."""

from __future__ import annotations

from collections.abc import Iterable

from blueprints.booking.messages import refusal_sentence
from blueprints.web.identity import current_person
from blueprints.web.metrics import note_refused
from models.rules.house.house import House
from models.rules.judging.told import Listed, told, told_of
from models.rules.people.discretion import Viewer
from models.rules.refusals import Refusal, Refused, status_of


def told_here(refusals: Iterable[Refusal], house: House) -> tuple[Listed, ...]:
    """Of one booking: the reasons against it, or the remarks on it."""
    return told(refusals, Viewer.of(current_person(), house))


def told_of_refused(refused: Refused, house: House) -> tuple[Listed, ...]:
    listed = told_of(refused, Viewer.of(current_person(), house))
    note_refused(each.rule or each.code for each in listed)
    return listed


def status_told(refused: Refused, house: House) -> int:
    """Of the answer: by the reasons that are listed, or it would tell that there are others."""
    return status_of(told_of_refused(refused, house))


def first_sentence(refused: Refused, house: House) -> str:
    """Where there is room for one reason."""
    return refusal_sentence(told_of_refused(refused, house)[0], house)


def sentences(refusals: Iterable[Refusal], house: House) -> list[str]:
    return [refusal_sentence(each, house) for each in told_here(refusals, house)]
