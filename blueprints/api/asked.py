"""What a program's body asks for, as the actions understand it, and the key under which it may come again."""

from __future__ import annotations

from blueprints.api.bodies import BookingBody, OverrideBody, PartBody, PartsBody
from blueprints.api.reading import body_hash
from blueprints.web.identity import bearer_token
from models.actions.bookings.idempotency import Key
from models.rules.bookings.fields import FOR_WHOM, BookingRequest, Override
from models.rules.people.tokens import token_hash


def request_of(body: BookingBody | PartBody, **more: object) -> BookingRequest:
    given = {name: value for name, value in body.given().items() if value is not None}
    given["equipment"] = tuple(dict.fromkeys(given.get("equipment", ())))
    if isinstance(body, BookingBody):
        more |= override_in(body.override)
    return BookingRequest(**given | more, channel="api")


def requests_of(body: PartsBody) -> list[BookingRequest]:
    """Of each part, for the same person, with the same rules set aside."""
    for_all = {name: value for name in FOR_WHOM if (value := getattr(body, name)) is not None}
    return [request_of(each, **for_all, **override_in(body.override)) for each in body.parts]


def override_in(override: OverrideBody | None) -> dict[str, Override]:
    return {"override": Override(frozenset(override.rules), override.reason.strip())} if override else {}


def key_of(key: str) -> Key:
    """Of this token alone: two programs of one person may use the same key."""
    token = bearer_token()
    assert token is not None, "no program is known but by its token"
    return Key(f"token:{token_hash(token)}", key, body_hash())
