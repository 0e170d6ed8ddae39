"""Files sent in by a page: kept in the database until whoever sent them has seen what they change, then loaded or left.

In the database, for the next page may be answered by another machine.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, update

from models.actions.files.import_building import (
    Checked,
    Compared,
    Imported,
    ImportRefused,
    compared,
    write_compared,
)
from models.actions.record import record
from models.queries.house import the_house
from models.queries.import_drafts import import_draft
from models.queries.import_rows import state_of_house
from models.queries.revisions import revisions
from models.rules.files.bundle import BadBundle, packed, rows_in, unpacked
from models.rules.files.draft import Told, nobody
from models.rules.files.guarded import beyond
from models.rules.people.person import Person
from models.rules.people.rights import holds
from models.rules.refusals import NotAllowed, NotFound, Refused, refusal
from models.tables.db import db
from models.tables.imports import ImportDraft
from models.tables.patience import LONG, having
from models.tables.transaction import writes

KEPT = timedelta(days=1)
PEOPLE = frozenset({"users.csv", "roster.csv"})
ROWS_READ_AT_ONCE = 2_000  # while somebody waits for the page: some two seconds


def checked_files(files: Mapping[str, bytes], person: Person, now: datetime, told: Told = nobody) -> Checked:
    """What they would change, people left as they are; raises ImportRefused with everything that stands in the way.
    `told`: how far the reading is."""
    return _checked(_compared(files, person, now, told), person)


def _compared(files: Mapping[str, bytes], person: Person, now: datetime, told: Told) -> Compared:
    if not holds(person, "import_building"):
        raise NotAllowed("import_building")
    return compared(without_people(files), the_house().code, now, told)


def _checked(found: Compared, person: Person) -> Checked:
    checked = found.checked
    if faults := checked.reading.faults or beyond(person, checked.changes, found.present):
        raise ImportRefused(faults)
    return checked


def without_people(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """They decide who sees what, and coordinators who is where: whoever runs the machine loads them, by a command."""
    return {name: file for name, file in files.items() if name not in PEOPLE}


def keep_draft(files: Mapping[str, bytes], person: Person, now: datetime) -> int:
    """Keep files for a day; its number. What others left longer ago is thrown away. Files that cannot be loaded raise
    ImportRefused, those that say nothing BadBundle, and are not kept. Of many rows nothing is read yet: see
    read_large_files(). One draft a person: what they sent in before makes way."""
    if not holds(person, "import_building"):
        raise NotAllowed("import_building")
    rows = rows_in(without_people(files))
    if rows > ROWS_READ_AT_ONCE:
        return _keep(packed(without_people(files)), person, now, state="waiting", rows=rows)
    if checked_files(files, person, now).says_nothing and PEOPLE.isdisjoint(files):
        raise BadBundle("nothing_to_import")
    content = packed(without_people(files))
    return _keep(content, person, now, state="seen", rows=rows)


@writes
def _keep(content: bytes, person: Person, now: datetime, *, state: str, rows: int) -> int:
    db.session.execute(
        delete(ImportDraft).where(or_(ImportDraft.expires_at <= now, ImportDraft.created_by_id == person.id))
    )
    draft = ImportDraft(
        content=content, created_by_id=person.id, created_at=now, expires_at=now + KEPT, state=state, rows=rows
    )
    db.session.add(draft)
    db.session.flush()
    record("keep_import", "import", draft.id, person, now)
    return draft.id


def draft_files(draft_id: int, person: Person, now: datetime) -> dict[str, bytes]:
    """NotFound for another's, or one that was loaded, thrown away or kept for too long."""
    draft = import_draft(draft_id, person.id, now)
    if draft is None:
        raise NotFound
    return unpacked([("draft.zip", draft.content)])


@having(LONG)
def load_draft(
    draft_id: int, revision: int, person: Person, now: datetime, *, keeps: bool = False, told: Told = nobody
) -> Imported:
    """Load it whole and let it go. Refused says changed_meanwhile where the house is no longer at the revision whose
    changes were shown; ImportRefused as checked_files() says, or where bookings would clash.
    `keeps`: its row stays, without the files, to say that it is loaded. `told`: how far the reading is."""
    files = draft_files(draft_id, person, now)
    if revisions()[0] != revision:
        raise Refused([refusal("changed_meanwhile")])
    found = _compared(files, person, now, told)  # rights are of now, not of when it was shown
    _checked(found, person)
    return _load(draft_id, found, person, now, revision=revision, keeps=keeps)


@writes
def _load(draft_id: int, found: Compared, person: Person, now: datetime, *, revision: int, keeps: bool) -> Imported:
    """With the lock in hand nothing is read again: the house is as it was compared with, or nothing is loaded."""
    draft_files(draft_id, person, now)
    if revisions()[0] != revision or state_of_house() != found.at:
        raise Refused([refusal("changed_meanwhile")])
    imported = write_compared(found, now, person)
    if keeps:
        done = {"state": "loaded", "content": b"", "leased_until": None}
        db.session.execute(update(ImportDraft).where(ImportDraft.id == draft_id).values(**done))
    else:
        db.session.execute(delete(ImportDraft).where(ImportDraft.id == draft_id))
    return imported


@writes
def throw_away(draft_id: int, person: Person, now: datetime) -> None:
    draft_files(draft_id, person, now)
    db.session.execute(delete(ImportDraft).where(ImportDraft.id == draft_id))
    record("throw_away_import", "import", draft_id, person, now)
