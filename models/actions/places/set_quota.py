"""Say how much may be booked: a quota is added, gets another amount from a date on, or ends. What held stays told."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from models.actions.record import check_as_seen, record
from models.queries.house import the_house
from models.queries.policies import quota_row
from models.rules.changes.checking import check_reason
from models.rules.changes.quotas import QuotaWish, check_amount, check_quota
from models.rules.people.person import Person
from models.rules.people.rights import holds
from models.rules.refusals import BadRequest, NotAllowed, NotFound
from models.rules.times.interval import civil_date
from models.tables.db import db
from models.tables.rules import QuotaRow
from models.tables.transaction import writes

THING = "quota"
SAME = ("scope_type", "scope_code", "kind", "measure", "period")


@writes
def add_quota(wish: QuotaWish, person: Person, now: datetime, *, reason: str) -> int:
    """A new quota from its first day on (today when none is given), through its last. Its number."""
    house = the_house()
    _check_right(person)
    check_quota(wish, house)
    check_reason(reason)
    first = _checked_date(wish.first, civil_date(now, house.zone))
    if wish.last is not None and wish.last < first:
        raise BadRequest("to", "ends_before_start")
    row = QuotaRow(
        scope_type=wish.scope,
        scope_code=wish.code,
        kind=wish.kind,
        measure=wish.measure,
        period=wish.period,
        amount=wish.amount,
        valid_from=first,
        valid_to=wish.last,
        reason=reason,
        set_by_id=person.id,
        set_at=now,
    )
    _keep(row, person, now, reason)
    return row.id


@writes
def change_quota(
    number: int,
    amount: int,
    person: Person,
    now: datetime,
    *,
    reason: str,
    valid_from: date | None = None,
    seen: int | None = None,
) -> int:
    """Another amount from a date on. Until the day before holds what held. The number of the quota that holds then.

    `seen`: the version that the editor saw; when somebody was there since, Refused says changed_meanwhile.
    """
    row, today = _row(number, person, now, seen)
    check_amount(amount)
    check_reason(reason)
    first = max(_checked_date(valid_from, today), row.valid_from)
    if row.valid_to is not None and row.valid_to < first:
        raise BadRequest("from", "after_its_end")
    if row.valid_from < first:
        following = QuotaRow(**{name: getattr(row, name) for name in SAME}, valid_from=first, valid_to=row.valid_to)
        row.valid_to, row.version = first - timedelta(days=1), row.version + 1
        row = following
    row.amount, row.reason, row.set_by_id, row.set_at = amount, reason, person.id, now
    row.version = (row.version or 0) + 1
    _keep(row, person, now, reason)
    return row.id


@writes
def end_quota(
    number: int, person: Person, now: datetime, *, reason: str, last: date | None = None, seen: int | None = None
) -> None:
    """Let it hold through `last` (yesterday when none is given: it ends at once). One that never held is taken away."""
    row, today = _row(number, person, now, seen)
    check_reason(reason)
    yesterday = today - timedelta(days=1)
    if last is not None and last < yesterday:
        raise BadRequest("to", "in_the_past")
    last = last or yesterday
    if row.valid_to is not None and row.valid_to < last:
        raise BadRequest("to", "ends_sooner")
    record("set_quota", THING, number, person, now, reason=reason, valid_to=last.isoformat())
    if last < row.valid_from:
        db.session.delete(row)
    else:
        row.valid_to, row.reason, row.set_by_id, row.set_at = last, reason, person.id, now
        row.version += 1


def _row(number: int, person: Person, now: datetime, seen: int | None) -> tuple[QuotaRow, date]:
    """What is not over yet, and today."""
    _check_right(person)
    row = quota_row(number)
    if row is None:
        raise NotFound
    check_as_seen(row.version, seen)
    today = civil_date(now, the_house().zone)
    if row.valid_to is not None and row.valid_to < today:
        raise BadRequest("amount", "already_over")
    return row, today


def _checked_date(wished: date | None, today: date) -> date:
    if wished is not None and wished < today:
        raise BadRequest("from", "in_the_past")
    return wished or today


def _check_right(person: Person) -> None:
    if not holds(person, "set_quotas"):
        raise NotAllowed("set_quotas")


def _keep(row: QuotaRow, person: Person, now: datetime, reason: str) -> None:
    db.session.add(row)
    db.session.flush()
    record(
        "set_quota",
        THING,
        row.id,
        person,
        now,
        reason=reason,
        scope=row.scope_type,
        code=row.scope_code,
        kind=row.kind,
        measure=row.measure,
        period=row.period,
        amount=row.amount,
        valid_from=row.valid_from.isoformat(),
        valid_to=row.valid_to.isoformat() if row.valid_to else None,
    )
