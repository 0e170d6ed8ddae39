"""What the processes of one run share: what takes long to make is made once, by whoever needs it first."""

from __future__ import annotations

import atexit
import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.memory import temporary_root

SHARE = "TREFPUNT_TESTS_SHARE"


def begin_to_share() -> Path:
    """The folder of this run, which the processes it starts find in their environment; gone when this one ends."""
    if SHARE not in os.environ:
        os.environ[SHARE] = tempfile.mkdtemp(prefix="trefpunt-share-", dir=temporary_root())
        atexit.register(shutil.rmtree, os.environ[SHARE], ignore_errors=True)
    return Path(os.environ[SHARE])


def once(name: str, make: Callable[[], str]) -> str:
    """What `make` answered to the first process that came; the others wait for it."""
    answer = begin_to_share() / f"{name}.made"
    with answer.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not answer.exists():
            answer.write_text(make(), encoding="utf-8")
    return answer.read_text(encoding="utf-8")
