"""What somebody reads of the hour of a talk, of all that they may open: once before it comes to be, and once after."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from werkzeug.test import TestResponse

from tests.attack.talks import Talk
from tests.attack.town import Town

WORD = re.compile(r"[^\W\d]+|\d+(?:[:.-]\d+)*")
DRAWN_ANEW = re.compile(r'nonce="[^"]*"|name="csrf_token" value="[^"]*"')
ZONES = ("Z0-HAL", "Z0-LOK", "Z0-SPR", "Z0-CAW", "Z0-WW", "Z0-ONT", "Z1-BUR", "Z1-OMG", "Z1-OCM", "Z1-VER", "Z1-KOF")
FREE_NEARBY = {"Z0-SPR": "SK-02", "Z0-CAW": "OR-01", "Z1-VER": "VZ-106"}


@dataclass(frozen=True)
class Read:
    """One answer: its words, and what it is known by. `persons`: of an answer of occupancy, at the hour asked about,
    and up to how many more there may be."""

    status: int
    words: Counter[str]
    tags: tuple[str | None, ...]
    length: int
    persons: tuple[int, int] | None = None
    items: tuple[str, ...] = ()


Look = Mapping[str, Read]


@dataclass(frozen=True)
class Onlooker:
    """`thorough`: by pages and calendars too, and asking whether they could have the time themselves."""

    who: str
    town: Town
    thorough: bool = False

    def look(self, talk: Talk) -> Look:
        return {name: _read(answer, talk) for name, answer in self._answers(talk)}

    def _answers(self, talk: Talk) -> Iterator[tuple[str, TestResponse]]:
        day = {"start": f"{talk.start.date()}T00:00:00+01:00", "end": f"{talk.start.date()}T23:45:00+01:00"}
        hour = {"start": talk.start.isoformat(), "end": talk.end.isoformat()}
        minute = {"start": talk.start.isoformat(), "end": (talk.start + timedelta(minutes=1)).isoformat()}
        zones = [zone for zone in ZONES if zone[1] == talk.floor[1]] if self.thorough else [talk.zone]
        for scope in (*(f"zone:{zone}" for zone in zones), f"floor:{talk.floor}", "building:AC"):
            yield f"occupancy {scope}", self._get("occupancy", **day, scope=scope)
        yield "occupancy space", self._get("occupancy", **hour, scope=f"space:{talk.space}")
        yield "bookings", self._get("bookings", **day, zone=talk.zone)
        yield "availability", self._get("availability", **hour, floor=talk.floor)
        yield "check", self._check(talk, talk.space, 1)
        if self.thorough:
            yield "minute zone", self._get("occupancy", **minute, scope=f"zone:{talk.zone}")
            yield "minute floor", self._get("occupancy", **minute, scope=f"floor:{talk.floor}")
            yield "confirmed", self._get("bookings", **day, zone=talk.zone, status="confirmed")
            yield "spaces", self._get("spaces", **hour, zone=talk.zone)
            for persons in (1, 2, 3, 4, 60):
                yield f"check {persons} nearby", self._check(talk, FREE_NEARBY[talk.zone], persons)
            yield "check all of it", self._check(talk, "VZ-101-102", 99)
            yield from self._calendars(talk)
            yield from self._pages(talk)

    def _calendars(self, talk: Talk) -> Iterator[tuple[str, TestResponse]]:
        scopes = ("space", talk.space), ("zone", talk.zone), ("floor", talk.floor), ("organisation", talk.organisation)
        for sort, code in scopes:
            address = self.town.calendar(self.who, f"{sort}:{code}")
            if address:
                yield f"calendar of a {sort}", self.town.app.test_client().get(address)

    def _pages(self, talk: Talk) -> Iterator[tuple[str, TestResponse]]:
        browser, day = self.town.browser(self.who), talk.start.date()
        for address in (
            f"/{'booths' if talk.is_in_a_booth else 'rooms'}?date={day}",
            f"/{'booths' if talk.is_in_a_booth else 'rooms'}/{talk.space}?date={day}",
            f"/occupancy?floor={talk.floor}&date={day}",
            "/occupancy/now",
            "/",
            "/metrics",
        ):
            yield address.partition("?")[0].removesuffix(f"/{talk.space}"), browser.get(address)

    def _get(self, call: str, **query: str) -> TestResponse:
        return self.town.app.test_client().get(f"/api/v1/{call}?{urlencode(query)}", headers=self._sent)

    def _check(self, talk: Talk, space: str, attendees: int) -> TestResponse:
        asked = {"space": space, "start": talk.start.isoformat(), "end": talk.end.isoformat(), "attendees": attendees}
        return self.town.app.test_client().post("/api/v1/bookings/check", json=asked, headers=self._sent)

    @property
    def _sent(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.town.token(self.who)}"}


def _read(answer: TestResponse, talk: Talk) -> Read:
    assert answer.status_code < 500, answer.request.url
    said = DRAWN_ANEW.sub("", answer.get_data(as_text=True)).replace("\r\n ", "")
    told = json.loads(said) if answer.is_json else {}
    at = talk.start.isoformat()
    found = [each for each in told.get("items", ()) if "start" in each and each["start"] <= at < each["end"]]
    return Read(
        answer.status_code,
        Counter(WORD.findall(said)),
        (answer.headers.get("ETag"), answer.headers.get("Last-Modified")),
        len(said),
        _persons(found[0], told) if "limit" in told and found and "persons" in found[0] else None,
        tuple(each["id"] for each in found if "id" in each and each["space"] == talk.space),
    )


def _persons(found: Mapping[str, int], told: Mapping[str, int]) -> tuple[int, int]:
    """As a program understands it that has read what a step is."""
    least = found["persons"]
    if "step" not in told or not least:
        return least, least + told.get("up_to_more", 0)
    return least, least - least % told["step"] + told["step"] - 1
