"""Style sheets, scripts, icons and fonts: kept in memory, plain and packed, at addresses that change with them."""

from __future__ import annotations

import gzip
import mimetypes
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, request
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from blueprints.web.packing import PACKED, sent_packed

A_YEAR, A_DAY = 365 * 24 * 60 * 60, 24 * 60 * 60
SHEETS = ("tokens", "base", "layout", "forms", "components", "timeline")
SCRIPTS = ("vendor/htmx/htmx-2.0.11.min", "js/htmx", "js/page", "js/copy", "js/dialog", "js/keys", "js/unanswered")
SHEET_OF_ALL, SCRIPT_OF_ALL = "css/every_page.css", "js/every_page.js"
TOGETHER = {  # what every page asks for, in one answer: by the name that it has for this alone
    SHEET_OF_ALL: [f"css/{name}.css" for name in SHEETS],
    SCRIPT_OF_ALL: [f"{name}.js" for name in SCRIPTS],
}
SORTS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".woff2": "font/woff2"}

STYLE_SHEET, SCRIPT = Markup('<link rel="stylesheet" href="{}">'), Markup('<script defer src="{}"></script>')
ICON = Markup('<svg class="icon{}" aria-hidden="true"><use href="{}#{}"/></svg>')


@dataclass(frozen=True, slots=True)
class File:
    """As it was when somebody asked for it first. `digest` stands in its address; `packed`: what gains by it."""

    sort: str
    content: bytes
    packed: bytes | None
    digest: str

    @property
    def lasts(self) -> str:
        """What bears its digest in its address never changes. A font is named in the sheet without one."""
        if request.args.get("v") == self.digest:
            return f"public, max-age={A_YEAR}, immutable"
        return f"public, max-age={A_DAY}" if self.sort == SORTS[".woff2"] else "no-cache"


def start_assets(app: Flask) -> None:
    """`asset("css/booking.css")` in a template is its address; those of every page and the icons' are reckoned here,
    once: each page names some dozens of icons."""
    assert app.static_folder is not None, "create_app() names no other than the usual one"
    folder = Path(app.static_folder)
    prefix = f"{urlsplit(app.config['TREFPUNT_BASE_URL']).path}{app.static_url_path}"
    kept = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.suffix in SORTS} | set(TOGETHER)

    def read(name: str) -> File:
        return _read([folder / each for each in TOGETHER.get(name, [name])])

    file = cache(read)

    def answered(filename: str) -> AnyResponse:
        """Whoever works on the sheets (debug) sees each change at once, and pictures are read from the disk."""
        if filename not in kept or (current_app.debug and filename not in TOGETHER):
            return app.send_static_file(filename)
        found = read(filename) if current_app.debug else file(filename)
        answer = Response(found.content, mimetype=found.sort)
        answer.set_etag(found.digest)
        answer.headers["Cache-Control"] = "no-cache" if current_app.debug else found.lasts
        return sent_packed(answer, found.packed).make_conditional(request)

    def asset(name: str) -> str:
        return f"{prefix}/{name}?v={file(name).digest}"

    sprite = asset("icons/sprite.svg")

    @cache
    def icon(name: str, size: str = "") -> Markup:
        return ICON.format(f" icon-{size}" if size else "", sprite, name)

    app.view_functions["static"] = answered
    app.extensions["trefpunt_asset"] = asset
    app.jinja_env.globals.update(
        asset=asset,
        sprite=sprite,
        icon_of_sprite=icon,
        style_sheet=STYLE_SHEET.format(asset(SHEET_OF_ALL)),
        script=SCRIPT.format(asset(SCRIPT_OF_ALL)),
    )


def address_of(name: str) -> str:
    """What a template asks of asset(): where a file of static/ lies, an address that changes with it."""
    address: str = current_app.extensions["trefpunt_asset"](name)
    return address


def _read(paths: list[Path]) -> File:
    content = b"\n".join(path.read_bytes() for path in paths)
    sort = SORTS.get(paths[0].suffix) or mimetypes.guess_type(paths[0])[0] or "application/octet-stream"
    packed = gzip.compress(content, mtime=0) if sort in PACKED else None
    return File(sort, content, packed, sha256(content).hexdigest()[:10])
