"""Whatever a program sends: a clear no that names the field, never a 5xx, and nothing written."""

from __future__ import annotations

import json

from tests.blueprints.api.asking import moment, wish
from tests.cast import ANN, FARID

A_WISH = wish()
FIELDS = [
    ("space", None, "space"),
    ("space", "", "space"),
    ("space", 5, "space"),
    ("space", "VZ\u0000", "space"),
    ("space", ["VZ-101"], "space"),
    ("space", "x" * 81, "space"),
    ("start", "2027-03-08T09:00:00", "start"),  # no offset
    ("start", "2027-03-08T09:00+01:00", "start"),  # RFC 3339 has seconds
    ("start", "2027-03-08 09:00:00+01:00", "start"),
    ("start", "2027-02-30T09:00:00+01:00", "start"),
    ("start", "2027-03-08T24:00:00+01:00", "start"),
    ("start", "2027-03-08T09:00:60+01:00", "start"),
    ("start", "2027-03-08T09:00:00+24:00", "start"),
    ("start", "2027-03-08T09:00:00+0100", "start"),
    ("start", "1999-12-31T09:00:00+01:00", "start"),
    ("end", "2101-01-01T09:00:00+01:00", "end"),
    ("end", "9999-12-31T23:59:59-12:00", "end"),
    ("start", "maandag", "start"),
    ("start", 1804492800, "start"),
    ("start", None, "start"),
    ("start", True, "start"),
    ("start", "２０２７-03-08T09:00:00+01:00", "start"),  # digits, but not those of RFC 3339
    ("end", moment("09:00"), "end"),  # ends as it starts
    ("end", moment("08:00"), "end"),
    ("attendees", "8", "attendees"),
    ("attendees", 8.0, "attendees"),
    ("attendees", True, "attendees"),
    ("attendees", 0, "attendees"),
    ("attendees", -1, "attendees"),
    ("attendees", 100_001, "attendees"),
    ("attendees", 10**30, "attendees"),
    ("attendees", [8], "attendees"),
    ("visitors", -1, "visitors"),
    ("visitors", 100_001, "visitors"),
    ("visitors", "1", "visitors"),
    ("wheelchair", -1, "wheelchair"),
    ("wheelchair", 1.5, "wheelchair"),
    ("wheelchair", False, "wheelchair"),
    ("title", "x" * 201, "title"),
    ("title", "a\tb", "title"),
    ("title", "a\nb", "title"),
    ("title", "a\x00b", "title"),
    ("title", "a\x7fb", "title"),
    ("title", "a\x85b", "title"),
    ("title", "\ud83d", "title"),
    ("title", 5, "title"),
    ("title", {"nl": "Overleg"}, "title"),
    ("note", "x" * 2001, "note"),
    ("note", "a\x07b", "note"),
    ("note", "a\tb", "note"),
    ("note", "\udc00", "note"),
    ("layout", 5, "layout"),
    ("service", "NO-SUCH", "service"),
    ("service", 5, "service"),
    ("privacy", "secret", "privacy"),
    ("privacy", 1, "privacy"),
    ("exclusive", "true", "exclusive"),
    ("exclusive", 1, "exclusive"),
    ("service", "OCMW-SCH", "service"),
    ("key_holder", "medewerker.burgerzaken.02", "key_holder"),
    ("evacuation_buddy", "loketcoordinator.socialedienst", "evacuation_buddy"),
    ("on_behalf_of", "a\x00b", "on_behalf_of"),
    ("key_holder", "nobody.here", "key_holder"),
    ("evacuation_buddy", "nobody.here", "evacuation_buddy"),
    ("on_conflict", "maybe", "on_conflict"),
    ("recurrence", "FREQ=WEEKLY", "recurrence"),
    ("recurrence", "x" * 501, "recurrence"),
    ("recurrence", 5, "recurrence"),
    ("recurrence", "FREQ=SECONDLY;COUNT=5", "recurrence"),
    ("recurrence", "FREQ=DAILY;COUNT=401", "recurrence"),
    ("recurrence", "FREQ=DAILY;COUNT=0", "recurrence"),
    ("recurrence", "FREQ=DAILY\nCOUNT=2", "recurrence"),
    ("override", [], "override"),
    ("override", {"rules": ["R07"]}, "override.reason"),
    ("override", {"rules": [], "reason": "x"}, "override.rules"),
    ("override", {"rules": ["R99"], "reason": "x"}, "override.rules.0"),
    ("override", {"rules": ["R07"], "reason": "  "}, "override.reason"),
    ("override", {"rules": ["R07"], "reason": "x", "by": "me"}, "override.by"),
    ("colour", "red", "colour"),
    ("id", 5, "id"),
    ("\ud800", 1, ""),
]


