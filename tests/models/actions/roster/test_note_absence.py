"""Who is away: the days, and for how long they are known once they are over."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models.actions.roster.note_absence import end_absence, forget_away, note_absence
from models.queries.import_rows import all_rows
from models.queries.people import person_by_username
from models.rules.people.person import By
from models.tables.log import AuditEntry
from models.tables.roster import Absence
from tests.cast import ANN, CHRIS, NOW

pytestmark = pytest.mark.usefixtures("demo")
TODAY = NOW.date()


def test_a_month_after_somebody_was_away_nothing_tells_of_it_though_nobody_notes_anything_new():
    note_absence(ANN, TODAY, TODAY + timedelta(days=2), By(person_by_username(CHRIS), NOW))
    assert [forget_away(NOW + timedelta(days=days)) for days in (1, 33, 34, 34)] == [0, 0, 1, 0]
    assert all_rows(Absence) == []


def test_an_absence_that_is_over_is_ended_once_and_the_log_tells_it_once():
    note_absence(ANN, TODAY, TODAY + timedelta(days=2), By(person_by_username(CHRIS), NOW))
    for days in (1, 1, 2):
        end_absence(ANN, TODAY, By(person_by_username(CHRIS), NOW + timedelta(days=days)))
    assert [each.last_day for each in all_rows(Absence)] == [TODAY]
    assert [each.action for each in all_rows(AuditEntry)].count("end_absence") == 1
