"""One booking of a plan: sent elsewhere by hand, or left where it is; judged at once."""

from __future__ import annotations

from flask import abort, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from blueprints.booking.moved import reason_sentence
from blueprints.booking.told import status_told
from blueprints.manage import blueprint
from blueprints.manage.plans.index import plan_or_abort
from blueprints.manage.plans.one import back_to_plan, seen_version, stopped_sentence
from blueprints.manage.words.plans import move_row, name_of, place_facts, plan_title
from blueprints.web.faults import fault_sentence
from blueprints.web.identity import by, signed_in
from blueprints.web.rights import needs
from models.actions.plans.adjust_move import adjust_move, offered_places
from models.queries.house import the_house
from models.queries.plan_moves import KeptMove, move_for
from models.queries.plans import KeptPlan
from models.rules.house.house import House
from models.rules.people.discretion import Viewer, seen_by
from models.rules.plans.view import reasons_seen
from models.rules.refusals import BadRequest, Refused
from models.rules.times.interval import civil_date

STAYS, OTHER = "-", "other"
OF_THE_PLAN = frozenset({"plan_outdated", "plan_applied_before", "plan_discarded", "changed_meanwhile"})


@blueprint.route("/plans/<plan>/bookings/<handle>", methods=["GET", "POST"])
@needs("work_on_plan")
def plan_adjust(plan: str, handle: str) -> Response | str | tuple[str, int]:
    kept = plan_or_abort(plan)
    move = move_for(Viewer.of(signed_in(), the_house()), kept.id, handle)
    if move is None:
        abort(404)
    if kept.status != "draft":
        return back_to_plan(kept, handle)
    if request.method == "GET":
        return _page(kept, move)
    chosen = _chosen()
    if not chosen:
        return _page(kept, move, [_("Choose a place, or let it stay where it is.")]), 400
    try:
        adjust_move(kept.id, move.booking.id, None if chosen == STAYS else chosen, by(), seen=seen_version())
    except BadRequest as wrong:
        return _page(kept, move, [fault_sentence(wrong)], chosen), 400
    except Refused as refused:
        return _page(plan_or_abort(plan), move, _why_not(refused, move), chosen), status_told(refused, the_house())
    return back_to_plan(kept, handle)


def _chosen() -> str:
    chosen = request.form.get("to", "")
    return request.form.get("space", "") if chosen == OTHER else chosen


def _why_not(refused: Refused, move: KeptMove) -> list[str]:
    """Of a booking that may only be seen as taken, only what is true of the place."""
    house = the_house()
    if any(each.code in OF_THE_PLAN for each in refused.refusals):
        return [stopped_sentence(refused.refusals[0].code)]
    viewer = Viewer.of(signed_in(), house)
    shown = reasons_seen(seen_by(viewer, move.booking), refused.refusals, viewer)
    return [reason_sentence(each, house) for each in shown] or [_("It does not accept this booking.")]


def _page(plan: KeptPlan, move: KeptMove, wrong: list[str] | None = None, chosen: str = "") -> str:
    house = the_house()
    viewer = Viewer.of(signed_in(), house)
    offered = offered_places(plan.id, move.booking.id, by())
    seen = seen_by(viewer, move.booking)
    day = civil_date(move.booking.during.start, house.zone)
    rows = [
        {
            "code": place.space,
            "name": name_of(place.space, house),
            "waits": place.waits,
            "facts": list(
                place_facts(
                    house.policy(place.space, day),
                    place.layout,
                    house.spaces[place.space].floor == house.spaces[move.from_space].floor,
                    house,
                    shows_layout=seen.detail != "busy",
                )
            ),
        }
        for place in offered
    ]
    codes = {place.space for place in offered}
    return render_template(
        "manage/plan_adjust.html",
        plan=plan,
        title=plan_title(plan, house),
        row=move_row(move, viewer, plan),
        places=rows,
        wrong=wrong or [],
        stays=STAYS,
        other=OTHER,
        chosen=chosen or move.to_space or "",
        others=_others(move, codes, house),
        is_other=bool(chosen) and chosen != STAYS and chosen not in codes,
    )


def _others(move: KeptMove, offered: set[str], house: House) -> list[tuple[str, str]]:
    """Every other space of its kind in the building: those that refuse it say why."""
    here = house.spaces[move.from_space]
    return [
        (code, f"{name_of(code, house)} ({code})")
        for code, space in house.spaces.items()
        if space.kind == here.kind and space.building == here.building and code not in offered and code != here.code
    ]
