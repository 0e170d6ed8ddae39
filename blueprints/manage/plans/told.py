"""Whoever a plan moved and has no e-mail: a list to call and tick off, and a letter for each to print."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask import abort, current_app, redirect, render_template, request, url_for
from flask_babel import force_locale, format_date, ngettext
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response

from blueprints.booking.messages import when_words
from blueprints.booking.moved import reason_sentence
from blueprints.feeds.words import place_words
from blueprints.manage import blueprint
from blueprints.manage.plans.index import plan_or_abort
from blueprints.web.clock import now
from blueprints.web.identity import by, signed_in
from blueprints.web.language import language, language_of
from blueprints.web.rights import needs
from models.actions.plans.tick_move import OUTCOMES, tick
from models.queries.bookings import people_of
from models.queries.house import the_house
from models.queries.plan_moves import KeptMove, moves_of
from models.queries.plans import KeptPlan
from models.rules.house.house import House, Organisation
from models.rules.people.callers import organiser_of
from models.rules.people.discretion import Viewer, may_be_named_to_tell, phone_to_tell, seen_by
from models.rules.people.person import Person
from models.rules.people.reach import is_kept_apart, kept_by
from models.rules.plans.view import reasons_seen
from models.rules.times.interval import civil_date

BY_HAND = ("to_tell", *OUTCOMES)


@dataclass(frozen=True, slots=True)
class ToTell:
    """One person and all their moves. `name` None: whose these are may not be seen; then it is one booking, or all of
    an organisation that are kept apart. `phone`: their own, of a caller."""

    name: str | None
    organisation: Organisation
    moves: list[KeptMove]
    phone: str | None = None
    is_apart: bool = False

    @property
    def handle(self) -> str:
        """They are told by, among all: that of the first of their bookings, or the organisation whose own people tell
        them."""
        return self.organisation.code if self.is_apart else self.moves[0].booking.handle

    @property
    def told(self) -> str:
        """Still to be told as long as one of the moves is."""
        return min((move.told for move in self.moves if move.told), key=BY_HAND.index)


@blueprint.post("/plans/<plan>/told/<handle>")
@needs("work_on_plan")
def plan_tell(plan: str, handle: str) -> Response:
    """One press for a person: all that this plan moved of theirs."""
    kept = plan_or_abort(plan)
    outcome = request.form.get("outcome", "")
    person = next(
        (each for each in _people(moves_of(kept.id), Viewer.of(signed_in(), the_house())) if each.handle == handle),
        None,
    )
    if person is None:
        abort(404)
    if outcome not in OUTCOMES:
        abort(400)
    for move in person.moves:
        tick(kept.id, move.booking.id, outcome, by())
    return redirect(url_for("manage.plan_one", plan=plan, _anchor="to-tell"), 303)


@blueprint.get("/plans/<plan>/letters")
@needs("see_plan")
def plan_letters(plan: str) -> str:
    """A page for each person who can be named, in their own language. `?of=`: of this one alone."""
    kept = plan_or_abort(plan)
    house = the_house()
    viewer = Viewer.of(signed_in(), house)
    alone = request.args.get("of")
    named = [each for each in _people(moves_of(kept.id), viewer) if each.name and alone in (None, "", each.handle)]
    people = people_of(each.moves[0].booking for each in named)
    letters = [_letter(each, organiser_of(each.moves[0].booking, people, house), viewer) for each in named]
    return render_template("manage/plan_letters.html", plan=kept, letters=letters)


def call_list(plan: KeptPlan, moves: Iterable[KeptMove], viewer: Viewer) -> list[dict]:
    """Who has no e-mail, those still to be told first."""
    people = _people(moves, viewer) if plan.status == "applied" else []
    return [_call(each, plan, viewer.house) for each in sorted(people, key=lambda each: BY_HAND.index(each.told))]


def _people(moves: Iterable[KeptMove], viewer: Viewer) -> list[ToTell]:
    found: dict[object, ToTell] = {}
    for move in moves:
        if move.told not in BY_HAND:
            continue
        booking, house = move.booking, viewer.house
        if is_kept_apart(viewer, booking):
            keepers = house.organisations[kept_by(booking, house)]
            found.setdefault(keepers.code, ToTell(None, keepers, [], is_apart=True)).moves.append(move)
            continue
        whose = house.organisations[booking.organisation]
        if may_be_named_to_tell(viewer, booking):
            one = ToTell(booking.organiser_name, whose, [], phone_to_tell(viewer, booking))
        else:
            one = ToTell(None, _who_runs(booking.space, house), [])
        found.setdefault((booking.whose,) if one.name else booking.id, one).moves.append(move)
    return list(found.values())


def _who_runs(space: str, house: House) -> Organisation:
    """Whose people see to it where nobody may be named: those of whom the space is, else the host's."""
    owner = house.spaces[space].owner
    host = next((each for each in house.organisations.values() if each.is_host), None)
    return house.organisations.get(owner or "") or host or next(iter(house.organisations.values()))


def _call(person: ToTell, plan: KeptPlan, house: House) -> dict:
    number = len(person.moves)
    return {
        "handle": person.handle,
        "name": person.name,
        "told": person.told,
        "organisation": person.organisation.names.in_language(language()),
        "phone": person.phone or person.organisation.contact_phone,
        "moves": [] if person.is_apart else [_move_words(move, house, language()) for move in person.moves],
        "others": ngettext("%(num)d booking that only they see", "%(num)d bookings that only they see", number)
        if person.is_apart
        else "",
        "told_by": next((move.told_by_name for move in person.moves if move.told_by_name), ""),
        "told_at": max((move.told_at for move in person.moves if move.told_at), default=None),
        "tell_url": url_for("manage.plan_tell", plan=plan.handle, handle=person.handle),
        "letter_url": url_for("manage.plan_letters", plan=plan.handle, of=person.handle) if person.name else "",
    }


def _move_words(move: KeptMove, house: House, spoken: str) -> dict:
    before, after = when_words(move.booking.during, house), when_words(move.during, house)
    return {
        "when": after,
        "before": "" if before == after else before,
        "from": place_words(house.spaces[move.from_space], spoken),
        "to": place_words(house.spaces[move.to_space], spoken) if move.to_space else "",
    }


def _letter(told: ToTell, person: Person, viewer: Viewer) -> dict:
    spoken, house = language_of(person), viewer.house
    host = next((each for each in house.organisations.values() if each.is_host), told.organisation)
    with force_locale(f"{spoken}_BE"):
        rows = [
            _move_words(move, house, spoken)
            | {
                "floor": house.floors[house.spaces[move.to_space or move.from_space].floor].names.in_language(spoken),
                "why": [
                    reason_sentence(each, house)
                    for each in reasons_seen(seen_by(viewer, move.booking), move.reasons, viewer)
                ],
            }
            for move in told.moves
        ]
        written = current_app.jinja_env.get_template("manage/plan_letter.html").render(
            name=person.name,
            organisation=told.organisation.names.in_language(spoken),
            municipality=house.names.in_language(spoken),
            phone=host.contact_phone,
            moves=rows,
            date=format_date(civil_date(now(), house.zone), "long"),
            subject=ngettext("Your booking has another place", "Your bookings have another place", len(rows)),
        )
    return {"spoken": spoken, "written": Markup(written), "about": _("Letter to %(name)s", name=person.name)}
