"""Where the tests' databases lie: in memory, if there is room: making one then takes a seventh of the time."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

IN_MEMORY = Path("/dev/shm")
ROOM = 2 * 1024**3


def temporary_root() -> str:
    """The folder for temporary folders. A container's own /dev/shm is often too small."""
    has_room = IN_MEMORY.is_dir() and os.access(IN_MEMORY, os.W_OK) and shutil.disk_usage(IN_MEMORY).free >= ROOM
    return str(IN_MEMORY) if has_room else tempfile.gettempdir()
