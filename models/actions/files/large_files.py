"""Large files sent in by a page: the worker reads them, and loads them once somebody said so.

Whoever holds one does so for a while only: of a worker that was killed another takes it over, and what was half loaded
was not loaded at all.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.exc import SQLAlchemyError

from models.actions.files.import_building import ImportRefused
from models.actions.files.import_draft import checked_files, draft_files, load_draft, without_people
from models.queries.house import the_house
from models.queries.import_drafts import draft_to_work_on, import_draft
from models.queries.people import person_by_id
from models.rules.files.bundle import rows_in
from models.rules.files.file_names import BadName
from models.rules.files.sheet import Fault
from models.rules.files.summary import Summary, of_faults, summary_of
from models.rules.people.person import Person
from models.rules.people.rights import holds
from models.rules.refusals import NotAllowed, NotFound, Refused, refusal
from models.tables.db import db
from models.tables.imports import ImportDraft
from models.tables.outage import cannot_now
from models.tables.patience import AT_ONCE, LONG, having
from models.tables.transaction import writes

LEASE, MOST_ATTEMPTS = timedelta(minutes=10), 3
A_STEP = 5  # of a hundred: each is written down, which is a write like any other
GIVEN_UP = Fault("", None, None, "not_read_in_time")
logger = logging.getLogger(__name__)


@having(LONG)
def work_on_large_files(now: datetime) -> int:
    """One draft that is to be read or loaded: 1, or 0 where there is none. Safe on two machines: it is held by a
    conditional UPDATE, and by nobody once its lease is over."""
    due = draft_to_work_on(now)
    db.session.rollback()  # an idle worker never takes the writers' lock
    held = _hold(due, now) if due is not None else None
    if held is None:
        return 0
    number, state, attempts, person_id = held
    person = person_by_id(person_id)
    if attempts > MOST_ATTEMPTS or person is None:
        _settle(number, "refused", of_faults((GIVEN_UP,)))
    elif state == "waiting":
        _read(number, person, now)
    else:
        _load(number, person, now)
    return 1


def ask_to_load(draft_id: int, revision: int, person: Person, now: datetime) -> None:
    """A draft that the worker has read: it loads it next. Refused where the house has changed since: then it is read
    again beside that."""
    if not _is_to_be_loaded(draft_id, revision, person, now):
        raise Refused([refusal("changed_meanwhile")])


@writes
def _is_to_be_loaded(draft_id: int, revision: int, person: Person, now: datetime) -> bool:
    if not holds(person, "import_building"):
        raise NotAllowed("import_building")
    draft = import_draft(draft_id, person.id, now)
    if draft is None:
        raise NotFound
    is_as_seen = draft.state == "read" and the_house().revision == revision == draft.revision
    if draft.state == "read":
        draft.state, draft.leased_until, draft.attempts = "loading" if is_as_seen else "waiting", None, 0
    return is_as_seen


class _Progress:
    """Writes down how many of a hundred rows are read, for whoever looks at the page meanwhile."""

    def __init__(self, number: int, rows: int) -> None:
        self.number, self.rows, self.noted = number, rows, 0

    def __call__(self, lines: int) -> None:
        percent = min(99, 100 * lines // max(1, self.rows))
        if percent < self.noted + A_STEP:
            return
        self.noted = percent
        try:
            _note(self.number, percent)
        except SQLAlchemyError as error:  # others write: the next step is told
            if not cannot_now(error):
                raise
            db.session.rollback()


@having(AT_ONCE)
@writes
def _note(number: int, percent: int) -> None:
    db.session.execute(update(ImportDraft).where(ImportDraft.id == number).values(done=percent))


def _read(number: int, person: Person, now: datetime) -> None:
    revision = the_house().revision
    try:
        files = draft_files(number, person, now)
        checked = checked_files(files, person, now, _Progress(number, rows_in(without_people(files))))
        found, state = summary_of(checked.reading, checked.changes), "read"
    except ImportRefused as refused:
        found, state = of_faults(refused.faults), "refused"
    except (BadName, NotFound, NotAllowed):
        found, state = of_faults((GIVEN_UP,)), "refused"
    db.session.rollback()
    _settle(number, state, found, revision)


def _load(number: int, person: Person, now: datetime) -> None:
    draft = import_draft(number, person.id, now)
    revision = draft.revision if draft is not None and draft.revision is not None else -1
    progress = _Progress(number, draft.rows if draft is not None else 0)
    db.session.rollback()
    try:
        imported = load_draft(number, revision, person, now, keeps=True, told=progress)
        logger.info("large files %s: %s rows written", number, imported.changes)
    except ImportRefused as refused:
        _settle(number, "refused", of_faults(refused.faults))
    except Refused:  # somebody changed the house meanwhile: it is read again beside that
        _settle(number, "waiting", None)
    except (NotFound, NotAllowed):
        logger.info("large files %s are no longer there, or no longer theirs to load", number)


@writes
def _hold(number: int, now: datetime) -> tuple[int, str, int, int] | None:
    """Number, state, attempts and whose it is; None where another worker was quicker."""
    free = (ImportDraft.leased_until.is_(None)) | (ImportDraft.leased_until <= now)
    held = db.session.execute(
        update(ImportDraft)
        .where(ImportDraft.id == number, ImportDraft.state.in_(("waiting", "loading")), free)
        .values(leased_until=now + LEASE, attempts=ImportDraft.attempts + 1, done=0)
        .returning(ImportDraft.id, ImportDraft.state, ImportDraft.attempts, ImportDraft.created_by_id)
    ).one_or_none()
    return None if held is None else (held[0], held[1], held[2], held[3])


@writes
def _settle(number: int, state: str, found: Summary | None, revision: int | None = None) -> None:
    db.session.execute(
        update(ImportDraft)
        .where(ImportDraft.id == number)
        .values(
            state=state,
            found=None if found is None else found.as_json(),
            revision=revision,
            leased_until=None,
            attempts=0,
            done=0,
        )
    )
