"""Bookings by whom, by what and for whom they are: calendars ask for them so, and must not look at all there are."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

OF_A_SERVICE, PUBLIC = sa.text("service_id IS NOT NULL"), sa.text("privacy = 'public'")


def upgrade() -> None:
    op.create_index("ix_booking_organisation_id_starts_at", "booking", ["organisation_id", "starts_at"])
    op.create_index(
        "ix_booking_service_id_starts_at",
        "booking",
        ["service_id", "starts_at"],
        sqlite_where=OF_A_SERVICE,
        postgresql_where=OF_A_SERVICE,
    )
    op.create_index("ix_booking_public", "booking", ["starts_at"], sqlite_where=PUBLIC, postgresql_where=PUBLIC)


def downgrade() -> None:
    for index in ("public", "service_id_starts_at", "organisation_id_starts_at"):
        op.drop_index(f"ix_booking_{index}", "booking")
