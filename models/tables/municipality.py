"""The municipality and its building from roof to room: organisations, services, floors, zones and their limits."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKey, Table, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.tables.db import Base, Coded, Edited, Numbered, SetBySomebody, UtcDateTime


class Municipality(Coded, Base):
    """One row: the tenant. `revision` grows with every change of the house (by trigger, see revised.py), so that a
    process knows whether what it keeps in memory is still true; `bookings_revision` with every change of a booking, an
    approval or a person. `…revised_in`: which of PostgreSQL's transactions raised it last. The row is also the lock of
    PostgreSQL's writers."""

    languages: Mapped[str] = mapped_column(default="nl;en")
    timezone: Mapped[str] = mapped_column(default="Europe/Brussels")
    public_french: Mapped[bool] = mapped_column(default=False)
    revision: Mapped[int] = mapped_column(default=1, server_default="1")
    bookings_revision: Mapped[int] = mapped_column(default=1, server_default="1")
    revised_in: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")
    bookings_revised_in: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")


class Building(Coded, Base):
    address: Mapped[str | None]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]

    __table_args__ = (CheckConstraint("valid_to >= valid_from", name="ends_after_it_starts"),)


class Organisation(Coded, Base):
    """Who sits in the building under its own name. `feed_detail_*`: the most others outside or inside it may see.
    `reply_to`: to whom its mails are answered, where that is not `contact_email`."""

    legal_form: Mapped[str | None]
    is_host: Mapped[bool] = mapped_column(default=False)
    stands_for_public: Mapped[bool] = mapped_column(default=False, server_default=false())
    colour: Mapped[str] = mapped_column(default="#444444")
    text_colour: Mapped[str] = mapped_column(default="#FFFFFF")
    email_domain: Mapped[str | None]
    professional_secrecy: Mapped[bool] = mapped_column(default=False)
    feed_detail_outside: Mapped[str] = mapped_column(default="busy")
    feed_detail_inside: Mapped[str] = mapped_column(default="title")
    contact_phone: Mapped[str | None]
    contact_email: Mapped[str | None]
    reply_to: Mapped[str | None]
    retention_days: Mapped[int] = mapped_column(default=395)
    cost_centre: Mapped[str | None]
    ovo_code: Mapped[str | None]
    kbo: Mapped[str | None]

    __table_args__ = (
        CheckConstraint("feed_detail_outside IN ('busy', 'title', 'full')", name="detail_outside_known"),
        CheckConstraint("feed_detail_inside IN ('busy', 'title', 'full')", name="detail_inside_known"),
        CheckConstraint("retention_days >= 0", name="retention_not_negative"),
    )


class Service(Coded, Base):
    """`max_quantity`: pieces or persons that one appointment may be for; `minutes_per_extra`: what each beyond the
    first adds to `default_minutes`."""

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    channel: Mapped[str] = mapped_column(default="internal")
    default_minutes: Mapped[int] = mapped_column(default=30)
    max_quantity: Mapped[int] = mapped_column(default=1, server_default="1")
    minutes_per_extra: Mapped[int] = mapped_column(default=0, server_default="0")
    appointment_required: Mapped[bool] = mapped_column(default=False)
    privacy_level: Mapped[str] = mapped_column(default="standard")
    max_party: Mapped[int | None]
    requires_panic_button: Mapped[bool] = mapped_column(default=False)
    home_zone_id: Mapped[int | None] = mapped_column(ForeignKey("zone.id"))
    client_floor_id: Mapped[int | None] = mapped_column(ForeignKey("floor.id"))
    ipdc_id: Mapped[str | None]

    __table_args__ = (
        CheckConstraint("channel IN ('quick_desk', 'counter', 'booth', 'group', 'internal')", name="channel_known"),
        CheckConstraint("privacy_level IN ('standard', 'confidential', 'secret')", name="privacy_level_known"),
        CheckConstraint("default_minutes > 0", name="minutes_positive"),
    )


