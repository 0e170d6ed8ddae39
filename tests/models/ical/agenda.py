"""Events for the calendar tests, said in the wall time of Willebroek."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from models.ical.write import Event, calendar_text

BRUSSELS = ZoneInfo("Europe/Brussels")


def at(wall: str, zone: ZoneInfo = BRUSSELS, second_time: bool = False) -> datetime:
    """The instant of "2027-03-28 09:00" on the clock of a zone; of a time that comes twice, the first."""
    return datetime.fromisoformat(wall).replace(tzinfo=zone, fold=second_time).astimezone(UTC)


def event(start: datetime, length: timedelta = timedelta(hours=1), **others) -> Event:
    """A confirmed booking of an hour, but for what the test says otherwise."""
    given = {
        "uid": "overleg@trefpunt",
        "summary": "Overleg",
        "status": "confirmed",
        "sequence": 0,
        "changed_at": at("2027-01-04 08:00"),
        "created_at": at("2027-01-02 08:00"),
    }
    return Event(start=start, end=start + length, **(given | others))


def feed(
    *events: Event,
    zone: ZoneInfo = BRUSSELS,
    name: str = "Gemeente Willebroek",
    refresh: timedelta = timedelta(hours=1),
    method: str | None = None,
) -> bytes:
    """The events as a feed of the town, but for what the test says otherwise."""
    return calendar_text(events, name=name, zone=zone, product_id="-//Trefpunt//NL", refresh=refresh, method=method)


def lines(octets: bytes) -> list[str]:
    """The content lines of a file, unfolded."""
    return octets.replace(b"\r\n ", b"").decode().split("\r\n")
