"""A refusal with alternatives where there are many spaces, and a booking where there are many buildings."""

from __future__ import annotations

from dataclasses import replace

from tests.benchmarks import buildings
from tests.benchmarks.bench import Bench
from tests.benchmarks.booking import book_one
from tests.benchmarks.figures import Measured, Row, at_most
from tests.cast import at

TAKEN, DAY = "G1-0000", buildings.WIDE_DAY


def refusal(start: str, end: str, *, can_be_cured: bool = True):
    """Of a room in a building where nine in ten are taken over noon, and all in the afternoon."""

    def measured(bench: Bench) -> Measured:
        wish = {"space": TAKEN, "attendees": 4, "start": at(start).isoformat(), "end": at(end).isoformat()}

        def refused(visitor, _number: int):
            answer = visitor.ask("POST", "/api/v1/bookings", json=wish, expected=(409, 422))
            assert not can_be_cured or len(answer.json["alternatives"]) == 3, answer.json
            return answer

        return bench.beside_hello(bench.cost(refused, bench.as_program(), inside=True))

    return measured


def refusals(aim: float) -> tuple[Row, ...]:
    noon, full = (refusal(f"{DAY}T{start}", f"{DAY}T{end}") for start, end in (("12:00", "12:30"), ("16:15", "16:45")))
    closed = refusal(f"{DAY}T04:00", f"{DAY}T04:30", can_be_cured=False)
    too_far = refusal("2028-03-15T12:00", "2028-03-15T12:30", can_be_cured=False)
    return (
        Row("refusal with three alternatives", at_most(ms=aim), noon),
        Row("refusal where every room is taken", at_most(ms=aim), full),
        Row("refusal of an hour when all is closed", at_most(ms=aim), closed),
        Row("refusal of a day too far ahead", at_most(ms=aim), too_far),
        Row("free spaces (GET /spaces?start&end)", (), free_spaces),
    )


def free_spaces(bench: Bench) -> Measured:
    asked = f"building=G1&kind=meeting_room&attendees=4&start={DAY}T11:00:00Z&end={DAY}T11:30:00Z"
    return bench.request(f"/api/v1/spaces?{asked}", bench.as_program())


def booked(bench: Bench) -> Measured:
    return bench.beside_hello(bench.cost(book_one(bench), bench.as_program(), inside=True))


def _named(row: Row, where: str) -> Row:
    return replace(row, what=f"{row.what}, {where}")


ROWS = (
    *(_named(row, "400 rooms") for row in refusals(20)),
    Row("booking with five buildings", at_most(app=8, db=4), booked),
)
