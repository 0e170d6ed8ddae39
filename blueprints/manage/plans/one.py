"""One plan: whom it displaces and where they go; applied whole or not at all, thrown away, worked out anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import groupby

from flask import redirect, render_template, request, url_for
from flask_babel import format_date, ngettext
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from blueprints.booking.messages import place_name, sentence_of
from blueprints.booking.told import first_sentence
from blueprints.manage import blueprint
from blueprints.manage.flow.page import Answer, done
from blueprints.manage.flow.progress import plan_page_once_made
from blueprints.manage.plans.index import plan_or_abort
from blueprints.manage.plans.told import call_list
from blueprints.manage.words.plan_parts import organisation_name, part_row, waits_words
from blueprints.manage.words.plans import change_rows, move_row, news_sentence, plan_title
from blueprints.web.addresses import digits
from blueprints.web.dates import moment_text
from blueprints.web.faults import fault_sentence
from blueprints.web.identity import by, signed_in
from blueprints.web.rights import needs
from models.actions.plans.apply_plan import apply_plan
from models.actions.plans.discard_plan import discard_plan
from models.actions.plans.make_plan import refresh_plan
from models.actions.plans.mend_plan import mend
from models.queries.bookings import bookings_by_id
from models.queries.house import the_house
from models.queries.plan_moves import KeptMove, moves_of
from models.queries.plan_parts import as_seen
from models.queries.plans import KeptPlan, counts_of
from models.rules.changes.precedence import may_claim, precedence_of
from models.rules.people.discretion import Viewer, seen_by
from models.rules.people.reach import is_kept_apart
from models.rules.people.rights import holds
from models.rules.plans.view import PlanCounts, is_finished
from models.rules.refusals import BadRequest, Refused
from models.rules.times.interval import civil_date

A_PAGE = 100
OF_PLANS = frozenset({"bookings_left", "plan_outdated", "plan_applied_before", "plan_discarded", "changed_meanwhile"})


@blueprint.get("/plans/<plan>")
@needs("see_plan")
def plan_one(plan: str) -> str:
    return _page(plan_or_abort(plan))


@blueprint.post("/plans/<plan>/apply")
@needs("work_on_plan")
def plan_apply(plan: str) -> Answer:
    leaving = request.form.get("leaving") == "yes"
    return worked(
        plan,
        lambda number: (
            None
            if apply_plan(number, by(), seen=seen_version(), leaving=leaving)
            else _("Nothing is done yet: the plan waits for those whose bookings only they see. They have been told.")
        ),
        _("The plan is applied. Whoever was moved and has an e-mail address reads it there."),
    )


@blueprint.post("/plans/<plan>/discard")
@needs("work_on_plan")
def plan_discard(plan: str) -> Answer:
    return worked(
        plan,
        lambda number: discard_plan(number, by(), seen=seen_version()),
        _("The plan is thrown away. Nothing of the house has changed."),
        url_for("manage.plans" if holds(signed_in(), "make_plans") else "home.today"),
    )


@blueprint.post("/plans/<plan>/refresh")
@needs("work_on_plan")
def plan_refresh(plan: str) -> Answer:
    return worked(plan, lambda number: refresh_plan(number, by()), _("Worked out anew."))


def worked(handle: str, act: Callable[[int], str | None], said: str, address: str = "") -> Answer:
    """Done, and said on its own page or at another address, `said` unless the act says something else; or its page as
    it is now, with what stopped it."""
    plan = plan_or_abort(handle)
    try:
        said = act(plan.id) or said
    except Refused as refused:
        return _page(plan_or_abort(plan.handle), stopped=_stopped(refused)), refused.status
    except BadRequest as wrong:  # what made sense when it was planned makes none any more
        return _page(plan_or_abort(plan.handle), stopped=fault_sentence(wrong)), 422
    return done(address or url_for("manage.plan_one", plan=handle), said)


@blueprint.post("/plans/<plan>/mend")
@needs("make_plans")
def plan_mend(plan: str) -> Answer:
    """It works again: a plan that brings everybody back to where they were."""
    standing, who = plan_or_abort(plan), by()
    try:
        return plan_page_once_made(lambda progress: mend(standing.id, who, progress=progress))
    except BadRequest:
        return _page(plan_or_abort(plan), stopped=stopped_sentence("nothing_to_mend")), 422


def seen_version() -> int | None:
    return digits(request.form.get("seen"))


def back_to_plan(plan: KeptPlan, handle: str | None = None) -> Response:
    anchor = f"booking-{handle}" if handle else None
    return redirect(url_for("manage.plan_one", plan=plan.handle, _anchor=anchor), 303)


def _stopped(refused: Refused) -> str:
    code = refused.refusals[0].code
    return stopped_sentence(code) if code in OF_PLANS else first_sentence(refused, the_house())


def stopped_sentence(code: str) -> str:
    return {
        "bookings_left": _("Some bookings have no new place. Find one, or tick that they may stay where they are."),
        "plan_outdated": _(
            "Others booked meanwhile, so this plan no longer holds. Nothing is applied. It has been "
            "worked out anew: look at what is different, and apply it again."
        ),
        "plan_applied_before": _("This plan is applied already."),
        "plan_discarded": _("This plan was thrown away."),
        "nothing_to_mend": _("Nothing of this plan is out of order."),
        "changed_meanwhile": _("Somebody changed this plan while you were looking at it. Look at it again."),
    }.get(code, _("This is not possible (%(code)s).", code=code))


def _page(plan: KeptPlan, *, stopped: str = "") -> str:
    house, person = the_house(), signed_in()
    viewer, moves = Viewer.of(person, house), moves_of(plan.id)
    counts, seen = counts_of([plan.id], viewer)[plan.id], as_seen(plan, moves, viewer, by())
    may_list = holds(person, "make_plans")
    left = [each for each in seen.moves if each.to_space is None]
    moved = [each for each in seen.moves if each.to_space is not None]
    page, pages = _asked_page(len(moved))
    return render_template(
        "manage/plan_one.html",
        plan=plan,
        title=plan_title(plan, house),
        changes=change_rows(plan, house),
        counts=counts,
        figures=_figures(plan, counts),
        parts=[part_row(each, house) for each in seen.parts],
        part_of=organisation_name(plan.organisation, house) if plan.organisation else "",
        waits=waits_words(plan, house, seen.parts),
        own_left=sum(each.to_space is None for each in moves),
        stopped=stopped,
        news=_news(plan, moves, viewer),
        left=[move_row(each, viewer, plan) | {"day": _day(each, viewer)} for each in left],
        days=_by_day(moved[(page - 1) * A_PAGE : page * A_PAGE], viewer, plan),
        page=page,
        pages=pages,
        calls=call_list(plan, moves, viewer),
        is_finished=is_finished(plan.status, counts),
        mailed=sum(each.told == "mail" for each in seen.moves),
        claim=_claim(plan, moves, viewer),
        has_outage=any("out_of_service" in each["set"] for each in plan.changes),
        back={"label": _("Plans"), "url": url_for("manage.plans")}
        if may_list
        else {"label": _("Today"), "url": url_for("home.today")},
        made=_("%(who)s, %(when)s", who=plan.created_by_name, when=moment_text(plan.created_at)),
        applied=_("%(who)s, %(when)s", who=plan.applied_by_name, when=moment_text(plan.applied_at))
        if plan.applied_at
        else "",
    )


def _claim(plan: KeptPlan, moves: Iterable[KeptMove], viewer: Viewer) -> dict | None:
    """What holds a claim back, and for whom it is to go on; None for any other plan."""
    if plan.claims_for is None:
        return None
    body = precedence_of(plan.claims_for, viewer.house)
    consents = [each.consent for each in moves]
    held = [
        sentence_of(code, viewer.house, number)
        for code, number in (
            ("claim_without_place", sum(each.to_space is None for each in moves)),
            ("consent_refused", consents.count("refused")),
            ("consent_awaited", consents.count("asked")),
        )
        if number
    ]
    return {
        "body": place_name(f"precedence:{plan.claims_for}", viewer.house),
        "rank": body.rank if body else None,
        "may": body is not None and may_claim(viewer.person, body),
        "held": held if plan.status == "draft" else [],
        "booking_url": url_for("booking.one", handle=plan.booking) if plan.booking else "",
    }


def _asked_page(number: int) -> tuple[int, int]:
    pages = max(1, -(-number // A_PAGE))
    return min(digits(request.args.get("page")) or 1, pages), pages


def _by_day(moves: Iterable[KeptMove], viewer: Viewer, plan: KeptPlan) -> list[dict]:
    return [
        {"day": day, "rows": [move_row(each, viewer, plan) for each in here]}
        for day, here in groupby(moves, key=lambda each: _day(each, viewer))
    ]


def _day(move: KeptMove, viewer: Viewer) -> str:
    return format_date(civil_date(move.booking.during.start, viewer.house.zone), "EEEE d MMMM y")


def _figures(plan: KeptPlan, counts: PlanCounts) -> list[dict]:
    """Nobody is to be told of a draft."""
    figures = [
        {"label": _("Get another place") if plan.status == "draft" else _("Moved"), "value": counts.moved, "note": ""},
        {
            "label": _("Without a new place"),
            "value": counts.left,
            "note": _("They stay where they are.") if counts.left else "",
        },
        {
            "label": _("Still wait for approval"),
            "value": counts.waiting,
            "note": _("Of those with another place.") if counts.waiting else "",
        },
    ]
    if plan.status == "applied":
        told = counts.reached + counts.unreachable
        figures.append(
            {
                "label": _("Still to be told"),
                "value": counts.to_tell,
                "note": ngettext("%(num)d told or tried", "%(num)d told or tried", told) if told else "",
            }
        )
    return figures


def _news(plan: KeptPlan, moves: Iterable[KeptMove], viewer: Viewer) -> list[str]:
    """What it found otherwise when it was worked out anew; nobody needs to know once it is applied."""
    if plan.status != "draft" or not plan.news:
        return []
    known = {each.booking.id: each.booking for each in moves}
    missing = [each.booking for each in plan.news if each.booking not in known]
    known |= {each.id: each for each in bookings_by_id(missing)} if missing else {}
    said = []
    for each in plan.news:
        if each.booking in known and not is_kept_apart(viewer, known[each.booking]):
            said.append(news_sentence(each.what, seen_by(viewer, known[each.booking]), viewer.house))
    return said
