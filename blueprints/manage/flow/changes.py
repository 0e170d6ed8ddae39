"""The page of what changes the house: its effects shown first, then a plan for those whom it displaces, or saved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from blueprints.manage.flow.page import Page, done
from blueprints.manage.flow.progress import to_a_plan
from blueprints.manage.words.capacity import above_days, above_rows, apart_words, booking_cells
from blueprints.manage.words.hours import unfit_rows
from models.actions.plans.apply_changes import apply_changes, effects_of
from models.queries.effects import Effects
from models.rules.changes.change import Change

MOST_SHOWN = 50


class ChangesPage(Page):
    """Of what changes the house. Its effects are shown before it is saved: whoever it displaces gets another place by a
    plan, or is left where they are, both on purpose; so is it where others' under secrecy lie in it. `saves`: the
    buttons that mean it; `asks_first`: not without showing whom it displaces; `plans`: it has a button for a plan."""

    saves: ClassVar[tuple[str, ...]] = ("save", "leave")
    asks_first: ClassVar[bool] = True
    plans: ClassVar[bool] = True
    tried: Effects | None = None

    def changes(self) -> Sequence[Change]:
        """What was filled in; BadRequest where that is nothing."""
        raise NotImplementedError

    def address(self) -> str:
        """Where it leads once it is saved."""
        assert request.endpoint is not None, "whoever is answered asked for an address"
        return url_for(request.endpoint, **request.view_args or {})

    def standing(self) -> Effects:
        """What does not fit the house as it is now."""
        return Effects()

    def filled(self, name: str) -> str | None:
        return self.form[name].data if name in self.form else None

    def effects(self) -> Effects:
        return effects_of(self.changes(), self.by, self.filled("reason") or "")

    def apply(self) -> Effects:
        return apply_changes(
            self.changes(),
            self.by,
            reason=self.filled("reason") or "",
            legal_basis=self.filled("legal_basis"),
            seen=self.form.last_seen,
        )

    def plan(self) -> Response:
        return to_a_plan(self.changes(), self.form.reason.data)

    def pressed(self) -> Response | str:
        if self.plans and self.step == "plan":
            return self.plan()
        if self.step not in self.saves or (self.asks_first and self.step != "leave"):
            effects = self.effects()
            if effects.listed_for(self.viewer).displaced or effects.apart or self.step not in self.saves:
                self.tried = effects
                return self.page()
        return self.save()

    def save(self) -> Response:
        effects = self.apply().listed_for(self.viewer)
        return done(self.address(), self.said(effects), self.left_words(effects) if effects.displaced else "")

    def said(self, effects: Effects) -> str:
        return _("Saved.")

    def left_words(self, effects: Effects) -> str:
        """Of those who are left where they are."""
        return ngettext(
            "%(num)d booking no longer fits. It stays as it is until somebody moves it.",
            "%(num)d bookings no longer fit. They stay as they are until somebody moves them.",
            len(effects.displaced),
        )

    def page(self, *, meanwhile: list[str] | None = None, **facts: object) -> str:
        viewer = self.viewer
        found = self.standing().within_reach_of(self.by.person, self.house) if self.tried is None else self.tried
        listed = found.listed_for(viewer)
        return super().page(
            meanwhile=meanwhile,
            is_preview=self.tried is not None,
            displaced=len(listed.displaced),
            above=above_rows(listed.above, viewer),
            above_in_all=len(listed.above),
            above_days=above_days(listed.above, listed.peaks, viewer),
            unfit=unfit_rows(listed.unfit, viewer),
            unfit_in_all=len(listed.unfit),
            in_the_way=[booking_cells(each, viewer) for each in listed.in_the_way[:MOST_SHOWN]],
            apart=apart_words(found.apart, self.house),
            **facts,
        )