def test_a_field_that_cannot_be_is_named_and_nothing_is_written(program):
    ann = program(ANN)
    for field, value, named in FIELDS:
        for path in ("/bookings", "/bookings/check"):
            answer = ann.post(path, data=json.dumps({**A_WISH, field: value}), content_type="application/json")
            assert (answer.status_code, named in named_in(answer)) == (400, True), (field, value)
    assert ann.get("/bookings?mine=1").json["items"] == []


def test_a_field_that_is_missing_is_named(program):
    for field in ("space", "start", "end"):
        answer = program(ANN).post("/bookings", {name: value for name, value in A_WISH.items() if name != field})
        assert (answer.status_code, named_in(answer)) == (400, [field])


def test_every_field_that_is_wrong_is_named_at_once(program):
    answer = program(ANN).post("/bookings", {**A_WISH, "attendees": 0, "title": "\x00", "colour": 1})
    assert set(named_in(answer)) == {"attendees", "title", "colour"}


DEEP = 5_000
BODIES = [
    (b"", "application/json", 400),
    (b"{", "application/json", 400),
    (b"null", "application/json", 400),
    (b"[]", "application/json", 400),
    (b'"VZ-101"', "application/json", 400),
    (b"5", "application/json", 400),
    (b'{"space": NaN}', "application/json", 400),
    (b'{"space": Infinity}', "application/json", 400),
    (b'{"space": "\xff"}', "application/json", 400),
    (b"\xff\xfe{\x00}\x00", "application/json", 400),
    (b"\xef\xbb\xbf{}", "application/json", 400),
    (b"{'space': 1}", "application/json", 400),
    (b'{"attendees": ' + b"9" * 5_000 + b"}", "application/json", 400),
    (b"[" * DEEP + b"]" * DEEP, "application/json", 400),
    (b'{"title":' * DEEP + b"1" + b"}" * DEEP, "application/json", 400),
    (b'{"title": ' + b"[" * 400 + b"]" * 400 + b"}", "application/json", 400),
    (b'{"title": "' + b"x" * 65_536 + b'"}', "application/json", 413),
    (b"{}", "text/plain", 415),
    (b"{}", None, 415),
    (b"space=VZ-101", "application/x-www-form-urlencoded", 415),
    (b"{}", "application/json; charset=latin-1", 400),
    (b"\x1f\x8b\x08", "application/json", 400),
]


def test_a_body_that_is_not_a_json_object_is_refused(program):
    for body, content_type, status in BODIES:
        answer = program(ANN).post("/bookings", data=body, content_type=content_type)
        assert answer.status_code == status, (body[:40], content_type)


