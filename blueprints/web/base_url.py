"""Every address of ours is made from TREFPUNT_BASE_URL, path and all: what a request calls us is no matter, anybody
writes a Host header."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import Flask, current_app, request

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


def start_base_url(app: Flask) -> None:
    app.wsgi_app = AtBaseUrl(app, app.wsgi_app)  # type: ignore[method-assign,assignment]  # Flask's way to stand before it
    app.jinja_env.globals.update(here=here, base_path=base_path)
    # A form proves by its token where it comes from. The address it names beside it is another where a town reaches us
    # by two names, and is held back by some browsers.
    app.config.setdefault("WTF_CSRF_SSL_STRICT", False)


class AtBaseUrl:
    """Before the app: tells it that it was asked at the base URL. A path in it is taken off where the proxy left it on:
    no page of ours begins like it (settings_check.py), so either is understood."""

    def __init__(self, app: Flask, answer: WSGIApplication) -> None:
        self.app, self.answer = app, answer

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        scheme, host, path = _parts(self.app.config["TREFPUNT_BASE_URL"])
        environ.update({"wsgi.url_scheme": scheme, "HTTP_HOST": host, "SCRIPT_NAME": path})
        asked: str = environ.get("PATH_INFO", "")
        if path and f"{asked}/".startswith(f"{path}/"):
            environ["PATH_INFO"] = asked[len(path) :] or "/"
        return self.answer(environ, start)


def base_path() -> str:
    """What stands before each of our paths: nothing, or as in /trefpunt. url_for() has put it there already."""
    return _parts(current_app.config["TREFPUNT_BASE_URL"])[2]


def here() -> str:
    """The address of the page that was asked for, with its query."""
    return f"{request.script_root}{request.full_path if request.query_string else request.path}"


def absolute(path: str) -> str:
    """The whole address of a path of ours, from url_for() or written out below the base URL."""
    return f"{current_app.config['TREFPUNT_BASE_URL']}{path.removeprefix(base_path())}"


@cache
def _parts(base_url: str) -> tuple[str, str, str]:
    url = urlsplit(base_url)
    return url.scheme, url.netloc, url.path
