"""What processes have used so far, told by the kernel: those of a server and of a database, with all they started."""

from __future__ import annotations

import os
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def family(first: int) -> list[int]:
    """A process and all that stem from it."""
    found = [first]
    for each in found:  # grows as it goes
        try:
            for thread in Path(f"/proc/{each}/task").iterdir():
                found += map(int, (thread / "children").read_text(encoding="ascii").split())
        except (FileNotFoundError, ProcessLookupError):
            continue  # ended in between
    return found


def cpu_ms(first: int) -> float:
    """CPU of this process and its family. Of those that ended, what whoever started them was told."""
    return sum(_cpu_ms(each, ended_too=each == first) for each in family(first))


def _cpu_ms(process: int, *, ended_too: bool) -> float:
    try:
        fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return sum(map(int, fields[11 : 15 if ended_too else 13])) * 1000 / TICKS  # utime stime cutime cstime


def forget_peaks(first: int) -> None:
    for each in family(first):
        Path(f"/proc/{each}/clear_refs").write_text("5", encoding="ascii")


def memory_mb(first: int, *, peak: bool) -> list[float]:
    """Of each process of the family, in the same order every time: now, or at its peak since forget_peaks()."""
    name = "VmHWM:" if peak else "VmRSS:"
    status = [Path(f"/proc/{each}/status").read_text(encoding="utf-8").split() for each in family(first)]
    return [int(words[words.index(name) + 1]) / 1024 for words in status]