QUERIES = [
    ("/bookings?colour=red", "colour"),
    ("/bookings?status=lost", "status.0"),
    ("/bookings?start=2027-03-08", "start"),
    ("/bookings?start=2027-03-08T09:00:00Z", "end"),
    ("/bookings?end=2027-03-08T09:00:00Z", "start"),
    ("/bookings?start=2027-03-08T09:00:00Z&end=2027-03-08T09:00:00Z", "end"),
    ("/bookings?limit=0", "limit"),
    ("/bookings?limit=201", "limit"),
    ("/bookings?limit=ten", "limit"),
    ("/bookings?limit=%D9%A3", "limit"),
    ("/bookings?mine=yes", "mine"),
    ("/bookings?mine=1&mine=0", "mine"),
    ("/bookings?space=NO-SUCH", "space"),
    ("/bookings?zone=NO-SUCH", "zone"),
    ("/bookings?floor=NO-SUCH", "floor"),
    ("/bookings?kind=cellar", "kind"),
    ("/bookings?building=NO-SUCH", "building"),
    ("/bookings?after=!!", "after"),
    ("/bookings?after=QUFB", "after"),
    ("/bookings?after=_w", "after"),
    ("/spaces?kind=cellar", "kind"),
    ("/spaces?attendees=-1", "attendees"),
    ("/spaces?attendees=8.5", "attendees"),
    ("/spaces?accessible=maybe", "accessible"),
    ("/spaces?organisation=NO-SUCH", "organisation"),
    ("/spaces?start=2027-03-08T09:00:00Z", "end"),
    ("/zones?floor=F1", "floor"),
    ("/zones?building=NO-SUCH", "building"),
    ("/spaces/VZ-101?verbose=1", "verbose"),
    ("/bookings/1?scope=all", "scope"),
    ("/building?building=NO-SUCH", "building"),
]


def test_a_parameter_that_cannot_be_is_named(program):
    for path, named in QUERIES:
        answer = program(ANN).get(path)
        assert (answer.status_code, named in named_in(answer)) == (400, True), path


def test_a_key_is_1_to_255_printable_characters(program):
    for key in ("", "x" * 256, "é", "a\tb"):
        answer = program(ANN).post("/bookings", A_WISH, headers={"Idempotency-Key": key})
        assert (answer.status_code, named_in(answer)) == (400, ["Idempotency-Key"]), key


CHANGES = [
    ("PATCH", "/bookings/1", {}, "body"),
    ("PATCH", "/bookings/1", {"status": "cancelled"}, "status"),
    ("PATCH", "/bookings/1", {"start": None}, "start"),
    ("PATCH", "/bookings/1", {"privacy": None}, "privacy"),
    ("PATCH", "/bookings/1", {"exclusive": None}, "exclusive"),
    ("PATCH", "/bookings/1", {"space": None}, "space"),
    ("PATCH", "/bookings/1?scope=some", {"title": "x"}, "scope"),
    ("PATCH", "/bookings/1", {"end": moment("08:00")}, "end"),
    ("DELETE", "/bookings/1?scope=some", None, "scope"),
    ("DELETE", "/bookings/1", {"reason": "x"}, "reason"),
    ("POST", "/bookings/1/decline", {}, "reason"),
    ("POST", "/bookings/1/decline", {"reason": " "}, "reason"),
    ("POST", "/bookings/1/check-in", {"at": "now"}, "at"),
    ("POST", "/feeds", {"scope": "cellar:1"}, "scope"),
    ("POST", "/feeds", {"scope": "mine", "detail": "all"}, "detail"),
    ("POST", "/feeds", {}, "scope"),
    ("PATCH", "/spaces/VZ-101", {"capacity": 5}, "reason"),
    ("PATCH", "/spaces/VZ-101", {"reason": "x"}, "capacity"),
    ("PATCH", "/spaces/VZ-101", {"capacity": -1, "reason": "x"}, "capacity"),
    ("PATCH", "/spaces/VZ-101", {"capacity": "5", "reason": "x"}, "capacity"),
    ("PATCH", "/spaces/VZ-101", {"capacities": {}, "reason": "x"}, "capacities"),
    ("PATCH", "/spaces/VZ-101", {"capacities": {"theatre": "5"}, "reason": "x"}, "capacities.theatre"),
    ("PATCH", "/spaces/VZ-101", {"capacity": 5, "reason": "x", "from": "tomorrow"}, "from"),
    ("PATCH", "/spaces/VZ-101", {"capacity": 5, "reason": "x", "from": "2027-03-02"}, "from"),
    ("PATCH", "/spaces/VZ-101", {"capacity": 5, "reason": "x", "from_": "2027-03-08"}, "from_"),
    ("PATCH", "/floors/F1", {"max_persons": 5}, "reason"),
    ("PATCH", "/floors/F1", {"reason": "x"}, "max_persons"),
    ("PATCH", "/zones/Z1-VER", {"max_persons": True, "reason": "x"}, "max_persons"),
    ("PATCH", "/building?building=NO-SUCH", {"max_persons": 5, "reason": "x"}, "building"),
]


