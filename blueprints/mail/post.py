"""Where letters go: to the mail server of TREFPUNT_MAIL_URL, or as files into the folder of TREFPUNT_MAIL_DIR."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from email.message import EmailMessage
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from flask import current_app

from blueprints.mail.line import PORTS, Deadlines, Line, LineLost

Give = Callable[[EmailMessage], None]


class BadMailUrl(ValueError):
    """TREFPUNT_MAIL_URL is neither smtp://host nor smtps://host."""


@contextmanager
def open_post() -> Iterator[Give]:
    """Give letters away, all of them by one connection. A call returns once the server has taken it, or the file stands
    whole in its place; raises LetterRefused or LineLost. Opening raises LineLost too."""
    url = urlsplit(current_app.config["TREFPUNT_MAIL_URL"] or "")
    if not url.geturl():
        yield partial(_put_down, Path(current_app.config["TREFPUNT_MAIL_DIR"]))
        return
    if url.scheme not in PORTS or not url.hostname:
        raise BadMailUrl
    with closing(Line(url, current_app.config.get("TREFPUNT_MAIL_DEADLINES", Deadlines()))) as line:
        yield line.give


def _put_down(folder: Path, letter: EmailMessage) -> None:
    """Named by its Message-ID: a letter written twice is one file, and nobody ever reads half of one."""
    name = "".join(each for each in letter["Message-ID"] if each.isalnum() or each in "-.@_")
    aside = folder / f".{name}.{secrets.token_hex(4)}"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with aside.open("wb") as file:
            file.write(letter.as_bytes())
            file.flush()
            os.fsync(file.fileno())
        os.replace(aside, folder / f"{name}.eml")
    except OSError as error:
        raise LineLost("folder_not_written") from error
