"""Why a mail is not away, in words for whoever minds the machines."""

from __future__ import annotations

from collections.abc import Callable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

KINDS = {
    "booked": _l("A booking that was made"),
    "changed": _l("A booking that was changed"),
    "cancelled": _l("A booking that was cancelled"),
    "declined": _l("A request that was declined"),
    "approved": _l("A request that was approved"),
    "released": _l("A place that was given back"),
    "moved": _l("A booking that a plan moved"),
    "handed_on": _l("A booking that was handed on"),
    "taken_over": _l("A booking that was handed on"),
    "to_approve": _l("A request to decide on"),
    "asked_to_move": _l("A place that somebody else asks for"),
    "duties": _l("Duties at a counter"),
    "plan_part": _l("A part of a plan"),
    "plan_part_applied": _l("A part of a plan"),
    "plan_stopped": _l("A plan that was stopped"),
}
# By the word of blueprints/mail/line.py; the number is the mail server's own.
WHY: dict[str, Callable[[str], str]] = {
    "recipient_refused": lambda code: _("The mail server does not take this address (%(code)s).", code=code),
    "sender_refused": lambda code: _(
        "The mail server does not let us send as our own address (%(code)s). Look at TREFPUNT_MAIL_FROM.", code=code
    ),
    "content_refused": lambda code: _("The mail server does not take this message (%(code)s).", code=code),
    "address_refused": lambda _code: _("The mail server cannot write to an address with such letters."),
    "login_refused": lambda code: _(
        "The mail server refuses our name and password (%(code)s). Look at TREFPUNT_MAIL_URL.", code=code
    ),
    "server_refused": lambda code: _("The mail server turns us away (%(code)s).", code=code),
    "name_unknown": lambda _code: _("The name of the mail server is not known. Look at TREFPUNT_MAIL_URL."),
    "tls_failed": lambda _code: _("The mail server's certificate is not to be trusted."),
    "connection_refused": lambda _code: _("Nothing listens at the mail server's address. Look at TREFPUNT_MAIL_URL."),
    "no_answer_at_opening": lambda _code: _("The mail server does not answer. Look at TREFPUNT_MAIL_URL."),
    "no_answer_at_letter": lambda _code: _("The mail server broke off while it took this message."),
    "folder_not_written": lambda _code: _("The folder for mail cannot be written. Look at TREFPUNT_MAIL_DIR."),
}


def mail_words(kind: str) -> str:
    return str(KINDS.get(kind, _("A message")))


def is_of_the_server(fault: str) -> bool:
    """Whether it is the mail server's, or a letter's; not one of our own that only a programmer can mend."""
    return fault.partition(" ")[0] in WHY


def why_words(fault: str) -> str:
    """A sentence; of what only a programmer can mend, the word under which the log has it."""
    what, _space, code = fault.partition(" ")
    return WHY[what](code) if what in WHY else _("It could not be written: %(fault)s.", fault=fault)
