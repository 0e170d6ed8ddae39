"""What the municipality's files said, and files that wait for somebody's word before they are loaded."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.db import Base, Numbered, UtcDateTime


class FileStatement(Numbered, Base):
    """What a file last said of something that holds from a date on, where its first row says something else: by it the
    next import tells what the file changed from what managers set since."""

    file: Mapped[str]
    code: Mapped[str]
    said: Mapped[dict] = mapped_column(JSON)

    __table_args__ = (UniqueConstraint("file", "code"),)


class ImportDraft(Numbered, Base):
    """Files that somebody sent in, packed, until they are loaded or a day has gone by. Nobody's particulars are kept:
    people are not loaded this way.

    `state`: seen, of files that are read while somebody waits; of large ones waiting to be read by the worker, read,
    loading, loaded or refused. `revision`: of the house that they were read beside. One worker holds it until
    `leased_until`, and is `done` with so many of a hundred rows. `found`: see models/rules/files/summary.py."""

    content: Mapped[bytes] = mapped_column(LargeBinary)
    created_by_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[str] = mapped_column(default="seen", server_default="seen")
    rows: Mapped[int] = mapped_column(default=0, server_default="0")
    revision: Mapped[int | None]
    leased_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(default=0, server_default="0")
    done: Mapped[int] = mapped_column(default=0, server_default="0")
    found: Mapped[dict | None] = mapped_column(JSON)
