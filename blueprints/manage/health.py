"""What is wrong with the service, since when, and what to do about it: for whoever minds the machines."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from flask import current_app, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import make_url

from blueprints.booking.day import date_words
from blueprints.manage import blueprint
from blueprints.manage.words.health import JOBS, TROUBLES
from blueprints.manage.words.outbox import is_of_the_server, why_words
from blueprints.web.clock import now
from blueprints.web.readiness import ROUND_IS_OLD, SECONDS_LOCKED, State, state_of
from blueprints.web.rights import needs
from blueprints.web.settings_check import setting_doubts
from models.queries.house import the_house
from models.queries.outbox import mail_kept_since
from models.queries.rounds import Round, last_rounds
from models.rules.house.house import House
from models.rules.times.interval import civil_date

MAIL_IS_LATE = timedelta(minutes=15)


@blueprint.get("/health")
@needs("see_health")
def health() -> str:
    house, instant, state = the_house(), now(), state_of(current_app)
    rounds = last_rounds()
    of_the_server = _of_the_mail_server(rounds, state, house, instant)
    troubles = [
        *_of_the_database(state, house, instant),
        *_of_the_worker(rounds, house, instant),
        *of_the_server,
        *_of_mail(state, house, instant, is_told=bool(of_the_server)),
    ]
    return render_template(
        "manage/health.html",
        troubles=troubles,
        doubts=setting_doubts(current_app.config, os.environ),
        facts=_facts(state, rounds, house),
        outbox_url=url_for("manage.outbox"),
    )


def _of_the_database(state: State, house: House, instant: datetime) -> Iterator[dict]:
    if state.found is None:
        yield _trouble("unreachable", None, house)
        return
    if state.found.revision != state.newest:
        yield _trouble("not_migrated", None, house)
    if state.locked_seconds >= SECONDS_LOCKED:
        yield _trouble("locked", instant - timedelta(seconds=state.locked_seconds), house)
    if state.found.is_full:
        yield _trouble("full", None, house)
    if state.found.is_read_only:
        yield _trouble("read_only", None, house)


def _of_the_worker(rounds: list[Round], house: House, instant: datetime) -> Iterator[dict]:
    if not rounds:
        yield _trouble("no_worker", None, house)
    for job in dict.fromkeys(each.job for each in rounds):
        newest = next(each for each in rounds if each.job == job)
        if instant - newest.ended_at > ROUND_IS_OLD:
            yield _trouble("worker_away", newest.ended_at, house, job=JOBS.get(job, job))
        elif newest.fault and not (job == "mail" and is_of_the_server(newest.fault)):
            at = _moment(newest.ended_at, house)  # of since when nothing is written down
            yield _trouble("worker_fails", None, house, job=JOBS.get(job, job), fault=newest.fault, at=at)


def _of_the_mail_server(rounds: list[Round], state: State, house: House, instant: datetime) -> list[dict]:
    """What keeps all mail back, in the words of the outbox. When the first round failed is written down nowhere: since
    then is since when the oldest mail that it keeps back should have gone."""
    newest = next((each for each in rounds if each.job == "mail"), None)
    if newest is None or newest.fault is None or instant - newest.ended_at > ROUND_IS_OLD:
        return []
    if not is_of_the_server(newest.fault):
        return []
    waiting, since = state.found.mail.waiting if state.found else 0, mail_kept_since(newest.fault, instant)
    to_do = ngettext(
        "%(num)d mail waits, and goes out by itself once that is mended.",
        "%(num)d mails wait, and go out by themselves once that is mended.",
        waiting,
    )
    return [
        {
            "tone": "warning",
            "title": why_words(newest.fault),
            "to_do": to_do,
            "since": _moment(since, house) if since is not None else "",
            "leads_to_outbox": True,
        }
    ]


def _of_mail(state: State, house: House, instant: datetime, *, is_told: bool) -> Iterator[dict]:
    if state.found is None:
        return
    mail = state.found.mail
    if not is_told and mail.due_since is not None and instant - mail.due_since > MAIL_IS_LATE:
        yield _trouble("mail_late", mail.due_since, house, leads_to_outbox=True)
    if mail.refused:
        yield _trouble("mail_refused", None, house, leads_to_outbox=True)


def _trouble(name: str, since: datetime | None, house: House, *, leads_to_outbox: bool = False, **gaps: object) -> dict:
    trouble = TROUBLES[name]
    return {
        "tone": trouble.tone,
        "title": str(trouble.title) % gaps if gaps else str(trouble.title),
        "to_do": str(trouble.to_do) % gaps if gaps else str(trouble.to_do),
        "since": _moment(since, house) if since is not None else "",
        "leads_to_outbox": leads_to_outbox,
    }


def _facts(state: State, rounds: list[Round], house: House) -> list[tuple[str, str]]:
    newest = {job: next((each.ended_at for each in rounds if each.job == job), None) for job in JOBS}
    sort = make_url(current_app.config["SQLALCHEMY_DATABASE_URI"]).get_backend_name()
    return [
        (_("Version"), _version(current_app.root_path)),
        (_("Database"), {"sqlite": "SQLite", "postgresql": "PostgreSQL"}.get(sort, sort)),
        (_("Migration"), (state.found.revision if state.found else None) or ""),
        *((_("Last round: %(job)s", job=JOBS[job]), _moment(at, house) if at else "–") for job, at in newest.items()),
        (_("Mail that waits"), str(state.found.mail.waiting) if state.found else ""),
    ]


def _moment(instant: datetime, house: House) -> str:
    local = instant.astimezone(house.zone)
    return f"{date_words(civil_date(instant, house.zone), 'd MMMM yyyy')}, {local:%H:%M}"


@cache
def _version(root: str) -> str:
    return tomllib.loads((Path(root) / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
