"""The code by which a screen is paired: it stands on the screen, and somebody who may types it.

Nothing of it is kept anywhere. A browser that is no device yet has a secret of its own in its cookie; half of the code
comes of that secret, the other half is the house's own mark on the first, on where the screen stands and on the minute.
So a code that was made up is known for that, and so is one from before; and whoever reads a code off a screen has no
secret that leads to it.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import NamedTuple

from models.rules.codes import same_code
from models.rules.people.handles import READ_AS_NO_OTHER

KINDS = ("display", "kiosk")
PANEL = "panel"  # beside a door; it has its pairing page and cannot be paired yet
HALF = 5  # letters
STEP = timedelta(minutes=5)  # a code is good in the step in which it is shown and in the next
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
SILENT_AFTER = timedelta(minutes=5)


class Spot(NamedTuple):
    """What sort of screen, and the code of the zone (of a panel: of the space) whose it is."""

    kind: str
    code: str


def pairing_hash(secret: str, spot: Spot) -> str:
    """What the house keeps of a screen that is being paired: the half of its code that its secret makes."""
    return sha256(f"pairing {_own_half(secret, spot)} {_written(spot)}".encode()).hexdigest()


def pairing_code(secret: str, spot: Spot, key: str, now: datetime) -> str:
    """What a screen shows, such as K7FRM-2MX4P."""
    half = _own_half(secret, spot)
    return f"{half}-{_mark(half, spot, key, _step(now))}".upper()


def paired_by(typed: str, spots: Iterable[Spot], key: str, now: datetime) -> tuple[Spot, str] | None:
    """Which of these spots shows the code that somebody typed, with its pairing hash; None where none of them does, or
    did long ago."""
    letters = "".join(each for each in typed.lower() if each.isalnum())
    half, mark = letters[:HALF], letters[HALF:]
    for spot in spots:
        for step in (_step(now), _step(now) - 1):
            if hmac.compare_digest(_mark(half, spot, key, step).encode(), mark.encode()):
                return spot, sha256(f"pairing {half} {_written(spot)}".encode()).hexdigest()
    return None


def _own_half(secret: str, spot: Spot) -> str:
    return _letters(sha256(f"half {secret} {_written(spot)}".encode()).digest())


def _mark(half: str, spot: Spot, key: str, step: int) -> str:
    said = f"pairing {half} {step} {_written(spot)}".encode()
    return _letters(hmac.digest(key.encode(), said, "sha256"))


def _written(spot: Spot) -> str:
    """An address is typed at a television: in whichever case."""
    return f"{spot.kind} {same_code(spot.code)}"


def _step(now: datetime) -> int:
    return (now - EPOCH) // STEP


def _letters(octets: bytes) -> str:
    number, letters = int.from_bytes(octets), ""
    for _each in range(HALF):
        number, which = divmod(number, len(READ_AS_NO_OTHER))
        letters += READ_AS_NO_OTHER[which]
    return letters
