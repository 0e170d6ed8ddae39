"""Many spaces in one table: numbers typed into their cells, and rules set for all that are chosen, tried out first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as AnyResponse

from blueprints.booking.messages import kind_word
from blueprints.manage import blueprint
from blueprints.manage.hours_words import unfit_rows
from blueprints.manage.place_words import fault_sentence, field_word
from blueprints.manage.plans_progress import to_a_plan
from blueprints.manage.policy_forms import GROUPS
from blueprints.manage.table_forms import (
    CELLS,
    TableForm,
    TableSearchForm,
    bulk_fields,
    cells_of,
    changes_of,
    table_form,
)
from blueprints.manage.table_words import cell_word, change_rows, changed_meanwhile, group_word, rule_text
from blueprints.manage.words import above_rows, booking_cells, what_binds
from blueprints.web.clock import now
from blueprints.web.identity import by, current_person
from blueprints.web.language import language
from blueprints.web.rights import needs
from models.actions.apply_changes import apply_changes, effects_of
from models.queries.effects import Effects
from models.queries.house import the_house
from models.queries.place_changes import changed_since, last_change_of_all
from models.rules.changes.checking import BadChanges
from models.rules.changes.spaces import OfASpace, policy_kept, rules_set_by, stated
from models.rules.changes.turned import narrowed, turned
from models.rules.discretion import Viewer
from models.rules.house import House, Space
from models.rules.interval import civil_date
from models.rules.person import Person
from models.rules.policy import KINDS, SpacePolicy
from models.rules.refusals import BadRequest, Refused
from models.rules.rights import may_edit_space, may_set_capacity_of

SHOWN_GROUPS = ("places", *(group for group, _names in GROUPS))
MOST_BOOKINGS, MOST_AT_ONCE = 50, 200


@dataclass(frozen=True, slots=True)
class Table:
    """The spaces that somebody looks at, with their policies of today as they were set."""

    house: House
    person: Person
    search: TableSearchForm
    spaces: dict[str, Space]
    policies: dict[str, SpacePolicy]
    left_out: int

    @property
    def today(self) -> date:
        return civil_date(now(), self.house.zone)

    def form(self) -> TableForm:
        allowed = frozenset().union(*(rules_set_by(self.person, space.owner) for space in self.spaces.values()))
        return table_form(
            self.policies, self.spaces, allowed, name_of=lambda space: space.names.in_language(language()),
            edits=any(may_edit_space(self.person, space.owner) for space in self.spaces.values()),
            today=self.today, seen=last_change_of_all())

    def chosen(self, form: TableForm) -> list[str]:
        ticked = set(request.form.getlist("space"))
        return [code for code in self.spaces if form.all.data or code in ticked]


@blueprint.route("/spaces/table", methods=["GET", "POST"])
@blueprint.route("/table", methods=["GET", "POST"])      # the address of links, for it is registered first
@needs("set_space_capacity")
def space_table() -> AnyResponse | str | tuple[str, int]:
    table = _table()
    form = table.form()
    if request.method == "GET":
        return _page(table, form)
    wish = _wish(table, form) if form.validate() else ()
    if not wish:
        return _page(table, form), 400
    try:
        return _tried_planned_or_saved(table, form, wish, request.form.get("step"))
    except BadChanges as wrong:
        form.form_errors = list(dict.fromkeys(_fault_words(wish[number].code, fault) for number, fault in wrong.faults))
        return _page(table, form), 400
    except BadRequest as wrong:
        form.form_errors = [fault_sentence(wrong)]
        return _page(table, form), 400
    except Refused:
        return _changed_meanwhile(form, wish)


def _table() -> Table:
    house, person = the_house(), current_person()
    day = civil_date(now(), house.zone)
    own = [space for space in house.spaces.values() if may_set_capacity_of(person, space.owner)]
    search = _search_form(own, house)
    found = [space for space in own if _is_wanted(space, search)]
    shown = {space.code: space for space in found[:MOST_AT_ONCE]}
    return Table(house, person, search, shown, {code: policy_kept(house, code, day) for code in shown},
                 len(found) - len(shown))


def _search_form(spaces: list[Space], house: House) -> TableSearchForm:
    form = TableSearchForm(request.args)
    floors, zones = {space.floor for space in spaces}, {space.zone for space in spaces}
    kinds = {space.kind for space in spaces}
    form.floor.choices = [("", _("All floors")), *((code, floor.names.in_language(language()))
                                                   for code, floor in house.floors.items() if code in floors)]
    form.zone.choices = [("", _("All zones")), *((code, zone.names.in_language(language()))
                                                 for code, zone in sorted(house.zones.items()) if code in zones)]
    form.kind.choices = [("", _("All kinds")), *((kind, kind_word(kind)) for kind in KINDS if kind in kinds)]
    form.validate()
    return form


def _is_wanted(space: Space, form: TableSearchForm) -> bool:
    text = (form.text.data or "").casefold()
    return ((not form.floor.data or form.floor.data == space.floor)
            and (not form.zone.data or form.zone.data == space.zone)
            and (not form.kind.data or form.kind.data == space.kind)
            and (not text or any(text in name.casefold() for name in (space.code, *space.names.values()))))


def _wish(table: Table, form: TableForm) -> tuple[OfASpace, ...]:
    """A cell of one's own counts more than what is set for all. None, with the reason on the form: nothing to do."""
    cells, same, chosen = form.changed_cells(table.spaces), form.for_all(), table.chosen(form)
    if same and not chosen:
        form.form_errors = [_("Choose the spaces for which it is meant.")]
        return ()
    said = {code: (same if code in chosen else {}) | cells.get(code, {}) for code in table.spaces}
    wish = [change for code, each in said.items()
            for change in changes_of(code, each, table.policies[code], form.valid_from.data)]
    if not wish:
        form.form_errors = [_("Change a number in the table, or choose spaces and say what is to be the same for all.")]
        return ()
    found = narrowed(wish, table.house, form.valid_from.data or table.today)
    if not found:
        form.form_errors = [fault_sentence(BadRequest("spaces", "nothing_changed"))]
    return found


