"""Screens on a wall and kiosks in a hall, each paired for one zone."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.db import Base, Handled, UtcDateTime


class Device(Handled, Base):
    """A browser that shows one zone and nothing else. `pairing_hash`: of what its pairing page showed. `token_hash`:
    of what its cookie holds, once it has asked again. It is taken back by deleting its row."""

    kind: Mapped[str]
    zone_id: Mapped[int] = mapped_column(ForeignKey("zone.id", ondelete="CASCADE"), index=True)
    name: Mapped[str]
    pairing_hash: Mapped[str] = mapped_column(unique=True)
    token_hash: Mapped[str | None] = mapped_column(unique=True)
    paired_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    paired_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (CheckConstraint("kind IN ('display', 'kiosk')", name="kind_known"),)
