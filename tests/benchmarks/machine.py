"""On what it was measured: a figure without its machine and that machine's load says little."""

from __future__ import annotations

import os
import platform
import sqlite3


def machine() -> dict[str, object]:
    return {
        "cores": len(os.sched_getaffinity(0)),
        "processor": _processor(),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "load": load(),
    }


def load() -> list[float]:
    """Over one, five and fifteen minutes: how many processes wanted a core."""
    return [round(each, 2) for each in os.getloadavg()]


def _processor() -> str:
    with open("/proc/cpuinfo", encoding="utf-8") as told:
        return next((line.partition(":")[2].strip() for line in told if line.startswith("model name")), "unknown")
