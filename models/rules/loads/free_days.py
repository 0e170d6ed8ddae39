"""The days on which a Belgian town hall is closed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

FIXED = (
    (1, 1, "Nieuwjaar"),
    (1, 2, "Tweede nieuwjaarsdag"),
    (5, 1, "Dag van de Arbeid"),
    (7, 11, "Feest van de Vlaamse Gemeenschap"),
    (7, 21, "Nationale feestdag"),
    (8, 15, "Onze-Lieve-Vrouw-Hemelvaart"),
    (11, 1, "Allerheiligen"),
    (11, 2, "Allerzielen"),
    (11, 11, "Wapenstilstand"),
    (12, 25, "Kerstmis"),
    (12, 26, "Tweede kerstdag"),
)
AFTER_EASTER = ((1, "Paasmaandag"), (39, "Hemelvaart"), (40, "Brugdag"), (50, "Pinkstermaandag"))


def free_days(year: int) -> Iterator[tuple[date, str]]:
    """Each with its name in Dutch."""
    for month, day, name in FIXED:
        yield date(year, month, day), name
    for days, name in AFTER_EASTER:
        yield easter(year) + timedelta(days=days), name


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar, by the method of Butcher."""
    moon = year % 19
    century, rest = divmod(year, 100)
    epact = (19 * moon + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    month, day = divmod(epact + weekday - 7 * ((moon + 11 * epact + 22 * weekday) // 451) + 114, 31)
    return date(year, month, day + 1)
