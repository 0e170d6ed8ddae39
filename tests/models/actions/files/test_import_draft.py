"""Files kept between a look at what they change and loading them: by whoever sent them, as the house then was."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models.actions.files.import_building import ImportRefused
from models.actions.files.import_draft import checked_files, draft_files, keep_draft, load_draft, throw_away
from models.actions.places.announce import ToAnnounce, announce
from models.queries.house import the_house
from models.queries.people import person_by_username
from models.queries.place_changes import changes_after
from models.rules.refusals import NotAllowed, NotFound, Refused
from models.tables.db import db
from models.tables.imports import ImportDraft
from tests.cast import ANN, DEMO_FILES, FARID, INES, NORA, NOW

pytestmark = pytest.mark.usefixtures("demo")
DEMO = {file.name: file.read_bytes() for file in DEMO_FILES.glob("*.csv")}
TOWN = {"spaces.csv": b"code,name_nl,type,zone_code\nSK-99,Nieuw,booth,Z0-SPR\n"}
LATER = NOW + timedelta(hours=23)


@pytest.fixture
def farid():
    return person_by_username(FARID)


def drafts() -> int:
    db.session.rollback()
    return db.session.query(ImportDraft).count()


def test_files_are_loaded_once_and_are_then_gone(farid):
    draft = keep_draft(TOWN, farid, NOW)
    assert "SK-99" not in the_house().spaces
    assert draft_files(draft, farid, LATER) == TOWN
    assert load_draft(draft, the_house().revision, farid, LATER).changes > 0
    assert the_house().spaces["SK-99"].names["nl"] == "Nieuw"
    assert drafts() == 0
    [change] = changes_after("space", "SK-99", 1)  # after the demo's own
    assert (change.action, change.by) == ("import_building", farid.name)
    with pytest.raises(NotFound):
        load_draft(draft, the_house().revision, farid, LATER)


def test_a_house_that_changed_since_is_looked_at_again_first(farid):
    draft, revision = keep_draft(TOWN, farid, NOW), the_house().revision
    announce(ToAnnounce({"nl": "Lift stuk"}, "floor:F1", NOW.date(), NOW.date(), "info"), farid, NOW)
    with pytest.raises(Refused) as no:
        load_draft(draft, revision, farid, NOW)
    assert [each.code for each in no.value.refusals] == ["changed_meanwhile"]
    assert "SK-99" not in the_house().spaces
    assert drafts() == 1
    load_draft(draft, the_house().revision, farid, NOW)
    assert "SK-99" in the_house().spaces


def test_nobody_else_loads_looks_at_or_throws_away_what_somebody_sent(farid):
    draft, nora = keep_draft(TOWN, farid, NOW), person_by_username(NORA)
    for meddle in (
        lambda: draft_files(draft, nora, NOW),
        lambda: throw_away(draft, nora, NOW),
        lambda: load_draft(draft, the_house().revision, nora, NOW),
    ):
        with pytest.raises(NotFound):
            meddle()
    assert drafts() == 1


def test_after_a_day_they_are_gone_and_the_next_who_sends_sweeps_them_out(farid):
    old = keep_draft(TOWN, farid, NOW)
    tomorrow = NOW + timedelta(days=1)
    with pytest.raises(NotFound):
        load_draft(old, the_house().revision, farid, tomorrow)
    new = keep_draft(TOWN, farid, tomorrow)
    assert drafts() == 1
    throw_away(new, farid, tomorrow)
    assert drafts() == 0


@pytest.mark.parametrize("who", [ANN, NORA, INES])
def test_only_the_facility_manager_sends_files_in(who):
    with pytest.raises(NotAllowed):
        keep_draft(TOWN, person_by_username(who), NOW)


def test_people_are_left_as_they_are_and_never_kept(farid):
    users = DEMO["users.csv"].replace(b"GEM-FAC,staff;facility_manager,nl", b"GEM-FAC,staff;dpo;it_admin,nl")
    draft = keep_draft(DEMO | {"users.csv": users}, farid, NOW)
    assert "users.csv" not in draft_files(draft, farid, NOW)
    load_draft(draft, the_house().revision, farid, NOW)
    assert person_by_username(FARID).roles == {"staff", "facility_manager"}


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        ("organisations", b"ocmw.example.org,1,busy", b"ocmw.example.org,0,busy", "less_private"),
        ("occupancy_rules", b"R02,hard,", b"R02,warn,", "rule_of_others"),
        ("spaces", b",meeting_room,", b",room,", "unknown_choice"),
    ],
)
def test_files_with_a_fault_are_not_kept(file, old, new, code, farid):
    files = DEMO | {f"{file}.csv": DEMO[f"{file}.csv"].replace(old, new)}
    with pytest.raises(ImportRefused) as no:
        keep_draft(files, farid, NOW)
    assert {fault.code for fault in no.value.faults} == {code}
    assert drafts() == 0


def test_looking_writes_nothing(farid):
    before = the_house().revision
    assert [change.sort for change in checked_files(TOWN, farid, NOW).changes] == ["new"]
    db.session.rollback()
    assert the_house().revision == before
    assert "SK-99" not in the_house().spaces
