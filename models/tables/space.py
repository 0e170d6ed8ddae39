"""Spaces, what they are made of, and the policy that holds for each from a date on."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, Column, ForeignKey, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.tables.db import Base, Coded, Edited, Numbered, SetBySomebody
from models.tables.municipality import Organisation

space_bookable_by = Table(
    "space_bookable_by",
    Base.metadata,
    Column("space_id", ForeignKey("space.id"), primary_key=True),
    Column("organisation_id", ForeignKey("organisation.id"), primary_key=True),
)


class Space(Coded, Base):
    """A place one can book. `kind` decides the screens; what differs in rules is in its policies.

    `exclusive`: one booking at a time; otherwise shared by head count. It stands here and not in the policy because the
    database's own guard reads it.
    """

    kind: Mapped[str]
    sort: Mapped[str]
    floor_id: Mapped[int] = mapped_column(ForeignKey("floor.id"))
    zone_id: Mapped[int] = mapped_column(ForeignKey("zone.id"), index=True)
    owner_organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    exclusive: Mapped[bool] = mapped_column(default=True)
    area_m2: Mapped[float | None]
    second_exit: Mapped[bool] = mapped_column(default=False)
    hearing_loop: Mapped[bool] = mapped_column(default=False)
    public_bookable: Mapped[bool] = mapped_column(default=False)
    notes: Mapped[str | None]

    bookable_by: Mapped[list[Organisation]] = relationship(secondary=space_bookable_by, lazy="raise_on_sql")

    __table_args__ = (
        CheckConstraint("kind IN ('meeting_room', 'desk', 'booth', 'counter', 'meeting_space')", name="kind_known"),
    )


class SpacePart(Base):
    """A composite space and one physical space it consists of; composites of composites are flattened on import."""

    composite_id: Mapped[int] = mapped_column(ForeignKey("space.id"), primary_key=True)
    part_id: Mapped[int] = mapped_column(ForeignKey("space.id"), primary_key=True, index=True)

    __table_args__ = (CheckConstraint("composite_id <> part_id", name="not_its_own_part"),)


class Equipment(Base):
    space_id: Mapped[int] = mapped_column(ForeignKey("space.id"), primary_key=True)
    item: Mapped[str] = mapped_column(primary_key=True)


class PlanRectangle(Numbered, Base):
    """Where a zone or space lies on its floor, in metres from the floor's top-left corner."""

    scope_type: Mapped[str]
    scope_code: Mapped[str]
    floor_id: Mapped[int] = mapped_column(ForeignKey("floor.id"))
    x_m: Mapped[float]
    y_m: Mapped[float]
    width_m: Mapped[float]
    depth_m: Mapped[float]

    __table_args__ = (
        UniqueConstraint("scope_type", "scope_code"),
        CheckConstraint("scope_type IN ('zone', 'space')", name="scope_known"),
        CheckConstraint("width_m > 0 AND depth_m > 0", name="has_area"),
    )


class SpacePolicyRow(Numbered, Edited, SetBySomebody, Base):
    """What holds for booking a space from `valid_from` until its next row: one complete row per change, never edited
    once its time has come, so that a booking of last year can still be judged by what held then."""

    __tablename__ = "space_policy"

    space_id: Mapped[int] = mapped_column(ForeignKey("space.id"))
    valid_from: Mapped[date]
    default_layout: Mapped[str]
    ceiling: Mapped[int | None]
    fire_max: Mapped[int | None]
    ventilation_m3h: Mapped[int | None]
    air_level: Mapped[str] = mapped_column(default="A")
    min_attendees: Mapped[int] = mapped_column(default=1)
    slot_minutes: Mapped[int] = mapped_column(default=15)
    min_minutes: Mapped[int] = mapped_column(default=15)
    max_minutes: Mapped[int] = mapped_column(default=480)
    buffer_before: Mapped[int] = mapped_column(default=0)
    buffer_after: Mapped[int] = mapped_column(default=0)
    advance_days: Mapped[int] = mapped_column(default=90)
    auto_release_minutes: Mapped[int] = mapped_column(default=0)
    approval_role: Mapped[str | None]
    approval_for: Mapped[str] = mapped_column(default="all")
    privacy_default: Mapped[str] = mapped_column(default="title")
    after_hours_allowed: Mapped[bool] = mapped_column(default=False)
    panic_button: Mapped[bool] = mapped_column(default=False)
    sightline: Mapped[bool] = mapped_column(default=False)
    accessible: Mapped[bool] = mapped_column(default=False)
    wheelchair_places: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)

    capacities: Mapped[list[LayoutCapacity]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan", order_by="LayoutCapacity.layout"
    )

    __table_args__ = (
        UniqueConstraint("space_id", "valid_from"),
        CheckConstraint("ceiling >= 0", name="ceiling_not_negative"),
        CheckConstraint("fire_max >= 0", name="fire_max_not_negative"),
        CheckConstraint("ventilation_m3h >= 0", name="ventilation_not_negative"),
        CheckConstraint("air_level IN ('A', 'B')", name="air_level_known"),
        CheckConstraint("slot_minutes >= 0 AND slot_minutes <= 1440", name="slot_within_a_day"),
        CheckConstraint("min_minutes > 0 AND max_minutes >= min_minutes AND max_minutes <= 1440", name="length_sane"),
        CheckConstraint("buffer_before >= 0 AND buffer_after >= 0", name="buffers_not_negative"),
        CheckConstraint("advance_days >= 0", name="horizon_not_negative"),
        CheckConstraint("approval_for IN ('all', 'outside')", name="approval_for_known"),
        CheckConstraint("privacy_default IN ('busy', 'title', 'public')", name="privacy_known"),
        CheckConstraint("wheelchair_places >= 0", name="wheelchair_places_not_negative"),
    )


class LayoutCapacity(Base):
    policy_id: Mapped[int] = mapped_column(ForeignKey("space_policy.id", ondelete="CASCADE"), primary_key=True)
    layout: Mapped[str] = mapped_column(primary_key=True)
    places: Mapped[int]

    __table_args__ = (CheckConstraint("places >= 0", name="not_negative"),)
