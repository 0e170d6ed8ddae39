"""Who one may be in the demo: a person of the demo municipality for each persona, all with the same open password."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

DEMO_PASSWORD = "trefpunt-demo"


@dataclass(frozen=True, slots=True)
class DemoPerson:
    username: str
    persona: LazyString
    does: LazyString


DEMO_PEOPLE = (
    DemoPerson("medewerker.burgerzaken.01", _l("Staff member"), _l("books a desk near the team and rooms to meet in")),
    DemoPerson(
        "loketcoordinator.burgerzaken",
        _l("Counter coordinator"),
        _l("finds a booth for whoever walks in and plans the counters"),
    ),
    DemoPerson(
        "loketcoordinator.socialedienst",
        _l("Counter coordinator, social service"),
        _l("does the same under professional secrecy"),
    ),
    DemoPerson("onthaal.voormiddag", _l("Receptionist"), _l("welcomes visitors and books for whoever phones")),
    DemoPerson("facilitair.beheerder", _l("Facility manager"), _l("sets capacities, approves and closes spaces")),
    DemoPerson("diensthoofd.burgerzaken", _l("Head of service"), _l("looks after the team's zone and its busy days")),
    DemoPerson("beheerder", _l("Partner's administrator"), _l("manages the people and booths of the welfare house")),
    DemoPerson("harmonie", _l("Association"), _l("asks for a public room for a rehearsal or a meeting")),
    DemoPerson("bewoner.nl", _l("Resident"), _l("sees which public rooms are free and asks for one")),
    DemoPerson("ict.beheerder", _l("IT administrator"), _l("looks after accounts, tokens and the log")),
    DemoPerson("preventieadviseur", _l("Prevention adviser"), _l("sets how many people a floor or room may hold")),
    DemoPerson("secretariaat.protocol", _l("Protocol officer"), _l("approves bookings of the council chamber")),
    DemoPerson("conciergerie", _l("Caretaker"), _l("holds the keys in the evening and sets rooms up")),
    DemoPerson("dpo", _l("Data protection officer"), _l("watches over what is seen of people")),
    DemoPerson("kwaliteitscoordinator", _l("Quality coordinator"), _l("reads how spaces are used, never by whom")),
    DemoPerson("burgemeester", _l("Elected official"), _l("meets in the governance wing")),
)
