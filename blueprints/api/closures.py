"""Closing days: which there are, add some, take one back."""

from __future__ import annotations

from datetime import date, timedelta

from flask import Response
from flask_babel import lazy_gettext as _

from blueprints.api import blueprint
from blueprints.api.answers import answered, today
from blueprints.api.caller import caller_as_viewer
from blueprints.api.conditions import if_still_so, shown
from blueprints.api.hours_json import closure_json, unfit_json
from blueprints.api.hours_shapes import Closed, Closure, ClosureBody, ClosureQuery
from blueprints.api.operation import operation
from blueprints.api.paging import answered_page, numbered_place_in, place_of
from blueprints.api.shapes import Page
from blueprints.web.identity import by
from blueprints.web.language import language
from blueprints.web.rights import needs
from models.actions.places.change_closure import remove_closure
from models.actions.plans.apply_changes import apply_changes
from models.queries.hours import closures_between, closures_by_id
from models.queries.house import the_house
from models.rules.house.house import House
from models.rules.refusals import NotFound
from models.rules.times.interval import civil_date, civil_day
from models.rules.values import Scope

A_DAY, A_YEAR = timedelta(days=1), timedelta(days=366)


@blueprint.get("/v1/closures")
@needs("see_spaces")
@operation(
    _("Closing days"),
    Page[Closure],
    query=ClosureQuery,
    notes=_("Those of the coming year, or from start until end, which is the first day not asked for."),
)
def list_closures(query: ClosureQuery) -> Response:
    house = the_house()
    first, last = _days(query, house)
    after = numbered_place_in(query.after)
    found = closures_between(
        first, last, limit=query.limit + 1, after=(civil_date(after[0], house.zone), after[1]) if after else None
    )
    return answered_page(
        found,
        query.limit,
        lambda each: closure_json(each, language()),
        lambda each: place_of(civil_day(each.day.day, house.zone).start, each.id),
    )


@blueprint.post("/v1/closures")
@needs("set_closures")
@operation(
    _("Close on a day or some days in a row"),
    Closed,
    status=201,
    body=ClosureBody,
    notes=_(
        "A day on which everyone meant is closed already is left out. No booking is deleted: those that no "
        "longer fit are listed."
    ),
)
def post_closure(body: ClosureBody) -> Response:
    place = Scope("municipality", the_house().code)
    change = body.change(place, body.organisations, first=body.from_, last=body.to)
    effects, viewer = apply_changes([change], by(), reason=""), caller_as_viewer()
    return answered(
        {
            "items": [closure_json(each, language()) for each in closures_by_id(effects.closed)],
            **unfit_json(effects, viewer),
        },
        201,
    )


@blueprint.get("/v1/closures/<int:closure_id>")
@needs("see_spaces")
@operation(_("One closing day"), Closure, has_tag=True)
def get_closure(closure_id: int) -> Response:
    return shown(_closure(closure_id))


@blueprint.delete("/v1/closures/<int:closure_id>")
@needs("set_closures")
@operation(_("Take a closing day back"), None, status=204, has_tag=True)
def delete_closure(closure_id: int) -> Response:
    with if_still_so(lambda: _closure(closure_id)):
        remove_closure(closure_id, by())
    return Response(status=204)


def _closure(closure_id: int) -> Closure:
    found = closures_by_id([closure_id])
    if not found:
        raise NotFound
    return closure_json(found[0], language())


def _days(query: ClosureQuery, house: House) -> tuple[date, date]:
    """The first and the last day asked for."""
    if query.start is None or query.end is None:
        return today(house), today(house) + A_YEAR
    return query.start, query.end - A_DAY
