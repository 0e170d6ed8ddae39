"""The database cannot now: 503, when to come again, and one of three sentences that is true of what was asked."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from flask import Response, g, render_template, request
from flask_babel import gettext as _
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException

from blueprints.log_lines import told
from blueprints.web.identity import is_for_programs
from blueprints.web.problems import problem
from models.tables.transaction import may_have_kept

COME_AGAIN = 5  # seconds, in which a database that is there again is found to be
READING = ("GET", "HEAD", "OPTIONS")
NEVER_REPEATED = ("password", "token")  # what a field's name has in it that a page must not hold
KEY = "key"  # of a form that does nothing twice
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SentForm:
    """What somebody sent, to be sent again as it was. Not `whole`: a password or a file was in it, and is not here."""

    fields: tuple[tuple[str, str], ...] = ()
    whole: bool = False

    @property
    def is_done_once(self) -> bool:
        """However often it is sent."""
        return any(name == KEY and value for name, value in self.fields)


def cannot_answer(error: SQLAlchemyError) -> Response:
    """For a database that cannot now. Asks it nothing: what the answer needs lies in the request."""
    reads = request.method in READING
    in_doubt = not reads and may_have_kept(error)
    g.database_in_doubt = True
    logger.warning("answered 503: %s", told(error).rpartition("\n")[2])
    if is_for_programs():
        answer = problem(503, _("Not possible at this moment"), detail=_detail(reads=reads, in_doubt=in_doubt))
    elif request.path.endswith(".ics") or request.headers.get("HX-Request"):  # of a part of a page: see unanswered.js
        answer = Response(_detail(reads=reads, in_doubt=in_doubt), 503, content_type="text/plain; charset=utf-8")
    else:
        sent = SentForm() if reads else _sent_form()
        answer = Response(render_template("errors/503.html", reads=reads, in_doubt=in_doubt, sent=sent), 503)
    answer.headers["Retry-After"] = str(COME_AGAIN)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _detail(*, reads: bool, in_doubt: bool) -> str:
    if reads:
        return _("The data cannot be reached at this moment. Try again shortly.")
    if not in_doubt:
        return _("Nothing was booked or changed. Try again shortly.")
    if request.headers.get("Idempotency-Key"):
        return _(
            "It is not known whether this was done. Send it again with the same Idempotency-Key: it is done once, and "
            "answered."
        )
    return _("It is not known whether this was done. Look whether it is there before you send it again.")


def _sent_form() -> SentForm:
    try:
        sent, files = request.form, request.files
    except HTTPException:  # it broke off, or is too large
        return SentForm()
    fields = tuple((name, value) for name, value in sent.items(multi=True) if name != "csrf_token")
    may_be_held = tuple(each for each in fields if not any(word in each[0].lower() for word in NEVER_REPEATED))
    return SentForm(may_be_held, whole=not any(files.values()) and may_be_held == fields)
