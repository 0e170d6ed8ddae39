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
    people are not loaded this way."""

    content: Mapped[bytes] = mapped_column(LargeBinary)
    created_by_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
