"""What happened (audit entries), who looked (views), what is still to be told (outbox), who follows along (feeds), and
when the worker last came by (rounds)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.db import Base, Numbered, UtcDateTime


class AuditEntry(Numbered, Base):
    """Who did what to which thing. `facts` never holds a title, a note or a name: the log is read by many."""

    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    action: Mapped[str]
    thing: Mapped[str]
    thing_id: Mapped[str]
    facts: Mapped[dict] = mapped_column(JSON, default=dict)

    __table_args__ = (Index("ix_audit_entry_thing", "thing", "thing_id"),)


class Opened(Base):
    """Somebody opened a talk in confidence in the hour that begins then, first at `at`. It has no number, and goes with
    its booking."""

    booking_id: Mapped[int] = mapped_column(ForeignKey("booking.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    hour: Mapped[datetime] = mapped_column(UtcDateTime, primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_program: Mapped[bool]


class OutboxRow(Numbered, Base):
    """A mail still to be sent: facts, not text, as the recipient may see them. `caller`: who that is where they have no
    account, forgotten once it is sent. One worker holds it until `leased_until`; the Message-ID is made with the row,
    so that a repeat is recognised by whoever receives it. One with `failed_at` was refused for good, and waits for
    somebody to send it once more or drop it."""

    __tablename__ = "outbox"

    kind: Mapped[str]
    recipient_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    caller: Mapped[dict | None] = mapped_column(JSON(none_as_null=True))
    facts: Mapped[dict] = mapped_column(JSON)
    message_id: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    leased_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    failed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    last_error: Mapped[str | None]

    __table_args__ = (Index("ix_outbox_waiting", "sent_at", "due_at"),)


class OutboxAbout(Base):
    """That a mail which still waits is about a UID, and for whom: a newer one for both waits for it. Gone once it is
    sent or given up."""

    outbox_id: Mapped[int] = mapped_column(ForeignKey("outbox.id", ondelete="CASCADE"), primary_key=True)
    uid: Mapped[str] = mapped_column(primary_key=True)
    recipient: Mapped[str]

    __table_args__ = (Index("ix_outbox_about_uid_recipient", "uid", "recipient"),)


class WorkerRound(Base):
    """The last round of the worker's `job`, "jobs", "mail" or "files", that ended on a machine; idle ones are written
    down every quarter of a minute. `fault`: what failed in it, in few words that name nobody and nothing booked."""

    job: Mapped[str] = mapped_column(primary_key=True)
    host: Mapped[str] = mapped_column(primary_key=True)
    began_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime] = mapped_column(UtcDateTime)
    fault: Mapped[str | None]


class Feed(Numbered, Base):
    """A calendar address. Only the hash of its token is kept; the address itself is shown once. `tag`: of its text as
    it was last written, right for as long as it would be written again out of `tag_of`; `tag_spaces`: by number, those
    whose bookings it is made of, where it is that of a place."""

    token_hash: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    scope: Mapped[str]
    detail: Mapped[str] = mapped_column(default="full")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    tag: Mapped[str | None]
    tag_of: Mapped[str | None]
    tag_spaces: Mapped[list | None] = mapped_column(JSON(none_as_null=True))
