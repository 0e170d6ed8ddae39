"""People with their roles, and the ways they prove who they are: sessions, known browsers, API tokens."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.tables.db import Base, Edited, Numbered, UtcDateTime


class PersonRow(Numbered, Edited, Base):
    __tablename__ = "person"

    username: Mapped[str] = mapped_column(unique=True)
    display_name: Mapped[str]
    email: Mapped[str | None]
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    service_id: Mapped[int | None] = mapped_column(ForeignKey("service.id"))
    service_since: Mapped[datetime | None] = mapped_column(UtcDateTime)  # null: since ever
    language: Mapped[str] = mapped_column(default="nl")
    home_zone_id: Mapped[int | None] = mapped_column(ForeignKey("zone.id"))
    preferred_equipment: Mapped[str | None]
    show_name_to: Mapped[str] = mapped_column(default="org")
    login: Mapped[str] = mapped_column(default="local")
    active: Mapped[bool] = mapped_column(default=True)
    password_hash: Mapped[str | None]

    # Coordinates or heads what was once worked out from a home zone, and nobody has confirmed it since.
    duties_assumed: Mapped[bool] = mapped_column(default=False, server_default=false())

    roles: Mapped[list[PersonRole]] = relationship(lazy="raise_on_sql", cascade="all, delete-orphan")

    __table_args__ = (
        CheckConstraint("show_name_to IN ('nobody', 'team', 'org')", name="show_name_to_known"),
        CheckConstraint("login IN ('local', 'oidc')", name="login_known"),
    )


class PersonRole(Base):
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)


class PersonCoordinates(Base):
    """A service whose talks, line and roster this person sees and places, as far as they are a counter coordinator."""

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"), primary_key=True)


class PersonHeads(Base):
    """A service whose people and zones this person has, as far as they are a head of service."""

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"), primary_key=True)


class PersonDelegate(Base):
    """Somebody who may book for this person, as long as both work for one organisation."""

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    delegate_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True)

    __table_args__ = (CheckConstraint("delegate_id <> person_id", name="somebody_else"),)


class PersonLanguage(Base):
    """A language in which this person helps clients, by its code of ISO 639."""

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)


class SessionRow(Numbered, Base):
    """A signed-in browser. The cookie holds a random token, this row its hash: deleting the row signs it out."""

    __tablename__ = "session"

    token_hash: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_used_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    # At a computer that several people use: it is locked instead of ended, and over at the end of the day.
    shared: Mapped[bool] = mapped_column(default=False, server_default=false())
    locked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ApiToken(Numbered, Base):
    """A program's key, in a person's name. Of those made before they had one, `name` and `ends_at` are empty: they work
    until they are taken back."""

    token_hash: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    name: Mapped[str | None]
    scope: Mapped[str] = mapped_column(default="write")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (CheckConstraint("scope IN ('read', 'write', 'manage')", name="scope_known"),)


class KnownBrowser(Base):
    """A browser in which this person signed in before: what others guess elsewhere does not stop it. Its cookie holds a
    random token, this row its hash; several people may share one."""

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True)
    last_used_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SignInFailure(Numbered, Base):
    """A password that was wrong, counted in the database because several processes answer. The name only as a keyed
    hash: now and then somebody types their password there."""

    name_hash: Mapped[str]
    place: Mapped[str]
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)

    __table_args__ = (
        Index("ix_sign_in_failure_name_hash_at", "name_hash", "at"),
        Index("ix_sign_in_failure_place_at", "place", "at"),
    )