class Floor(Coded, Base):
    building_id: Mapped[int] = mapped_column(ForeignKey("building.id"))
    level: Mapped[int] = mapped_column(default=0)
    net_m2: Mapped[float | None]
    exits: Mapped[int | None]
    exit_width_cm: Mapped[int | None]
    egress: Mapped[str | None]
    exit_capacity_persons: Mapped[int | None]
    lift: Mapped[bool] = mapped_column(default=False)
    public_access: Mapped[bool] = mapped_column(default=False)
    refuge_wheelchair_places: Mapped[int | None]


zone_bookable_by = Table(
    "zone_bookable_by",
    Base.metadata,
    Column("zone_id", ForeignKey("zone.id"), primary_key=True),
    Column("organisation_id", ForeignKey("organisation.id"), primary_key=True),
)


class Zone(Coded, Base):
    """A part of a floor. `line_…`: how its line is called, see LineSettings."""

    floor_id: Mapped[int] = mapped_column(ForeignKey("floor.id"))
    access: Mapped[str] = mapped_column(default="staff")
    owner_organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    area_m2: Mapped[float | None]
    desk_count: Mapped[int | None]
    silent: Mapped[bool] = mapped_column(default=False)
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    line_early_minutes: Mapped[int] = mapped_column(default=10, server_default="10")
    line_late_minutes: Mapped[int] = mapped_column(default=10, server_default="10")
    line_calls: Mapped[int] = mapped_column(default=3, server_default="3")

    bookable_by: Mapped[list[Organisation]] = relationship(secondary=zone_bookable_by, lazy="raise_on_sql")

    __table_args__ = (
        CheckConstraint("access IN ('public', 'semi_public', 'staff', 'restricted', 'partner')", name="access_known"),
    )


class HeadCountLimit(Numbered, Edited, SetBySomebody, Base):
    """How many people a zone, floor or building may hold at one instant, from a date on; who said so, and why.

    The row with the latest `valid_from` not after a date holds on that date; `max_persons` null lifts the limit.
    """

    scope_type: Mapped[str]
    scope_code: Mapped[str]
    max_persons: Mapped[int | None]
    valid_from: Mapped[date]
    legal_basis: Mapped[str | None]

    __table_args__ = (
        UniqueConstraint("scope_type", "scope_code", "valid_from"),
        CheckConstraint("scope_type IN ('zone', 'floor', 'building')", name="scope_known"),
        CheckConstraint("max_persons >= 0", name="not_negative"),
    )


class OccupancyRule(Numbered, Edited, Base):
    """How one rule R01..R23 holds here: its mode, its parameter, where it applies. The newest valid row decides.

    `zone_code`: the one zone that it is about, where a zone's own row comes before the house's; empty: the whole house.
    `lifted`: from then on the zone has none of its own. `mode` null: as its severity says. Earlier rows stay: they are
    the register of what held when, and who said so.
    """

    code: Mapped[str]
    zone_code: Mapped[str] = mapped_column(default="", server_default="")
    lifted: Mapped[bool] = mapped_column(default=False, server_default=false())
    severity: Mapped[str] = mapped_column(default="hard")
    scope: Mapped[str] = mapped_column(default="space")
    rule: Mapped[str] = mapped_column(default="")
    parameter: Mapped[str | None]
    applies_to: Mapped[str] = mapped_column(default="")
    owner_role: Mapped[str] = mapped_column(default="facility_manager")
    override_allowed: Mapped[bool] = mapped_column(default=False)
    valid_from: Mapped[date]
    mode: Mapped[str | None]
    reason: Mapped[str] = mapped_column(default="", server_default="")
    legal_basis: Mapped[str | None]
    set_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    set_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        UniqueConstraint("code", "zone_code", "valid_from"),
        CheckConstraint("zone_code <> '' OR NOT lifted", name="only_a_zone_is_lifted"),
        CheckConstraint("severity IN ('hard', 'warn', 'soft', 'percent', 'auto')", name="severity_known"),
        CheckConstraint("mode IN ('enforce', 'warn', 'off')", name="mode_known"),
    )
