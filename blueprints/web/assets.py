"""Addresses of style sheets, scripts and icons, which a browser may keep for as long as the file is as it is."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, request

A_YEAR, A_DAY = 365 * 24 * 60 * 60, 24 * 60 * 60
ON_EVERY_PAGE = ("tokens", "base", "layout", "forms", "components", "timeline")
SCRIPTS = ("vendor/htmx/htmx-2.0.11.min.js", "js/page.js", "js/copy.js", "js/dialog.js", "js/unanswered.js")


def start_assets(app: Flask) -> None:
    """`asset("css/booking.css")` in a template is its address; those of every page and the icons' are reckoned here,
    once: each page names some dozens of icons."""
    assert app.static_folder is not None, "create_app() names no other than the usual one"
    folder = Path(app.static_folder)
    prefix = f"{urlsplit(app.config['TREFPUNT_BASE_URL']).path}{app.static_url_path}"

    @cache
    def asset(name: str) -> str:
        return f"{prefix}/{name}?v={sha256((folder / name).read_bytes()).hexdigest()[:10]}"

    app.jinja_env.globals.update(
        asset=asset,
        sprite=asset("icons/sprite.svg"),
        style_sheets=[asset(f"css/{name}.css") for name in ON_EVERY_PAGE],
        scripts=[asset(name) for name in SCRIPTS],
    )
    app.after_request(_let_it_be_kept)


def _let_it_be_kept(response: Response) -> Response:
    """What bears its digest in its address never changes; a font is named in the sheet without one. Whoever works on
    the sheets (debug) sees each change at once."""
    if request.endpoint == "static" and response.status_code in (200, 304) and not current_app.debug:
        if "v" in request.args:
            response.headers["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
        elif request.path.endswith(".woff2"):
            response.headers["Cache-Control"] = f"public, max-age={A_DAY}"
    return response
