"""Work that may take seconds: answered as always when it is soon done, else by a page that says how far it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet

from flask import Flask, Response, current_app, redirect, render_template, stream_with_context, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import escape
from werkzeug.wrappers import Response as AnyResponse

from blueprints.web.faults import fault_sentence
from blueprints.web.identity import by
from models.actions.plans.make_plan import make_plan
from models.queries.plan_effects import Progress
from models.queries.plans import plan_handle
from models.rules.changes.change import Change
from models.rules.refusals import BadRequest

USUAL_PATIENCE = 2.0  # seconds in which nobody needs to be told anything
EACH = 0.5  # seconds between two lines of the page
HERE = "<!-- here -->"  # where in the page the lines come


class Work:
    """One plan being worked out in a thread with a database session of its own, and how far it is."""

    def __init__(self, make: Callable[[Progress], int]) -> None:
        self.done = self.of = 0
        pool = ThreadPoolExecutor(1)
        app = current_app._get_current_object()  # type: ignore[attr-defined]  # it is typed as what it stands for
        self.future: Future[str] = pool.submit(self._run, app, make)
        pool.shutdown(wait=False)

    def _run(self, app: Flask, make: Callable[[Progress], int]) -> str:
        """The plan's handle; asked for here, for the request still reads what was before there was one."""
        with app.app_context():
            return plan_handle(make(self._note))

    def _note(self, done: int, of: int) -> None:
        self.done, self.of = done, of

    def is_done_within(self, seconds: float) -> bool:
        try:
            self.future.exception(seconds)
        except NotYet:
            return False
        return True


def plan_page_once_made(make: Callable[[Progress], int]) -> AnyResponse:
    """303 to the plan; where it takes longer, a page that grows while it is made and then leads there by itself, with
    script or without. Raises what `make` raises as long as nothing has been said."""
    work = Work(make)
    if work.is_done_within(current_app.config.get("TREFPUNT_PATIENCE", USUAL_PATIENCE)):
        return redirect(_address(work.future.result()), 303)
    before, after = render_template("manage/plan_progress.html", lines=HERE).split(HERE)
    answer = Response(stream_with_context(_lines(work, before, after)), mimetype="text/html")
    answer.headers["X-Accel-Buffering"] = "no"  # a proxy must pass each line on at once
    answer.headers["Cache-Control"] = "no-store"
    return answer


def to_a_plan(changes: Sequence[Change], reason: str) -> AnyResponse:
    """From a change page into a plan: a draft in which everybody displaced has a new place; and to its page."""
    who = by()
    return plan_page_once_made(lambda progress: make_plan(changes, reason, who, progress=progress))


def _lines(work: Work, before: str, after: str) -> Iterator[str]:
    said = -1
    yield before
    while not work.is_done_within(EACH):
        if work.done != said:
            said = work.done
            yield f"<p>{escape(_so_far(work))}</p>\n"
    try:
        address, label = escape(_address(work.future.result())), escape(_("To the plan"))
        yield (
            f'<meta http-equiv="refresh" content="0; url={address}">'
            f'<p><a class="button button-primary" href="{address}">{label}</a></p>'
        )
    except BadRequest as wrong:
        yield f"<p><strong>{escape(fault_sentence(wrong))}</strong></p>"
    yield after


def _so_far(work: Work) -> str:
    return (
        ngettext(
            "%(done)d of %(num)d booking looked at", "%(done)d of %(num)d bookings looked at", work.of, done=work.done
        )
        if work.of
        else _("Looking for the bookings …")
    )


def _address(plan: str) -> str:
    return url_for("manage.plan_one", plan=plan)
