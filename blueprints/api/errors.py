"""The one place where an action's no becomes a problem document."""

from __future__ import annotations

from flask import Response, url_for
from flask_babel import gettext as _

from blueprints.api import blueprint
from blueprints.api.reading import InvalidInput
from blueprints.api.reason_json import alternatives, reasons, refused_dates
from blueprints.booking.told import told_of_refused
from blueprints.web.base_url import base_path
from blueprints.web.problems import malformed_problem, not_found, problem
from models.queries.house import the_house
from models.rules.refusals import BadRequest, NotAllowed, NotFound, Refused, SeriesRefused, status_of

REFUSED = "/api/docs#refused"  # RFC 9457: a type is an address that explains it


@blueprint.errorhandler(InvalidInput)
def malformed(error: InvalidInput) -> Response:
    return malformed_problem(error.faults)


@blueprint.errorhandler(BadRequest)
def senseless(error: BadRequest) -> Response:
    return malformed_problem([error])


@blueprint.errorhandler(NotFound)
def unknown(_error: NotFound) -> Response:
    return not_found()


@blueprint.errorhandler(NotAllowed)
def not_allowed(_error: NotAllowed) -> Response:
    return problem(403, _("You may not do this"), detail=_("You may see this, but not do this with it."))


@blueprint.errorhandler(Refused)
def refused(error: Refused) -> Response:
    house = the_house()
    listed = told_of_refused(error, house)
    found = reasons(listed, house)
    extra = {"refused": refused_dates(error.dates, house)} if isinstance(error, SeriesRefused) else {}
    answer = problem(
        status_of(listed),
        _("This is not possible"),
        type=f"{base_path()}{REFUSED}",
        detail=" ".join(dict.fromkeys(each["message"] for each in found)),
        refusals=found,
        alternatives=alternatives(error.alternatives, house),
        **extra,
    )
    if error.receipt is not None:  # in a header: asked again, the same refusal is the same document
        explained = url_for("booking.refusal_explained", receipt=error.receipt)
        answer.headers["Link"] = f'<{explained}>; rel="describedby"'
    return answer
