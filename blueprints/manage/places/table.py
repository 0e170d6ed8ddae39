"""Many spaces in one table: numbers typed into their cells, and rules set for all that are chosen, tried out first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from blueprints.booking.messages import kind_word
from blueprints.manage.flow.changes import ChangesPage
from blueprints.manage.flow.page import shown_at
from blueprints.manage.places.policy_forms import GROUPS
from blueprints.manage.places.table_forms import (
    CELLS,
    NOTHING,
    TableForm,
    TableSearchForm,
    bulk_fields,
    cells_of,
    changes_of,
    table_form,
)
from blueprints.manage.words.capacity import what_binds
from blueprints.manage.words.places import field_word, value_word
from blueprints.manage.words.table import cell_word, change_rows, changed_meanwhile, group_word
from blueprints.web.addresses import url_with
from blueprints.web.faults import fault_sentence
from blueprints.web.language import language
from models.queries.effects import Effects
from models.queries.place_changes import changed_since, last_change_of_all
from models.rules.changes.checking import BadChanges
from models.rules.changes.spaces import OfASpace, policy_kept, rules_set_by, stated
from models.rules.changes.turned import narrowed, turned
from models.rules.house.house import Space
from models.rules.people.rights import may_edit_space, may_set_capacity_of
from models.rules.refusals import BadRequest

SHOWN_GROUPS = ("places", *(group for group, _names in GROUPS))
MOST_AT_ONCE = 200


@shown_at("space_table", "set_space_capacity", "/table", "/spaces/table")
class TablePage(ChangesPage):
    """The spaces that somebody looks at, with their policies of today as they were set."""

    template = "manage/table.html"

    def look(self) -> None:
        super().look()
        own = [space for space in self.house.spaces.values() if may_set_capacity_of(self.by.person, space.owner)]
        self.search = TableSearchForm.among(own, self.house)
        found = [space for space in own if self.search.finds(space)]
        self.left_out = max(0, len(found) - MOST_AT_ONCE)
        self.spaces = {space.code: space for space in found[:MOST_AT_ONCE]}
        self.policies = {code: policy_kept(self.house, code, self.today) for code in self.spaces}

    def seen(self) -> int:
        return last_change_of_all()

    def present(self) -> Mapping[str, object]:
        return cells_of(self.policies)

    def first_form(self) -> TableForm:
        owners = {space.owner for space in self.spaces.values()}
        return table_form(
            self.present(),
            {code: space.names.in_language(language()) for code, space in self.spaces.items()},
            frozenset().union(*(rules_set_by(self.by.person, owner) for owner in owners)),
            self.today,
            edits=any(may_edit_space(self.by.person, owner) for owner in owners),
        )

    def chosen(self) -> set[str]:
        return {code for code in self.spaces if self.form.all.data or code in request.form.getlist("space")}

    def changes(self) -> Sequence[OfASpace]:
        """Only what is otherwise than it is."""
        form, same, chosen = self.form, self.form.for_all(), self.chosen()
        cells = form.changed_cells()
        if not same.says_nothing and not chosen:
            raise BadRequest("spaces", "none_chosen")
        typed = [
            change
            for code, policy in self.policies.items()
            for change in changes_of(
                code, same if code in chosen else NOTHING, cells.get(code, {}), policy, form.valid_from.data
            )
        ]
        if not typed:
            raise BadRequest("spaces", "nothing_typed")
        found = narrowed(typed, self.house, form.valid_from.data or self.today)
        if not found:
            raise BadRequest("spaces", "nothing_changed")
        return found

    def apply(self) -> Effects:
        self.touched = {change.kept_as for change in self.changes()}
        return super().apply()

    def blame(self, wrong: BadRequest) -> None:
        """Each fault with the space that it is of, but for those of the day, which is the same for all."""
        if not isinstance(wrong, BadChanges) or wrong.field == "from":
            super().blame(wrong)
            return
        changes = self.changes()
        self.form.form_errors = [
            _(
                "%(place)s, %(field)s: %(reason)s",
                place=changes[number].code,
                field=_fault_field(fault),
                reason=fault_sentence(fault),
            )
            for number, fault in wrong.faults
        ]

    def news(self) -> list[str]:
        seen = self.form.last_seen
        changes = [] if seen is None else changed_since(self.touched, seen)
        return changed_meanwhile(changes, self.form.was, self.present(), self.house)

    def address(self, **changed: str) -> str:
        asked = request.args.to_dict() | changed
        return url_with("manage.space_table", {name: value for name, value in asked.items() if value})

    def said(self, effects: Effects) -> str:
        return ngettext("Saved: %(num)d space.", "Saved: %(num)d spaces.", len(self.touched))

    def page(self, *, meanwhile: list[str] | None = None, **facts: object) -> str:
        day = self.form.valid_from.data or self.today
        changes = change_rows(turned(self.changes(), self.house, day), self.house) if self.tried else []
        return super().page(meanwhile=meanwhile, changes=changes, **facts)

    def facts(self) -> Mapping[str, object]:
        show = request.args.get("show", "")
        show = show if show in SHOWN_GROUPS else SHOWN_GROUPS[0]
        names, fields = dict(GROUPS).get(show, ()), bulk_fields(self.form)
        is_sent = request.method == "POST"
        chosen = self.chosen() if is_sent else set()
        return {
            "search": self.search,
            "left_out": self.left_out,
            "active": self.search.active,
            "kept": {"show": show} if show != "places" else {},
            "views": [
                {"label": group_word(group), "url": self.address(show=group), "current": group == show}
                for group in SHOWN_GROUPS
            ],
            "columns": [field_word(name) for name in names],
            "has_cells": show == "places",
            "address": self.address(),
            "rows": [self._row(space, names) | {"chosen": space.code in chosen} for space in self.spaces.values()],
            "groups": [(group_word(group), found) for group, found in fields],
            "is_bulk_open": is_sent
            and not self.form.for_all().says_nothing
            or any(field.errors for _group, found in fields for field in found),
        }

    def _row(self, space: Space, names: Iterable[str]) -> dict[str, object]:
        policy = self.policies[space.code]
        rules = stated(policy)
        places = self.house.policy(space.code, self.today).places(policy.default_layout)
        return {
            "code": space.code,
            "name": space.names.in_language(language()),
            "kind": kind_word(space.kind),
            "url": url_for("manage.space", code=space.code),
            "active": policy.active,
            "counts": places.limit if places else 0,
            "rule": what_binds(policy, policy.default_layout),
            "cells": {name: self.form.cell(name, space.code) for name in CELLS},
            "rules": [value_word(name, rules[name]) for name in names],
        }


def _fault_field(fault: BadRequest) -> str:
    return (
        cell_word("ceiling" if fault.field == "capacity" else "places")
        if fault.field.startswith("capacit")
        else field_word(fault.field)
    )
