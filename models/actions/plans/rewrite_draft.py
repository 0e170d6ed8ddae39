"""A draft that was worked out anew, written over what it was: its own moves, and those of each of its parts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from models.actions.plans.drafts import Drafted, news_between, shared_out, write_moves_of, write_part
from models.actions.plans.in_hand import PlanInHand, open_whole
from models.actions.plans.tell_parts import tell_part
from models.actions.plans.work_out_claim import ASKED
from models.actions.record import record
from models.queries.house import the_house
from models.queries.plan_moves import KeptMove, move_rows
from models.queries.plans import kept_plan, parts_of, plan_row
from models.rules.people.discretion import Viewer
from models.rules.people.person import By
from models.tables.db import db
from models.tables.plan import PlanRow
from models.tables.transaction import writes


@writes
def rewrite_draft(
    in_hand: PlanInHand, by: By, moves: Iterable[Drafted], before: Sequence[KeptMove], *, is_partial: bool
) -> None:
    """`before`: its moves until now, those of its parts among them. What changed is kept as the news of each."""
    plan = in_hand.plan
    open_whole(plan.id, by.person, plan.version)
    row, maker = plan_row(plan.id), Viewer.of(in_hand.maker, the_house())
    own, theirs = shared_out(moves, maker, in_hand.changes)
    own_before, theirs_before = shared_out(before, maker, in_hand.changes)
    number = _rewrite(row, own, own_before, by)
    row.is_partial = is_partial
    parts = {part.organisation or "": part for part in parts_of(plan.id)}
    for organisation in sorted(parts.keys() | theirs.keys()):
        part, come = parts.get(organisation), theirs.get(organisation, [])
        if part is None:
            new = kept_plan(write_part(row, organisation, come, by.now))
            if new and plan.is_waiting:
                tell_part("plan_part", new, by.now)
            continue
        part_row = plan_row(part.id)
        _rewrite(part_row, come, theirs_before.get(organisation, []), by)
        if not come:
            db.session.delete(part_row)
        elif any(each["what"] != "gone" for each in part_row.news):
            part_row.ready_at = None  # it is not what they said to be ready
            if plan.is_waiting and part.is_ready:
                tell_part("plan_part", part, by.now)
    record("refresh_plan", "plan", plan.id, *by, moves=number, news=len(row.news))


def _rewrite(row: PlanRow, moves: Sequence[Drafted], before: Iterable[KeptMove], by: By) -> int:
    old = move_rows(row.id)
    asked = {(each.booking_id, each.to_space_id, each.starts_at) for each in old if each.consent == ASKED}
    for each in old:
        db.session.delete(each)
    db.session.flush()
    row.news, row.version = news_between(before, moves), row.version + 1
    return write_moves_of(row.id, moves, by.now, asked)
