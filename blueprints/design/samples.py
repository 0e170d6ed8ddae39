"""What the samples say: a day in the demo building. Names and titles are what people wrote, in their own language."""

from __future__ import annotations

from blueprints.booking.lanes import Columns, Line, head, timeline_of

STATES = ("free", "taken", "mine", "pending", "closed")
TONES = ("", "good", "warn", "bad", "info", "accent", "off")
HERE = "/design"
ROOM, PERSON = "De Vaart", "An Peeters"
ORGANISATIONS = (("Gemeente Vaartbeke", "#1F4E79"), ("OCMW Vaartbeke", "#6B2D5C"), ("CAW Vaartstreek", "#0B6E4F"))
ADDRESS = "https://trefpunt.example.org/feeds/3vQ8.ics"

BOOKINGS = [
    {
        "title": "Overleg team Burgerzaken",
        "url": HERE,
        "space": "De Vaart",
        "code": "VZ-101",
        "kind": "meeting_room",
        "date": "dinsdag 24 november",
        "start": "09:00",
        "end": "10:30",
        "status": "confirmed",
        "people": 14,
        "organisation": "Gemeente Vaartbeke",
        "organisation_colour": "#1F4E79",
        "is_series": True,
        "actions": [{"label": "Wijzigen", "url": HERE, "icon": "edit", "method": "get"}],
    },
    {
        "title": "",
        "url": "",
        "space": "Spreekkamer 5",
        "code": "SK-05",
        "kind": "booth",
        "date": "dinsdag 24 november",
        "start": "11:00",
        "end": "11:45",
        "status": "pending",
        "organisation": "OCMW Vaartbeke",
        "organisation_colour": "#6B2D5C",
        "is_private": True,
        "actions": [{"label": "Goedkeuren", "url": HERE, "kind": "primary", "icon": "check"}],
    },
]

SPACES = [
    {
        "name": "De Vaart",
        "url": HERE,
        "code": "VZ-101",
        "kind": "meeting_room",
        "places": 22,
        "floor": "Eerste verdieping",
        "equipment": ["beamer", "scherm", "videoconferentie"],
        "accessible": True,
        "state": "free",
        "state_label": "Vrij 10:30–13:00",
        "book_url": HERE,
    },
    {
        "name": "Projectatelier",
        "url": HERE,
        "code": "OR-03",
        "kind": "meeting_space",
        "places": 24,
        "floor": "Tweede verdieping",
        "state": "pending",
        "organisation": "Werkwinkel Vaartbeke",
        "organisation_colour": "#9A3B00",
    },
    {"name": "Het Anker", "url": HERE, "code": "VZ-106", "kind": "meeting_room", "places": 4, "state": "closed"},
]

REFUSALS = [
    {"message": "De Vaart is van 9.00 tot 10.30 uur al bezet.", "rule": "R06", "url": HERE},
    {"message": "Er mogen 20 mensen in deze opstelling; je vraagt er 24.", "rule": "R08"},
]
ALTERNATIVES = [
    {
        "when": "09:00–10:30",
        "space": "De Rupel",
        "code": "VZ-001",
        "why": "zelfde uur, één verdieping lager",
        "hidden": {"space": "VZ-001"},
    },
    {
        "when": "10:30–12:00",
        "space": "De Vaart",
        "code": "VZ-101",
        "why": "zelfde zaal, later",
        "hidden": {"space": "VZ-101"},
    },
]

WORKPLACES = [["WP-1BUR-01", "Buurt Burgerzaken", 1], ["WP-1BUR-02", "Buurt Burgerzaken", 2]]


def timeline_row(words: dict[str, str]) -> dict[str, object]:
    """One day with each state once: `words` gives the word of a state."""
    letters = {"free": "f", "taken": "t", "mine": "m", "pending": "p", "closed": "x"}
    booked = [
        (8 * 60 + 120 * nth, 10 * 60 + 120 * nth, letters[state], words[state], "" if state == "closed" else HERE)
        for nth, state in enumerate(STATES)
    ]
    line, hours = Line(head("De Vaart", HERE, "VZ-101", ""), (), booked, words["closed"]), Columns(8 * 60, 18 * 60, 15)
    return timeline_of([line], columns=hours) | {"now_minute": 615}


def plan(title: str, zone: str, words: dict[str, str]) -> dict:
    """Five rooms beside each other, one in each state."""
    spaces = [
        {
            "code": f"VZ-10{number}",
            "url": HERE,
            "x": 0.5 + 6 * number,
            "y": 0.5,
            "width": 5.5,
            "depth": 2.4,
            "state": state,
            "written": words[state],
            "aloud": f"VZ-10{number} {words[state]}, {ROOM}",
            "short": "",
        }
        for number, state in enumerate(STATES)
    ]
    return {
        "title": title,
        "width": 31,
        "depth": 3.4,
        "beside": [],
        "spaces": spaces,
        "zones": [{"name": zone, "x": 0, "y": 0, "width": 31, "depth": 3.4}],
    }
