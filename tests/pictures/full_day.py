"""An ordinary Wednesday in the demo building, as full as a town hall is: so that pictures show what people will see."""

from __future__ import annotations

import random

from models.rules.refusals import BadRequest, Refused
from tests.browser.serving import Site
from tests.cast import ANN, BRAM, DORA, FARID, GERDA, INES, KAAT

TODAY, TOMORROW = "2027-03-03", "2027-03-04"
MEETINGS = (
    "Teamoverleg",
    "Stuurgroep mobiliteit",
    "Werkgroep onthaal",
    "Vorming nieuwe collega's",
    "Straatfeest",
    "Opvolging dossiers",
    "Budgetronde",
    "Gesprek met de architect",
    "Overleg wijkwerking",
    "Sollicitaties",
    "Projectgroep website",
    "Infomoment warmteplan",
    "Intervisie",
    "Kerngroep vrije tijd",
    "Overleg scholen",
)
LENGTHS = (30, 60, 60, 90, 120)
ROOMS = ("VZ-001", "VZ-101", "VZ-102", "VZ-103", "VZ-104", "VZ-105", "VZ-106", "VZ-202", "VZ-203", "VZ-204")
PEOPLE = tuple(f"medewerker.burgerzaken.{number:02}" for number in range(1, 9))


def fill(site: Site) -> None:
    chance = random.Random(3)
    _book(site, ANN, "VZ-104", TODAY, 14 * 60, 60, attendees=5, title="Overleg loketten")
    _book(site, ANN, "VZ-103", TOMORROW, 10 * 60, 90, attendees=8, title="Voorbereiding kermis")
    _book(site, ANN, "WP-1BUR-01", TODAY, 7 * 60, 720)
    for day in (TODAY, TOMORROW, "2027-03-05"):
        for room in ROOMS:
            minute = 8 * 60 + chance.choice((30, 60, 90))
            while minute < 16 * 60:
                length = chance.choice(LENGTHS)
                _book(
                    site,
                    chance.choice(PEOPLE[1:]),
                    room,
                    day,
                    minute,
                    length,
                    attendees=chance.choice((2, 3, 4)),
                    title=chance.choice(MEETINGS),
                    privacy=chance.choice(("title", "title", "busy")),
                )
                minute += length + chance.choice((30, 60, 90, 150))
        for number, who in enumerate(PEOPLE[1:], 2):
            _book(site, who, f"WP-1BUR-{number:02}", day, 7 * 60, 720 if number % 3 else 330)
    for minute, service, who, booth in (
        (545, "OCMW-SCH", DORA, "SK-05"),
        (570, "OCMW-SCH", DORA, "SK-06"),
        (600, "CAW-SLA", INES, "SK-08"),
        (630, "OCMW-SCH", DORA, "SK-07"),
    ):
        _book(site, who, booth, TODAY, minute // 15 * 15, 45, attendees=2, service=service)
    for start, people, what, who in (
        (9 * 60, 22, "Koffie met de buurt", GERDA),
        (10 * 60, 18, "Taalcafé", FARID),
        (13 * 60, 30, "Repetitie", BRAM),
    ):
        _book(site, who, "OR-01", TODAY, start, 150, attendees=people, title=what)
    _book(site, FARID, "OR-04", TODAY, 12 * 60, 60, attendees=48, title="Lunch nieuwe collega's")
    _book(
        site,
        KAAT,
        "VZ-001",
        "2027-03-10",
        19 * 60,
        120,
        attendees=16,
        title="Bestuursvergadering",
        key_holder="conciergerie",
    )
    _book(site, KAAT, "OR-01", "2027-03-11", 14 * 60, 120, attendees=25, title="Open repetitie")
    _book(site, BRAM, "PZ-03", "2027-03-12", 10 * 60, 120, attendees=12, title="Ontvangst zusterstad")


def _book(site: Site, who: str, space: str, day: str, minute: int, length: int, **more) -> None:
    """Where the house refuses, that hour stays free."""

    def wall(minutes: int) -> str:
        return f"{day}T{minutes // 60:02}:{minutes % 60:02}"

    try:
        site.book(who, space, wall(minute), wall(minute + length), **more)
    except (Refused, BadRequest):
        return
