"""Who comes before whom in the demo municipality: its files have no table of precedence."""

from __future__ import annotations

from blueprints.web.clock import now
from models.actions.places.set_precedence import PrecedenceWish, add_precedence
from models.queries.people import person_by_username

PROTOCOL_OFFICER = "secretariaat.protocol"
BODIES = (
    (
        "RAAD",
        1,
        14,
        {
            "nl": "Gemeenteraad en RMW",
            "fr": "Conseil communal et CAS",
            "en": "Town council and welfare council",
            "de": "Gemeinderat und Sozialhilferat",
        },
    ),
    (
        "COLLEGE",
        2,
        7,
        {
            "nl": "College van burgemeester en schepenen",
            "fr": "Collège des bourgmestre et échevins",
            "en": "Mayor and aldermen",
            "de": "Bürgermeister- und Schöffenkollegium",
        },
    ),
    ("VERKIEZINGEN", 3, 30, {"nl": "Verkiezingen", "fr": "Élections", "en": "Elections", "de": "Wahlen"}),
)


def load_precedence() -> None:
    """Council, college and elections, each claimed through the protocol officer."""
    person = person_by_username(PROTOCOL_OFFICER)
    assert person is not None, "the demo's files name this officer"
    for code, rank, notice_days, names in BODIES:
        add_precedence(
            code,
            PrecedenceWish(names, rank, "protocol_officer", notice_days),
            person,
            now(),
            reason="Reglement van de zalen",
        )
