"""The municipality as it holds today, as CSV files."""

from __future__ import annotations

from datetime import datetime

from models.queries.house import the_house
from models.queries.import_rows import present_municipality
from models.rules.csv_export import exported
from models.rules.interval import civil_date


def exported_building(now: datetime, *, people: bool) -> dict[str, bytes]:
    """Every file by name; with `people`, users.csv among them. Some twenty queries, whatever the size."""
    return exported(present_municipality(civil_date(now, the_house().zone)), people=people)
