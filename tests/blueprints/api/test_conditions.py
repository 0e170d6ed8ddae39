"""A program says what it read, and its write is done only while that is still so."""

from __future__ import annotations

import threading

from models.actions.bookings.change import change
from models.queries.bookings import booked_under
from models.queries.people import person_by_username
from models.tables.transaction import write_transaction
from tests.blueprints.api.asking import wish
from tests.cast import ANN, BRAM, FARID, NOW

REASON = {"reason": "Werken"}
WEEK = {"rows": [{"weekday": 1, "opens": "13:00", "closes": "17:00", "kind": "public"}], **REASON}


def tag_at(program, path: str) -> str:
    return program.get(path).headers["ETag"]


def test_what_was_read_may_be_changed_once_and_the_answer_has_the_next_tag(program):
    ann = program(ANN)
    made = ann.post("/bookings", wish())
    path = f"/bookings/{made.json['id']}"
    first = tag_at(ann, path)
    changed = ann.patch(path, {"title": "Eerst"}, headers={"If-Match": first})
    assert changed.status_code == 200
    assert changed.headers["ETag"] == tag_at(ann, path) != first
    late = ann.patch(path, {"title": "Te laat"}, headers={"If-Match": first})
    assert (late.status_code, late.json["status"]) == (412, 412)
    assert ann.get(path).json["title"] == "Eerst"
    assert ann.delete(path, headers={"If-Match": first}).status_code == 412
    cancelled = ann.delete(path, headers={"If-Match": f'"other", {changed.headers["ETag"]}'})
    assert (cancelled.status_code, cancelled.json["status"]) == (200, "cancelled")


MATCHES = (
    ("*", 200),
    ("{tag}", 200),
    ('"x", {tag}', 200),
    ("W/{tag}", 412),
    ('W/"x", W/{tag}', 412),
    ('"x"', 412),
    ("x", 412),
    ("", 412),
)


def test_a_star_is_any_a_weak_tag_is_none_and_one_of_several_suffices(program):
    ann = program(ANN)
    path = f"/bookings/{ann.post('/bookings', wish()).json['id']}"
    for number, (sent, status) in enumerate(MATCHES):
        header = sent.format(tag=tag_at(ann, path))
        answer = ann.patch(path, {"title": f"Titel {number}"}, headers={"If-Match": header})
        assert answer.status_code == status, header


PLACES = (
    ("/spaces/VZ-101", "patch", {"capacity": 5, **REASON}),
    ("/zones/Z1-VER", "patch", {"max_persons": 5, **REASON}),
    ("/floors/F1", "patch", {"max_persons": 50, **REASON}),
    ("/building", "patch", {"max_persons": 500, **REASON}),
    ("/opening-hours/zone:Z1-VER", "put", WEEK),
)


def test_limits_and_hours_are_set_only_by_who_knows_the_last_ones(program):
    farid = program(FARID, "manage")
    for path, method, body in PLACES:
        seen = tag_at(farid, path)
        done = farid.call(method.upper(), path, json=body, headers={"If-Match": seen})
        assert done.status_code == 200, (path, done.json)
        assert done.headers["ETag"] == tag_at(farid, path) != seen
        assert farid.call(method.upper(), path, json=body, headers={"If-Match": seen}).status_code == 412, path


def test_what_is_taken_back_is_what_was_read(program):
    farid = program(FARID, "manage")
    closed = farid.post("/closures", {"from": "2027-05-05", "name": "Brugdag"}).json["items"][0]["id"]
    feed = farid.post("/feeds", {"scope": "mine"}).json["id"]
    for path in (f"/closures/{closed}", f"/feeds/{feed}"):
        seen = tag_at(farid, path)
        assert farid.delete(path, headers={"If-Match": '"x"'}).status_code == 412
        assert farid.delete(path, headers={"If-Match": seen}).status_code == 204
        assert farid.delete(path, headers={"If-Match": seen}).status_code == 404


def test_what_is_still_so_is_answered_304_and_a_tag_is_its_readers_own(program):
    ann, bram = program(ANN), program(BRAM)
    path = f"/bookings/{ann.post('/bookings', wish(title='Overleg', privacy='busy')).json['id']}"
    seen, busy = tag_at(ann, path), tag_at(bram, path)
    assert seen != busy
    assert ann.get(path, headers={"If-None-Match": seen}).status_code == 304
    assert ann.get(path, headers={"If-Match": '"x"'}).status_code == 412
    assert ann.patch(path, {"title": "Anders"}).status_code == 200
    assert ann.get(path, headers={"If-None-Match": seen}).status_code == 200
    assert bram.get(path, headers={"If-None-Match": busy}).status_code == 304


def test_in_a_race_nobody_comes_in_between_the_look_and_the_write(program, demo_app):
    """Another writes while the first waits for the lock: it has looked already, and looks again with the lock."""
    ann = program(ANN)
    made = ann.post("/bookings", wish())
    path, statuses = f"/bookings/{made.json['id']}", []
    seen = tag_at(ann, path)

    def late() -> None:
        statuses.append(ann.patch(path, {"title": "Te laat"}, headers={"If-Match": seen}).status_code)

    with demo_app.app_context():
        person = person_by_username(ANN)
        waiting = threading.Thread(target=late)
        with write_transaction():
            waiting.start()
            waiting.join(0.5)
            change(booked_under(made.json["id"]).id, {"title": "Eerst"}, person, NOW)
        waiting.join(30)
        assert statuses == [412]
        assert booked_under(made.json["id"]).title == "Eerst"
