"""Processes of their own that a test starts: forked from one that has read all code and opened nothing."""

from __future__ import annotations

from multiprocessing import get_context

STARTING = get_context("forkserver")  # to read all code takes each process two seconds
STARTING.set_forkserver_preload(
    ["blueprints.mail.worker", "tests.models.actions.racing_jobs", "tests.models.actions.racing"]
)
