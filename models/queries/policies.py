"""The rows behind a space's policy and a place's limit, for whoever changes or shows their history."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from models.tables.db import db
from models.tables.municipality import HeadCountLimit
from models.tables.space import SpacePolicyRow


def policy_rows(space_id: int) -> list[SpacePolicyRow]:
    """Oldest first, with their layouts: two queries."""
    return list(db.session.execute(
        select(SpacePolicyRow).where(SpacePolicyRow.space_id == space_id).order_by(SpacePolicyRow.valid_from)
        .options(selectinload(SpacePolicyRow.capacities)).execution_options(populate_existing=True)).scalars())


def limit_rows(scope: str, code: str) -> list[HeadCountLimit]:
    return list(db.session.execute(
        select(HeadCountLimit).where(HeadCountLimit.scope_type == scope, HeadCountLimit.scope_code == code)
        .order_by(HeadCountLimit.valid_from).execution_options(populate_existing=True)).scalars())
