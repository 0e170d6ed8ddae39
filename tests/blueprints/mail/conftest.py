"""The town whose mail is sent."""

from __future__ import annotations

from email import message_from_bytes, policy
from pathlib import Path

import pytest

from blueprints.mail.worker import run
from tests.blueprints.feeds.reading import Town
from tests.blueprints.mail.letterbox import letterbox


class PostTown(Town):
    """A town with a worker that puts its mail into a folder."""

    def work(self) -> None:
        with self.app.app_context():
            run(once=True)

    def files(self) -> list[Path]:
        return sorted(Path(self.app.config["TREFPUNT_MAIL_DIR"]).glob("*"))

    def post(self, subject: str = "") -> list:
        """What the worker now sends and has sent, oldest first, as mail programs read it; those with these words in
        their subject."""
        self.work()
        letters = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in self.files()]
        return sorted((each for each in letters if subject in each["Subject"]), key=lambda each: each["Date"].datetime)


@pytest.fixture
def town(demo_app, clock) -> PostTown:
    return PostTown(demo_app, clock)


@pytest.fixture
def box():
    with letterbox() as box:
        yield box
