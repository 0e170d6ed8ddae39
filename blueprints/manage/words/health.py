"""What may be wrong with the service, in words: what it is and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

JOBS: Mapping[str, LazyString] = {
    "jobs": _("freeing, ending and reminding"),
    "mail": _("sending mail"),
    "files": _("reading and loading large files"),
}


@dataclass(frozen=True, slots=True)
class Trouble:
    """`tone`: that of a notice. Both sentences may have gaps."""

    tone: str
    title: LazyString
    to_do: LazyString


TROUBLES: Mapping[str, Trouble] = {
    "unreachable": Trouble(
        "error",
        _("The database does not answer"),
        _("Look whether its server runs and can be reached. Trefpunt goes on by itself once it is there again."),
    ),
    "not_migrated": Trouble(
        "error",
        _("The database waits for a migration"),
        _("Run “flask --app app db upgrade”, then start the web server anew."),
    ),
    "locked": Trouble(
        "error",
        _("Nobody can book or change anything"),
        _(
            "Somebody holds the database. Look for a program that was left open on it, and end that one. In "
            "PostgreSQL pg_stat_activity shows who has been in a transaction for longest."
        ),
    ),
    "full": Trouble(
        "error",
        _("The disk of the database is full, or nearly so"),
        _("Make room on it, or move the database. Until then pages can be read, and nothing is booked."),
    ),
    "read_only": Trouble(
        "error",
        _("The database can only be read"),
        _("Its disk was mounted so after a fault, or it is a copy that stands by. See the machine's own log first."),
    ),
    "no_worker": Trouble(
        "warning",
        _("The worker has never been here"),
        _("Start “flask --app app worker”. Without it no mail goes out, and no place that nobody came to is freed."),
    ),
    "worker_away": Trouble(
        "error",
        _("The worker stays away: %(job)s"),
        _("Look whether “flask --app app worker” runs and what its log says, then start it anew. Nothing is lost."),
    ),
    "worker_fails": Trouble(
        "warning",
        _("Something fails in the worker's rounds: %(job)s"),
        _("So it was in the round of %(at)s. It tries again each round. In its log, look for %(fault)s."),
    ),
    "mail_late": Trouble(
        "warning",
        _("Mail is late"),
        _("Look whether the mail server answers. All mail waits in its order and goes out by itself."),
    ),
    "mail_refused": Trouble(
        "warning",
        _("The mail server refused letters for good"),
        _("In the outbox each of them says why. Try it again, or drop it."),
    ),
}
