"""Talks with unlikely words in them, one row each, and who of the town may read which. Written down from the contract
and not asked of the code: whoever looks for a leak does not ask the one who may have made it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from tests.cast import ANN, BRAM, CHRIS, DORA, ELS, FARID, GERDA, HUGO, INES, JEF, KAAT, LIEN, MARC, NORA

DAY = date(2027, 3, 3)  # that of tests.cast.NOW
NAMES = ("organiser", "keyholder")
MARKED = ("association", "code", "email", "keyholder", "note", "organiser", "phone", "reason", "title", "uid")
# Each word in full: what is drawn by lot, as the token of a form is, spells the rest of it now and then.
MARK = re.compile(rf"zq({'|'.join(MARKED)})x(\d\d)q", re.IGNORECASE)

# One of each role and organisation: the cast, and for a whole attack those who play elsewhere in no test.
CAST = (ANN, BRAM, CHRIS, DORA, ELS, FARID, GERDA, HUGO, INES, JEF, KAAT, LIEN, MARC, NORA)
# Screens that are paired, each for a zone in which there are talks in confidence.
SCREENS = {"the display of the booths": ("display", "Z0-SPR"), "the kiosk of the CAW": ("kiosk", "Z0-CAW")}
GILLES = "onthaal.namiddag"  # the other receptionist
WARD = "beheerder.werkwinkel"  # administrator and coordinator of the job shop
BEYOND_THE_CAST = {
    GILLES: "GEM",
    "ict.beheerder": "GEM",
    "dpo": "GEM",
    "kwaliteitscoordinator": "GEM",
    "burgemeester": "GEM",
    "algemeen.directeur": "GEM",
    "diensthoofd.burgerzaken": "GEM",
    "communicatieverantwoordelijke": "GEM",
    "maatschappelijk.werker.05": "OCMW",
    "hulpverlener.caw.05": "CAW",
    WARD: "WW",
}
TOWN_HALL = frozenset({ANN, BRAM, CHRIS, FARID, GERDA, HUGO, MARC, NORA}) | {
    who for who, organisation in BEYOND_THE_CAST.items() if organisation == "GEM"
}
EVERYBODY = frozenset(CAST) | set(BEYOND_THE_CAST)
RESCUERS = frozenset({FARID, GERDA, GILLES, MARC, NORA})  # they learn who is in there, if it is no talk in confidence


def mark(what: str, number: int) -> str:
    assert what in MARKED
    return f"zq{what}x{number:02}q"


@dataclass(frozen=True)
class Planted:
    """`titles`: who may read its title beside its party. `named`: who may learn who has it, by duty. `is_called`: the
    front desk booked it for somebody without an account, whose own words are marked."""

    number: int
    what: str
    organiser: str
    space: str
    start: str
    end: str
    party: frozenset[str]
    titles: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()
    decides: frozenset[str] = frozenset()
    service: str | None = None
    privacy: str = "title"
    status: str = "confirmed"
    day: date = DAY
    in_confidence: bool = False
    is_called: bool = False

    @property
    def is_marked_by_name(self) -> bool:
        """Whether its organiser has an unlikely name: nobody of the cast has, whose names stand on their pages."""
        return self.organiser not in EVERYBODY

    def may_read(self, what: str, who: str | None) -> bool:
        if who in self.party:
            return True
        if what == "title":
            return who in self.titles or who in self.decides
        if what in NAMES:
            return who in self.named or who in self.decides
        return who in self.decides

    def may_read_in_a_calendar(self, what: str, who: str | None) -> bool:
        """Feeds and mail end up on lock screens: of a talk in confidence not even its party reads more there than whose
        calendar it is. What is told there under a title has a name by which it is followed."""
        if what == "uid":
            return self.may_read("title", who)
        return (not self.in_confidence or (what == "organiser" and who == self.organiser)) and self.may_read(what, who)


def _of(*who: str) -> frozenset[str]:
    return frozenset(who)


SORTS = (
    # what, organiser, space, who coordinates, who reads the title, who learns the name, service, privacy
    ("a meeting of the town hall", "medewerker.burgerzaken.03", "VZ-101", _of(), TOWN_HALL, RESCUERS, None, "title"),
    ("one of which only the time is told", "medewerker.burgerzaken.04", "VZ-102", _of(), _of(), RESCUERS, None, "busy"),
    ("one for everybody", "medewerker.burgerzaken.05", "VZ-103", _of(), EVERYBODY, RESCUERS, None, "public"),
    ("a talk in confidence", "medewerker.burgerzaken.08", "SK-01", _of(CHRIS), _of(), _of(), "GEM-VRE", "busy"),
    ("a secret talk", "maatschappelijk.werker.03", "SK-05", _of(DORA), _of(), _of(), "OCMW-SCH", "busy"),
    ("a meeting under secrecy", "maatschappelijk.werker.04", "VZ-104", _of(), _of(), _of(), None, "title"),
    ("a talk with a victim", "hulpverlener.caw.03", "SK-08", _of(INES), _of(), _of(), "CAW-SLA", "busy"),
    ("a talk about work", "consulent.werkwinkel.04", "SK-10", _of(WARD), _of(), _of(), "WW-BEM", "busy"),
    ("a meeting of the job shop", "consulent.werkwinkel.05", "VZ-105", _of(), _of(JEF, WARD), RESCUERS, None, "title"),
)
STATUSES = ("confirmed", "checked_in", "pending", "cancelled", "declined", "released", "completed")
SOME_STATUSES = ("confirmed", "checked_in", "pending", "cancelled")


def planted(*, whole: bool) -> list[Planted]:
    """Each sort in each status, an hour each, from eight on; if not the whole, some."""
    statuses = STATUSES if whole else SOME_STATUSES
    found = []
    for what, organiser, space, coordinators, titles, named, service, privacy in SORTS:
        for m, status in enumerate(statuses):
            found.append(
                Planted(
                    number=len(found) + 1,
                    what=f"{what}, {status}",
                    organiser=organiser,
                    space=space,
                    start=f"{8 + m:02}:00",
                    end=f"{8 + m:02}:45",
                    party=coordinators | {organiser},
                    titles=titles,
                    named=named,
                    service=service,
                    privacy=privacy,
                    status=status,
                    in_confidence=service is not None,
                )
            )
    found += [_asked_for(len(found) + 1, KAAT, 8), _asked_for(len(found) + 2, LIEN, 9)]
    return found + [_called(len(found) + m, status) for m, status in enumerate(statuses, start=1)]


def mail_of(number: int) -> str:
    """The address of a caller, to whom letters go."""
    return f"{mark('email', number)}@example.org"


def _called(number: int, status: str) -> Planted:
    """In a hall whose bookings tell no title; a warden learns where people are, and of whoever is there who it is. One
    receptionist books it, and both see to it."""
    hour = 8 + number % 7
    return Planted(
        number,
        f"a caller's, {status}",
        GERDA,
        "VZ-001",
        f"{hour:02}:00",
        f"{hour:02}:45",
        party=frozenset({GERDA, GILLES, mail_of(number)}),
        named=RESCUERS,
        status=status,
        is_called=True,
    )


def _asked_for(number: int, who: str, hour: int) -> Planted:
    """By somebody from outside: whoever decides on it sees it whole."""
    return Planted(
        number,
        f"a request by {who}",
        who,
        "VZ-001",
        f"{hour:02}:00",
        f"{hour:02}:45",
        party=frozenset({who}),
        decides=frozenset({GERDA, GILLES}),
        named=RESCUERS,
        status="pending",
        day=DAY + timedelta(days=7),
    )
