"""What of our mail is not away, why, and what may be done about it: for whoever minds the machines.

They are told of letters, not of what is in them or who reads it. Where an organisation keeps secrecy, or a talk is
nobody's business, not even what sort of letter it is or to which domain it goes: that somebody of that service was
written to a minute ago would say whose the talk is that was taken a minute ago.
"""

from __future__ import annotations

from datetime import datetime

from flask import render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from blueprints.manage import blueprint
from blueprints.manage.flow.page import done
from blueprints.manage.words.outbox import mail_words, why_words
from blueprints.web.clock import now
from blueprints.web.covered import MAIL, covered
from blueprints.web.dates import moment_text
from blueprints.web.identity import by
from blueprints.web.language import language
from blueprints.web.rights import needs
from models.actions.outbox import drop, send_again
from models.queries.house import the_house
from models.queries.outbox import Unsent, one_unsent, unsent_counts, unsent_mail
from models.queries.rounds import last_rounds
from models.rules.house.house import House


@blueprint.get("/outbox")
@needs("see_outbox")
def outbox() -> str:
    house, instant = the_house(), now()
    waiting, failed = unsent_counts()
    return render_template(
        "manage/outbox.html",
        server=_server_fault(),
        waiting=[_row(each, house, instant) for each in unsent_mail(failed=False)],
        failed=[_row(each, house, instant) for each in unsent_mail(failed=True)],
        number_waiting=waiting,
        number_failed=failed,
    )


@blueprint.post("/outbox/<mail:number>/again")
@needs("mind_outbox")
def send_one_again(number: int) -> Response:
    return _done(send_again(*by(), outbox_id=number))


@blueprint.post("/outbox/again")
@needs("mind_outbox")
def send_failed_again() -> Response:
    return _done(send_again(*by()))


@blueprint.get("/outbox/<mail:number>/drop")
@needs("mind_outbox")
def ask_to_drop(number: int) -> Response | str:
    mail = one_unsent(number)
    if mail is None:
        return done(url_for("manage.outbox"), _("That mail is on its way already."))
    return render_template("manage/drop_mail.html", row=_row(mail, the_house(), now()))


@blueprint.post("/outbox/<mail:number>/drop")
@needs("mind_outbox")
def drop_one(number: int) -> Response:
    """Pressed twice, or by two people: dropped all the same."""
    drop(number, *by())
    return done(url_for("manage.outbox"), _("That mail is not sent any more."))


def _done(number: int) -> Response:
    """None: it went meanwhile, or is being sent."""
    said = ngettext("%(num)d mail is tried at once.", "%(num)d mails are tried at once.", number)
    return done(url_for("manage.outbox"), said if number else _("That mail is on its way already."))


def _server_fault() -> dict[str, str] | None:
    """What keeps all mail back: the fault in which the newest round ended, where it is the server's and no letter's."""
    newest = next((each for each in last_rounds() if each.job == "mail"), None)
    if newest is None or newest.fault is None:
        return None
    return {"why": why_words(newest.fault), "at": moment_text(newest.ended_at)}


def _row(mail: Unsent, house: House, instant: datetime) -> dict[str, object]:
    hidden = _is_hidden(mail, house)
    return {
        "number": covered(mail.id, MAIL),
        "what": _("A message") if hidden else mail_words(mail.kind),
        "to": _("Not shown: talks in confidence") if hidden else _whose(mail, house),
        "written": moment_text(mail.written_at),
        "tries": mail.attempts,
        "why": why_words(mail.error) if mail.error else "",
        "next": "" if mail.failed_at else _next_words(mail, instant),
        "failed": moment_text(mail.failed_at) if mail.failed_at else "",
        "again_url": url_for("manage.send_one_again", number=mail.id),
        "drop_url": url_for("manage.ask_to_drop", number=mail.id),
    }


def _is_hidden(mail: Unsent, house: House) -> bool:
    whose = {*mail.about, mail.organisation} - {None}
    return mail.is_private or any(
        house.organisations[each].professional_secrecy for each in house.organisations if each in whose
    )


def _whose(mail: Unsent, house: House) -> str:
    """The domain, by which somebody who minds mail servers knows what to mend; no name, and nothing before the @."""
    domain = mail.address.rpartition("@")[2] if mail.address else _("no address")
    if mail.organisation is None:
        return domain
    return f"{house.organisations[mail.organisation].names.in_language(language())}, {domain}"


def _next_words(mail: Unsent, instant: datetime) -> str:
    if mail.leased_until is not None and mail.leased_until > instant:
        return _("being sent")
    if mail.waits:
        return _("once an older one to the same person is away")
    return moment_text(mail.due_at) if mail.due_at > instant else _("at the next round")
