"""The rows behind what is set of the house, for whoever changes them or shows their history."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from models.queries.reading import pages, to_change
from models.tables.municipality import HeadCountLimit, OccupancyRule
from models.tables.rules import OutageRow, PrecedenceRow, QuotaRow
from models.tables.space import SpacePolicyRow


def policy_rows(space_id: int) -> list[SpacePolicyRow]:
    """Oldest first, with their layouts: two queries."""
    return policy_rows_of([space_id])[space_id]


def policy_rows_of(space_ids: Sequence[int]) -> dict[int, list[SpacePolicyRow]]:
    """As policy_rows(), by space: two queries for each 500."""
    found: dict[int, list[SpacePolicyRow]] = {space_id: [] for space_id in space_ids}
    for some in pages(space_ids, 500):
        rows = select(SpacePolicyRow).where(SpacePolicyRow.space_id.in_(some)).order_by(SpacePolicyRow.valid_from)
        for row in to_change(rows.options(selectinload(SpacePolicyRow.capacities))):
            found[row.space_id].append(row)
    return found


def limit_rows(scope: str, code: str) -> list[HeadCountLimit]:
    return list(
        to_change(
            select(HeadCountLimit).filter_by(scope_type=scope, scope_code=code).order_by(HeadCountLimit.valid_from)
        )
    )


def rows_of_rule(code: str) -> list[OccupancyRule]:
    """Oldest first, one row for each date from which it was set: those of the whole house, then zone by zone."""
    return list(
        to_change(
            select(OccupancyRule)
            .where(OccupancyRule.code == code)
            .order_by(OccupancyRule.zone_code, OccupancyRule.valid_from)
        )
    )


def outage_rows(scope: str, code: str, items: Iterable[str]) -> list[OutageRow]:
    """What was, is or will be out of service of these items of a place, oldest first."""
    return list(
        to_change(
            select(OutageRow)
            .filter_by(scope_type=scope, scope_code=code)
            .where(OutageRow.item.in_(list(items)))
            .order_by(OutageRow.valid_from, OutageRow.id)
        )
    )


def precedence_row(code: str) -> PrecedenceRow | None:
    return to_change(select(PrecedenceRow).where(PrecedenceRow.code == code)).one_or_none()


def quota_row(number: int) -> QuotaRow | None:
    return to_change(select(QuotaRow).where(QuotaRow.id == number)).one_or_none()
