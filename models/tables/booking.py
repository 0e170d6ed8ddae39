"""Bookings, the series they belong to, the places they hold, and the approvals they wait for."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.rules.bookings.attendance import STATUSES
from models.rules.bookings.fields import CHANNELS, PRIVACIES
from models.tables.db import Base, Edited, Handled, Numbered, UtcDateTime


def index_where(name: str, condition: str, *columns: str) -> Index:
    """Of the few rows for which it holds."""
    return Index(name, *columns, sqlite_where=text(condition), postgresql_where=text(condition))


# Those in a wheelchair whom nobody would help down the stairs, of a row called so.
IN_REFUGE = "CASE WHEN {row}.evacuation_buddy_id IS NULL THEN {row}.wheelchair ELSE 0 END"


class Series(Numbered, Base):
    """A repeated booking as it was asked for. Its dates are bookings; all carry its UID."""

    uid: Mapped[str] = mapped_column(unique=True)
    rule: Mapped[str]
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    space_id: Mapped[int] = mapped_column(ForeignKey("space.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Booking(Handled, Edited, Base):
    """One stretch of one space for one party. `persons` is what it counts for: its attendees, or, where these are
    unknown, the effective places of its layout. `occurrence_at` is a series date's original start (RECURRENCE-ID).
    `group_handle`: of those that were booked as one. `equipment`: what it cannot do without. `precedence`: in whose
    name it was claimed. `hold_until`: a pending one keeps its place until then; `hold`: why, where nobody asked for
    more than that moment."""

    uid: Mapped[str] = mapped_column(index=True)
    series_id: Mapped[int | None] = mapped_column(ForeignKey("series.id"), index=True)
    occurrence_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    group_handle: Mapped[str | None]
    space_id: Mapped[int] = mapped_column(ForeignKey("space.id"))
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    status: Mapped[str] = mapped_column(default="confirmed")
    exclusive: Mapped[bool] = mapped_column(default=True)
    attendees: Mapped[int | None]
    persons: Mapped[int] = mapped_column(default=1)
    visitors: Mapped[int | None]
    wheelchair: Mapped[int] = mapped_column(default=0, server_default="0")
    layout: Mapped[str]
    title: Mapped[str | None]
    note: Mapped[str | None]
    visitor_code: Mapped[str | None]
    privacy: Mapped[str] = mapped_column(default="busy")
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    service_id: Mapped[int | None] = mapped_column(ForeignKey("service.id"))
    organiser_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    booked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    key_holder_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    evacuation_buddy_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    channel: Mapped[str] = mapped_column(default="web", server_default="web")
    equipment: Mapped[list] = mapped_column(JSON, default=list, server_default="[]")
    precedence: Mapped[str | None]
    hold: Mapped[str | None]
    hold_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    status_reason: Mapped[str | None]
    warnings: Mapped[list] = mapped_column(JSON, default=list, server_default="[]")
    checked_in_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sequence: Mapped[int] = mapped_column(default=0, server_default="0")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)

    approvals: Mapped[list[Approval]] = relationship(lazy="raise_on_sql", cascade="all, delete-orphan")

    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="ends_after_it_starts"),
        CheckConstraint(f"status IN {STATUSES}", name="status_known"),
        CheckConstraint(f"privacy IN {PRIVACIES}", name="privacy_known"),
        CheckConstraint("attendees >= 1 AND attendees <= 100000", name="attendees_sane"),
        CheckConstraint("persons >= 0", name="persons_not_negative"),
        CheckConstraint("wheelchair >= 0 AND wheelchair <= 100000", name="wheelchair_sane"),
        CheckConstraint("visitors >= 0", name="visitors_not_negative"),
        CheckConstraint(f"channel IN {CHANNELS}", name="channel_known"),
        UniqueConstraint("series_id", "occurrence_at"),
        Index("ix_booking_space_id_starts_at", "space_id", "starts_at"),
        Index("ix_booking_starts_at", "starts_at"),
        Index("ix_booking_organiser_id_starts_at", "organiser_id", "starts_at"),
        Index("ix_booking_booked_by_id_starts_at", "booked_by_id", "starts_at"),
        Index("ix_booking_organisation_id_starts_at", "organisation_id", "starts_at"),
        index_where("ix_booking_service_id_starts_at", "service_id IS NOT NULL", "service_id", "starts_at"),
        index_where("ix_booking_public", "privacy = 'public'", "starts_at"),
        index_where("ix_booking_hold", "hold IS NOT NULL", "hold_until"),
        index_where("ix_booking_group_handle", "group_handle IS NOT NULL", "group_handle"),
        index_where("ix_booking_visitor_code", "visitor_code IS NOT NULL", "ends_at"),
        *(
            index_where(f"ix_booking_{status}", f"status = '{status}'", "ends_at")
            for status in ("pending", "checked_in")
        ),
    )


class BookingCaller(Base):
    """For whom a booking is that has no organiser: somebody without an account. Apart from it, so that the name can go
    while the booking stays."""

    booking_id: Mapped[int] = mapped_column(ForeignKey("booking.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str]
    association: Mapped[str | None]
    phone: Mapped[str | None]
    email: Mapped[str | None]
    language: Mapped[str | None]


class Occupation(Base):
    """The place a booking holds in one physical space. Written only by the guard's triggers; see guard.py."""

    booking_id: Mapped[int] = mapped_column(ForeignKey("booking.id", ondelete="CASCADE"), primary_key=True)
    space_id: Mapped[int] = mapped_column(ForeignKey("space.id"), primary_key=True)
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    apart: Mapped[int]

    __table_args__ = (Index("ix_occupation_space_id_starts_at", "space_id", "starts_at"),)


class Approval(Base):
    """One role's word that a booking still waits for, or has had."""

    booking_id: Mapped[int] = mapped_column(ForeignKey("booking.id", ondelete="CASCADE"), primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    approved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (Index("ix_approval_waiting", "role", "approved_at"),)


class IdempotencyKey(Base):
    """The answer already given to a caller's key, so that a repeated request is answered and not done again."""

    caller: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    body_hash: Mapped[str]
    booking_ids: Mapped[list] = mapped_column(JSON)
    answer: Mapped[dict] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
