"""How each sort of setting is read. A reader raises ValueError; the table in settings.py has the sentence for it."""

from __future__ import annotations

import re
from collections.abc import Callable
from ipaddress import IPv4Network, IPv6Network, ip_network
from urllib.parse import SplitResult, urlsplit

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from models.rules.values import EMAIL

Network = IPv4Network | IPv6Network
YES, NO = frozenset({"1", "true", "yes", "on"}), frozenset({"0", "false", "no", "off"})
BASE_PATH = re.compile(r"(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*")
MAIL_SCHEMES = ("smtp", "smtps")
SHORTEST_KEY = 16


def as_text(text: str) -> str:
    return text


def yes_or_no(text: str) -> bool:
    if text.lower() not in YES | NO:
        raise ValueError
    return text.lower() in YES


def whole_number(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not (text.isascii() and text.isdecimal() and len(text) < 10 and least <= int(text) <= most):
            raise ValueError
        return int(text)

    return read


def one_of(*choices: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in choices:
            raise ValueError
        return text

    return read


def base_url(text: str) -> str:
    """`https://host[:port][/path]`, without the slash at its end."""
    url = _split(text.rstrip("/"), ("http", "https"))
    if url.username is not None or url.query or url.fragment or not BASE_PATH.fullmatch(url.path):
        raise ValueError
    return url.geturl()


def mail_url(text: str) -> str:
    url = _split(text, MAIL_SCHEMES)
    if url.path not in ("", "/") or url.query or url.fragment:
        raise ValueError
    return text


def mail_address(text: str) -> str:
    return EMAIL.from_text(text)


def database_url(text: str) -> str:
    """For SQLAlchemy, with our driver: hosting firms hand out short forms, which ask for one that is not installed."""
    scheme, separator, rest = text.partition("://")
    url = f"postgresql+psycopg://{rest}" if separator and scheme in ("postgres", "postgresql") else text
    try:
        found = make_url(url)
    except ArgumentError as error:
        raise ValueError from error
    if found.drivername not in ("postgresql+psycopg", "sqlite"):
        raise ValueError
    return url


def networks(text: str) -> tuple[Network, ...]:
    """Addresses and networks, with commas or blanks between them."""
    return tuple(ip_network(each) for each in re.split(r"[,\s]+", text) if each)


def secret_key(text: str) -> str:
    if len(text) < SHORTEST_KEY:
        raise ValueError
    return text


def _split(text: str, schemes: tuple[str, ...]) -> SplitResult:
    url = urlsplit(text)
    _port = url.port  # raises for one that is none
    if url.scheme not in schemes or not url.hostname or any(each.isspace() for each in text):
        raise ValueError
    return url
