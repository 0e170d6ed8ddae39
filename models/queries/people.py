"""Who is who. Each answer is one query: the person with organisation, service, home zone, roles and duties."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Row, ScalarSelect, Select, bindparam, func, or_, select
from sqlalchemy.orm import aliased

from models.queries.reading import pages
from models.rules.people.person import KEY_HOLDER_ROLES, Person
from models.tables.db import db
from models.tables.municipality import Organisation, Service, Zone
from models.tables.person import (
    PersonCoordinates,
    PersonDelegate,
    PersonHeads,
    PersonRole,
    PersonRow,
    SessionRow,
)

MOST_AT_ONCE = 500
SESSION_HANDLE = 16
_DELEGATE = aliased(PersonRow)


@dataclass(frozen=True, slots=True)
class OpenSession:
    id: int
    token_hash: str
    created_at: datetime
    last_used_at: datetime

    @property
    def handle(self) -> str:
        """By which its owner ends it: a number would tell how many people are signed in."""
        return self.token_hash[:SESSION_HANDLE]


def person_by_username(username: str) -> Person | None:
    row = db.session.execute(_people().where(PersonRow.username == username)).one_or_none()
    return _person(row) if row else None


def person_by_id(person_id: int) -> Person | None:
    row = db.session.connection().execute(_OF_ID, {"id": person_id}).one_or_none()
    return _person(row) if row else None


def people_by_username(usernames: Iterable[str]) -> dict[str, Person]:
    """Those who exist, by username; one query per 500 names."""
    wanted = sorted(set(usernames))
    return {
        person.username: person
        for names in pages(wanted, MOST_AT_ONCE)
        for person in _all(_people().where(PersonRow.username.in_(names)))
    }


def people_by_id(person_ids: Iterable[int]) -> dict[int, Person]:
    """Those who exist, by id; one query per 500 ids."""
    wanted = sorted(set(person_ids))
    return {
        person.id: person
        for ids in pages(wanted, MOST_AT_ONCE)
        for person in _all(_people().where(PersonRow.id.in_(ids)))
    }


def password_hash_of(username: str) -> str | None:
    """None for whoever may not sign in with a password: unknown, inactive, or never given one."""
    return db.session.execute(
        select(PersonRow.password_hash).where(PersonRow.username == username, PersonRow.active)
    ).scalar_one_or_none()


def open_sessions_of(person_id: int, now: datetime, idle: timedelta, limit: int = 50) -> list[OpenSession]:
    """Where this person is signed in, last used first."""
    rows = db.session.execute(
        select(SessionRow.id, SessionRow.token_hash, SessionRow.created_at, SessionRow.last_used_at)
        .where(
            SessionRow.person_id == person_id,
            SessionRow.ends_at > now,
            or_(SessionRow.shared, SessionRow.last_used_at > now - idle),
        )
        .order_by(SessionRow.last_used_at.desc(), SessionRow.id.desc())
        .limit(limit)
    )
    return [OpenSession(*row) for row in rows]


def colleagues_like(text: str, organisation: str | None, limit: int = 20) -> list[Person]:
    """Active people whose name or username contains the text, by name; `organisation` None looks in all of them."""
    people = _people().where(
        PersonRow.active,
        or_(
            PersonRow.display_name.icontains(text, autoescape=True), PersonRow.username.icontains(text, autoescape=True)
        ),
    )
    if organisation is not None:
        people = people.where(Organisation.code == organisation)
    return _all(people.order_by(PersonRow.display_name, PersonRow.username).limit(limit))


def people_of_services(services: Iterable[str], limit: int = 500) -> list[Person]:
    """Active people whose own service is one of these, by name."""
    people = _people().where(PersonRow.active, Service.code.in_(sorted(services)))
    return _all(people.order_by(PersonRow.display_name, PersonRow.username).limit(limit))


def key_holders(limit: int = 50) -> list[Person]:
    """Active people who may hold the keys of an evening, by name."""
    holders = select(PersonRole.person_id).where(PersonRole.role.in_(sorted(KEY_HOLDER_ROLES)))
    return _all(
        _people()
        .where(PersonRow.active, PersonRow.id.in_(holders))
        .order_by(PersonRow.display_name, PersonRow.username)
        .limit(limit)
    )


def people_of_service(service: str, limit: int = 100) -> list[Person]:
    """Active people who work for a service, by name."""
    return _all(
        _people()
        .where(PersonRow.active, Service.code == service)
        .order_by(PersonRow.display_name, PersonRow.username)
        .limit(limit)
    )


def with_assumed_duties(organisation: str | None = None, limit: int = 500) -> list[Person]:
    """Whose services were once worked out from a home zone and confirmed by nobody since, by name; of one organisation,
    or of all."""
    people = _people().where(PersonRow.duties_assumed)
    if organisation is not None:
        people = people.where(Organisation.code == organisation)
    return _all(people.order_by(PersonRow.display_name, PersonRow.username).limit(limit))


def holders_of(role: str, limit: int = 50) -> list[Person]:
    """Active people with an e-mail address who hold a role, by name."""
    holders = select(PersonRole.person_id).where(PersonRole.role == role)
    return _all(
        _people()
        .where(PersonRow.active, PersonRow.email.is_not(None), PersonRow.id.in_(holders))
        .order_by(PersonRow.display_name, PersonRow.username)
        .limit(limit)
    )


def holders_in(organisation: str, role: str, limit: int = 50) -> list[Person]:
    """Active people of an organisation who hold a role, with an address or without, by name."""
    holders = select(PersonRole.person_id).where(PersonRole.role == role)
    return _all(
        _people()
        .where(PersonRow.active, Organisation.code == organisation, PersonRow.id.in_(holders))
        .order_by(PersonRow.display_name, PersonRow.username)
        .limit(limit)
    )


def _people(*more_columns: ColumnElement) -> Select:
    return (
        select(
            PersonRow.id,
            PersonRow.username,
            PersonRow.display_name,
            PersonRow.language,
            PersonRow.email,
            PersonRow.show_name_to,
            PersonRow.preferred_equipment,
            PersonRow.active,
            PersonRow.service_since,
            Organisation.code.label("organisation"),
            Service.code.label("service"),
            Zone.code.label("home_zone"),
            _joined(select(func.aggregate_strings(PersonRole.role, ";")), PersonRole).label("roles"),
            _services(PersonCoordinates).label("coordinates"),
            _services(PersonHeads).label("heads"),
            _joined(
                select(func.aggregate_strings(_DELEGATE.username, ";")).join(
                    PersonDelegate, PersonDelegate.delegate_id == _DELEGATE.id
                ),
                PersonDelegate,
            ).label("delegates"),
            *more_columns,
        )
        .join(Organisation, Organisation.id == PersonRow.organisation_id)
        .outerjoin(Service, Service.id == PersonRow.service_id)
        .outerjoin(Zone, Zone.id == PersonRow.home_zone_id)
    )


def _services(duty: type[PersonCoordinates | PersonHeads]) -> ScalarSelect:
    return _joined(select(func.aggregate_strings(Service.code, ";")).join(duty, duty.service_id == Service.id), duty)


def _joined(codes: Select, of: type[PersonRole | PersonCoordinates | PersonHeads | PersonDelegate]) -> ScalarSelect:
    """What a person has several of, in one cell; no code has a semicolon in it."""
    return codes.where(of.person_id == PersonRow.id).correlate(PersonRow).scalar_subquery()


def _person(row: Row) -> Person:
    return Person(
        id=row.id,
        username=row.username,
        name=row.display_name,
        organisation=row.organisation,
        roles=_apart(row.roles),
        service=row.service,
        service_since=row.service_since,
        home_zone=row.home_zone,
        language=row.language,
        email=row.email,
        show_name_to=row.show_name_to,
        preferred_equipment=row.preferred_equipment,
        active=row.active,
        coordinates=_apart(row.coordinates),
        heads=_apart(row.heads),
        delegates=_apart(row.delegates),
        scope="manage",
    )


def _apart(codes: str | None) -> frozenset[str]:
    return frozenset(codes.split(";")) if codes else frozenset()


def _all(people: Select) -> list[Person]:
    return [_person(row) for row in db.session.execute(people)]


# Asked at every booking: put together once.
_OF_ID = _people().where(PersonRow.id == bindparam("id"))
