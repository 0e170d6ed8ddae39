"""The brake on guessing passwords: one that whoever guesses pulls for themselves, never for the person they guess at.

Only what failed is counted, by the name that was typed and the place it was typed at: an address, or a browser in which
that person signed in before. Whether anybody has that name makes no difference here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address

WINDOW = timedelta(minutes=15)  # how long a failure counts at its place
NAME_WINDOW = timedelta(hours=1)  # and how long with its name, wherever it was typed
TRIES_HERE = 10  # of one name at one place
TRIES_OF_AN_ADDRESS = 200  # of all names: the whole town hall may stand behind one address
FREE_TRIES = 5  # of one name at all places, before each further one has to wait
LONGEST_DELAY = timedelta(minutes=5)
SECOND = timedelta(seconds=1)
IPV6_NETWORK = 64  # one line has that many addresses, and may take another for each try


@dataclass(frozen=True, slots=True)
class Failures:
    """What failed before. `here`: when, of this name at this place, newest first. `of_name`: how often in NAME_WINDOW,
    of this name at all places. `at_the_ceiling`: when the address had its TRIES_OF_AN_ADDRESS newest failure, if it has
    that many."""

    here: Sequence[datetime] = ()
    of_name: int = 0
    at_the_ceiling: datetime | None = None


def again_at(failures: Failures, now: datetime, *, knows_the_place: bool) -> datetime | None:
    """Before which instant no password is looked at here; None: it is looked at now.

    A place that did nothing wrong is never stopped by what others did, and one with a failure of its own waits at most
    LONGEST_DELAY for it: counted from that failure, so that whoever goes on guessing elsewhere does not prolong it. A
    browser that is known answers for itself alone.
    """
    waits = [at for at in (_here(failures), None if knows_the_place else _elsewhere(failures)) if at is not None]
    return max((at for at in waits if at > now), default=None)


def place_of(address: str) -> str:
    """An address as failures are counted by it: of IPv6 the whole network that one line is given."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return "nowhere"
    if not isinstance(found, IPv6Address):
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    network = int(found) >> (128 - IPV6_NETWORK) << (128 - IPV6_NETWORK)
    return f"{IPv6Address(network)}/{IPV6_NETWORK}"


def delay_after(failures_of_name: int) -> timedelta:
    """How long one waits after a failure of one's own: twice as long for each of this name, wherever that was."""
    too_many = failures_of_name - FREE_TRIES
    if too_many <= 0:
        return timedelta()
    return min(SECOND * (1 << min(too_many, 20)), LONGEST_DELAY)


def _here(failures: Failures) -> datetime | None:
    return failures.here[TRIES_HERE - 1] + WINDOW if len(failures.here) >= TRIES_HERE else None


def _elsewhere(failures: Failures) -> datetime | None:
    """By what else was tried from this address, and by what was tried of this name anywhere."""
    waits = []
    if failures.at_the_ceiling is not None:
        waits.append(failures.at_the_ceiling + WINDOW)
    if failures.here:
        waits.append(failures.here[0] + delay_after(failures.of_name))
    return max(waits, default=None)