def _tried_planned_or_saved(table: Table, form: TableForm, wish: tuple[OfASpace, ...],
                            step: str | None) -> AnyResponse | str:
    """Whoever would displace somebody is asked first whether they get a place, or are left where they are."""
    if step == "plan":
        return to_a_plan(wish, form.reason.data)
    if step != "leave":
        effects = effects_of(wish, by(), form.reason.data)
        if effects.displaced or step != "save":
            turned_so = turned(wish, table.house, form.valid_from.data or table.today)
            return _page(table, form, effects=effects, changes=change_rows(turned_so, table.house))
    return _saved(wish, apply_changes(wish, by(), reason=form.reason.data, seen=form.last_seen))


def _saved(wish: tuple[OfASpace, ...], effects: Effects) -> Response:
    number = len({change.code for change in wish})
    flash(ngettext("Saved: %(num)d space.", "Saved: %(num)d spaces.", number), "success")
    if effects.displaced:
        flash(ngettext("%(num)d booking no longer fits. It stays as it is until somebody moves it.",
                       "%(num)d bookings no longer fit. They stay as they are until somebody moves them.",
                       len(effects.displaced)), "warning")
    return redirect(_own_address(), 303)


def _changed_meanwhile(form: TableForm, wish: tuple[OfASpace, ...]) -> tuple[str, int]:
    """The same form with what now holds, what was typed here kept: whoever saves again has seen it."""
    table = _table()
    changes = changed_since([change.kept_as for change in wish], form.last_seen)
    cells = form.show_present(table.policies, last_change_of_all())
    return _page(table, form, meanwhile=changed_meanwhile(changes, cells, table.house)), 409


def _own_address(**changed: str) -> str:
    return url_for("manage.space_table", **{name: value for name, value in (request.args.to_dict() | changed).items()
                                            if value})


def _fault_words(code: str, fault: BadRequest) -> str:
    """The day is the same for all."""
    if fault.field == "from":
        return fault_sentence(fault)
    field = (cell_word("ceiling" if fault.field == "capacity" else "places") if fault.field.startswith("capacit")
             else field_word(fault.field))
    return _("%(place)s, %(field)s: %(reason)s", place=code, field=field, reason=fault_sentence(fault))


def _page(table: Table, form: TableForm, *, effects: Effects | None = None, changes: Iterable[dict] = (),
          meanwhile: Iterable[str] = ()) -> str:
    show = request.args.get("show", "")
    show = show if show in SHOWN_GROUPS else SHOWN_GROUPS[0]
    names = dict(GROUPS).get(show, ())
    chosen = set(table.chosen(form)) if request.method == "POST" else set()
    viewer = Viewer.of(table.person, table.house)
    return render_template(
        "manage/table.html", form=form, search=table.search, left_out=table.left_out, meanwhile=list(meanwhile),
        active=sum(bool(field.data) for field in table.search), kept={"show": show} if show != "places" else {},
        views=[{"label": group_word(group), "url": _own_address(show=group), "current": group == show}
               for group in SHOWN_GROUPS],
        columns=[field_word(name) for name in names], has_cells=show == "places", address=_own_address(),
        rows=[_row(space, table, form, names, chosen) for space in table.spaces.values()],
        groups=[(group_word(group), fields) for group, fields in bulk_fields(form)],
        is_bulk_open=request.method == "POST" and bool(form.for_all()) or any(
            field.errors for _group, fields in bulk_fields(form) for field in fields),
        is_preview=effects is not None, changes=list(changes),
        above=above_rows(effects.above[:MOST_BOOKINGS], viewer) if effects else [],
        unfit=unfit_rows(effects.unfit, viewer) if effects else [], unfit_in_all=len(effects.unfit) if effects else 0,
        displaced=len(effects.displaced) if effects else 0,
        in_the_way=[booking_cells(each, viewer) for each in effects.in_the_way[:MOST_BOOKINGS]] if effects else [])


def _row(space: Space, table: Table, form: TableForm, names: Iterable[str], chosen: set[str]) -> dict[str, object]:
    policy = table.policies[space.code]
    rules = stated(policy)
    places = table.house.policy(space.code, civil_date(now(), table.house.zone)).places(policy.default_layout)
    return {
        "code": space.code, "name": space.names.in_language(language()), "kind": kind_word(space.kind),
        "url": url_for("manage.space", code=space.code), "chosen": space.code in chosen, "active": policy.active,
        "counts": places.limit if places else 0, "rule": what_binds(policy, policy.default_layout),
        "cells": {name: form.cell(name, space.code) for name in CELLS},
        "was": {name: form[f"was_{name}_{space.code}"] for name in cells_of(policy)},
        "rules": [rule_text(name, rules[name]) for name in names]}
