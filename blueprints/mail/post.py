"""Where a letter goes: to the mail server of TREFPUNT_MAIL_URL, or as a file into the folder of TREFPUNT_MAIL_DIR."""

from __future__ import annotations

import os
import secrets
import smtplib
import ssl
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from flask import current_app

SECONDS_TO_WAIT = 60
PORTS = {"smtp": 25, "smtps": 465}


class BadMailUrl(ValueError):
    """TREFPUNT_MAIL_URL is neither smtp://host nor smtps://host."""


def deliver(letter: EmailMessage) -> None:
    """Give the letter away. Returns once the server has taken it, or the file stands whole in its place."""
    url = current_app.config["TREFPUNT_MAIL_URL"]
    if url:
        _hand_over(letter, urlsplit(url))
    else:
        _put_down(letter, Path(current_app.config["TREFPUNT_MAIL_DIR"]))


def _put_down(letter: EmailMessage, folder: Path) -> None:
    """Named by its Message-ID: a letter written twice is one file, and nobody ever reads half of one."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = "".join(each for each in letter["Message-ID"] if each.isalnum() or each in "-.@_")
    aside = folder / f".{name}.{secrets.token_hex(4)}"
    with aside.open("wb") as file:
        file.write(letter.as_bytes())
        file.flush()
        os.fsync(file.fileno())
    os.replace(aside, folder / f"{name}.eml")


def _hand_over(letter: EmailMessage, url: SplitResult) -> None:
    if url.scheme not in PORTS or not url.hostname:
        raise BadMailUrl
    port = url.port or (587 if url.scheme == "smtp" and url.username else PORTS[url.scheme])
    trusted = ssl.create_default_context()
    with (
        smtplib.SMTP_SSL(url.hostname, port, timeout=SECONDS_TO_WAIT, context=trusted)
        if url.scheme == "smtps"
        else smtplib.SMTP(url.hostname, port, timeout=SECONDS_TO_WAIT)
    ) as server:
        server.ehlo()
        if url.scheme == "smtp" and server.has_extn("starttls"):
            server.starttls(context=trusted if url.username else _unproven())
            server.ehlo()
        if url.username:
            server.login(unquote(url.username), unquote(url.password or ""))
        server.send_message(letter)


def _unproven() -> ssl.SSLContext:
    """A relay inside the house often signed its own certificate; with no password to lose, better so than in clear."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
