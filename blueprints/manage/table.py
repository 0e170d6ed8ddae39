"""Many spaces in one table: numbers typed into their cells, and rules set for all that are chosen, tried out first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as AnyResponse

from blueprints.booking.messages import kind_word
from blueprints.manage import blueprint
from blueprints.manage.hours_words import unfit_rows
from blueprints.manage.place_words import fault_sentence, field_word
from blueprints.manage.plans_making import change, to_a_plan
from blueprints.manage.policy_forms import GROUPS
from blueprints.manage.table_forms import CELLS, TableForm, TableSearchForm, bulk_fields, cells_of, table_form
from blueprints.manage.table_words import cell_word, change_rows, changed_meanwhile, group_word, rule_text
from blueprints.manage.words import above_rows, booking_cells, what_binds
from blueprints.web.clock import now
from blueprints.web.identity import current_person
from blueprints.web.language import language
from blueprints.web.rights import needs
from models.actions.change_many import MOST_AT_ONCE, Effects, ManyRefused, change_many, effects_of_many
from models.queries.house import the_house
from models.queries.many_changes import changed_since, last_change_of_all
from models.rules.discretion import Viewer
from models.rules.house import House, Space
from models.rules.interval import civil_date
from models.rules.many_changes import ManyChanges, SpaceChange, narrowed, policy_kept
from models.rules.person import Person
from models.rules.policy import KINDS, SpacePolicy
from models.rules.policy_change import rules_set_by, stated
from models.rules.refusals import BadRequest, Refused
from models.rules.rights import may_edit_space, may_set_capacity_of
from models.rules.what_if import UNCHANGED

SHOWN_GROUPS = ("places", *(group for group, _names in GROUPS))
MOST_BOOKINGS = 50


@dataclass(frozen=True, slots=True)
class Table:
    """The spaces that somebody looks at, with their policies of today as they were set."""

    house: House
    person: Person
    search: TableSearchForm
    spaces: dict[str, Space]
    policies: dict[str, SpacePolicy]
    left_out: int

    def form(self) -> TableForm:
        allowed = frozenset().union(*(rules_set_by(self.person, space.owner) for space in self.spaces.values()))
        return table_form(
            self.policies, self.spaces, allowed, name_of=lambda space: space.names.in_language(language()),
            edits=any(may_edit_space(self.person, space.owner) for space in self.spaces.values()),
            today=civil_date(now(), self.house.zone), seen=last_change_of_all())

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
    wish = _wish(table, form) if form.validate() else None
    if wish is None:
        return _page(table, form), 400
    try:
        return _tried_planned_or_saved(table, form, wish, request.form.get("step"))
    except BadRequest as wrong:
        form.form_errors = [fault_sentence(wrong)]
        return _page(table, form), 400
    except ManyRefused as refused:
        form.form_errors = [_("%(place)s, %(field)s: %(reason)s", place=code, field=_fault_field(fault),
                              reason=fault_sentence(fault)) for code, fault in refused.faults]
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


def _wish(table: Table, form: TableForm) -> ManyChanges | None:
    """A cell of one's own counts more than what is set for all. None, with the reason on the form: nothing to do."""
    cells, same, chosen = form.changed_cells(table.spaces), form.for_all(), table.chosen(form)
    is_bulk = same != SpaceChange()
    if is_bulk and not chosen:
        form.form_errors = [_("Choose the spaces for which it is meant.")]
        return None
    if not is_bulk and not cells:
        form.form_errors = [_("Change a number in the table, or choose spaces and say what is to be the same for all.")]
        return None
    spaces = {code: _of_one(cells.get(code, {}), same if code in chosen else SpaceChange(), table.policies[code])
              for code in table.spaces if code in cells or (is_bulk and code in chosen)}
    return ManyChanges(form.reason.data, spaces, form.valid_from.data)


def _of_one(cells: dict[str, int | None], same: SpaceChange, policy: SpacePolicy) -> SpaceChange:
    ceiling = cells.get("ceiling", same.ceiling)
    capacities = {policy.default_layout: cells["places"]} if "places" in cells else {}
    return SpaceChange(UNCHANGED if ceiling is UNCHANGED else ceiling, capacities, same.rules, same.active)


def _tried_planned_or_saved(table: Table, form: TableForm, wish: ManyChanges, step: str | None) -> AnyResponse | str:
    """Whoever would displace somebody is asked first whether they get a place, or are left where they are."""
    if step == "plan":
        today = civil_date(now(), table.house.zone)
        return to_a_plan(_as_changes(narrowed(wish, table.house, wish.valid_from or today)), wish.reason)
    if step != "leave":
        effects = effects_of_many(wish, current_person(), now())
        if effects.displaced or step != "save":
            return _page(table, form, effects=effects)
    return _saved(change_many(wish, current_person(), now(), seen=form.last_seen))


def _as_changes(wish: ManyChanges) -> list[dict]:
    """For each space all that is to be otherwise, as a plan takes it."""
    found = []
    for code, each in wish.spaces.items():
        values: dict[str, object] = {} if each.ceiling is UNCHANGED else {"capacity": each.ceiling}
        values |= ({"capacities": dict(each.capacities)} if each.capacities else {}) | dict(each.rules)
        found.append(change(f"space:{code}", values | ({} if each.active is None else {"active": each.active}),
                            wish.valid_from))
    return found


def _saved(effects: Effects) -> Response:
    number = len({each.space for each in effects.turned})
    flash(ngettext("Saved: %(num)d space.", "Saved: %(num)d spaces.", number), "success")
    if effects.displaced:
        flash(ngettext("%(num)d booking no longer fits. It stays as it is until somebody moves it.",
                       "%(num)d bookings no longer fit. They stay as they are until somebody moves them.",
                       len(effects.displaced)), "warning")
    return redirect(_own_address(), 303)


def _changed_meanwhile(form: TableForm, wish: ManyChanges) -> tuple[str, int]:
    """The same form with what now holds, what was typed here kept: whoever saves again has seen it."""
    table = _table()
    changes = changed_since("space", wish.spaces, form.last_seen)
    cells = form.show_present(table.policies, last_change_of_all())
    return _page(table, form, meanwhile=changed_meanwhile(changes, cells, table.house)), 409


def _own_address(**changed: str) -> str:
    return url_for("manage.space_table", **{name: value for name, value in (request.args.to_dict() | changed).items()
                                            if value})


def _fault_field(fault: BadRequest) -> str:
    return cell_word("ceiling" if fault.field == "capacity" else "places") if fault.field.startswith("capacit") \
        else field_word(fault.field)


def _page(table: Table, form: TableForm, *, effects: Effects | None = None, meanwhile: Iterable[str] = ()) -> str:
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
        is_bulk_open=request.method == "POST" and form.for_all() != SpaceChange() or any(
            field.errors for _group, fields in bulk_fields(form) for field in fields),
        is_preview=effects is not None, changes=change_rows(effects.turned, table.house) if effects else [],
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
