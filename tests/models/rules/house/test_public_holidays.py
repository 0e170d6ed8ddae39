"""The public holidays that are proposed for a year."""

from __future__ import annotations

from datetime import date

from models.rules.house.public_holidays import public_holidays


def test_a_year_has_the_ten_of_the_law_easter_and_whit_sunday():
    days = {holiday.day: holiday.names for holiday in public_holidays(2027)}
    assert sorted(days) == [
        date.fromisoformat(f"2027-{day}")
        for day in (
            "01-01",
            "03-28",
            "03-29",
            "05-01",
            "05-06",
            "05-16",
            "05-17",
            "07-21",
            "08-15",
            "11-01",
            "11-11",
            "12-25",
        )
    ]
    assert days[date(2027, 3, 29)] == {
        "nl": "Paasmaandag",
        "fr": "Lundi de Pâques",
        "de": "Ostermontag",
        "en": "Easter Monday",
    }


def test_those_in_a_weekend_are_known():
    weekend = {str(holiday.day)[5:]: holiday.is_on_sunday for holiday in public_holidays(2027) if holiday.is_in_weekend}
    assert weekend == {"03-28": True, "05-01": False, "05-16": True, "08-15": True, "12-25": False}