def test_a_change_that_cannot_be_is_named_and_nothing_is_written(program):
    manager = program(FARID, "manage")
    booked = manager.post("/bookings", A_WISH).json
    for method, path, body, named in CHANGES:
        answer = manager.call(method, path.replace("/1", f"/{booked['id']}"), json=body)
        assert (answer.status_code, named in named_in(answer)) == (400, True), (method, path, body)
    assert manager.get(f"/bookings/{booked['id']}").json == booked


def test_what_is_not_there_is_not_found(program):
    for path in (
        "/bookings/0",
        "/bookings/-1",
        "/bookings/999",
        "/bookings/9223372036854775808",
        "/bookings/x",
        "/spaces/NO-SUCH",
        "/nothing",
    ):
        assert program(ANN).get(path).status_code == 404, path
    assert program(ANN).get("/spaces/%00").status_code == 400


def test_an_unknown_space_is_not_found_in_a_body_as_in_an_address(program):
    assert program(ANN).post("/bookings", wish("NO-SUCH")).status_code == 404
    assert program(ANN).post("/bookings/check", wish("NO-SUCH")).status_code == 404
    assert program(FARID, "manage").patch("/spaces/NO-SUCH", {"capacity": 5, "reason": "x"}).status_code == 404
    assert program(FARID, "manage").patch("/zones/NO-SUCH", {"max_persons": 5, "reason": "x"}).status_code == 404


def test_every_form_of_rfc_3339_is_read(program):
    for value in (
        "2027-03-08t09:00:00+01:00",
        "2027-03-08T08:00:00z",
        "2027-03-08T08:00:00.000000000Z",
        "2027-03-08T08:00:00-00:00",
    ):
        answer = program(ANN).post("/bookings/check", {**A_WISH, "start": value})
        assert answer.json["start"] == "2027-03-08T09:00:00+01:00"


def test_null_is_as_good_as_leaving_a_field_out(program):
    names = (
        "attendees",
        "title",
        "layout",
        "service",
        "privacy",
        "on_behalf_of",
        "exclusive",
        "visitors",
        "wheelchair",
        "evacuation_buddy",
        "key_holder",
        "recurrence",
        "on_conflict",
        "override",
        "note",
    )
    answer = program(ANN).post("/bookings/check", {**A_WISH, **dict.fromkeys(names)})
    assert answer.json == program(ANN).post("/bookings/check", A_WISH).json


def test_what_is_named_twice_is_refused_and_which_of_them_was_meant_is_not_guessed(program):
    for twice, field in (('"title": "A", "title": "B"', "title"), ('"caller": {"name": "A", "name": "B"}', "name")):
        body = f"{json.dumps(A_WISH)[:-1]}, {twice}}}"
        answer = program(ANN).post("/bookings", data=body, content_type="application/json")
        assert (answer.status_code, named_in(answer)) == (400, [field])


def test_line_breaks_are_welcome_in_a_note(program):
    answer = program(ANN).post("/bookings", {**A_WISH, "note": "Koffie\r\nThee", "title": "Één 🙂"})
    assert (answer.json["note"], answer.json["title"]) == ("Koffie\r\nThee", "Één 🙂")


def test_a_booking_until_the_year_2100_is_refused_at_once(program):
    answer = program(ANN).post("/bookings", {**A_WISH, "end": "2100-12-31T23:00:00Z"})
    assert (answer.status_code, answer.json["refusals"][0]["code"]) == (422, "too_long")


def test_a_plus_sign_that_was_not_encoded_is_understood(program):
    answer = program(ANN).get("/bookings?start=2027-03-08T09:00:00+01:00&end=2027-03-08T10:00:00+01:00")
    assert answer.status_code == 200


def test_an_empty_parameter_counts_as_absent(program):
    assert program(ANN).get("/spaces?kind=&floor=&zone=&attendees=&equipment=&start=&end=").status_code == 200


def named_in(answer) -> list[str]:
    return [each["field"] for each in answer.json.get("errors", ())]
