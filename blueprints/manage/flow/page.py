"""One way to run the page of whatever is managed: its form shown, filled in, saved; never over somebody else's change.

Whatever changes the house is tried out first, or planned: see flow_of_changes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import ClassVar, Protocol

from flask import flash, redirect, render_template, request
from werkzeug.wrappers import Response

from blueprints.manage import blueprint
from blueprints.manage.flow.forms import SeenForm
from blueprints.manage.words.capacity import change_words
from blueprints.web.identity import by
from blueprints.web.rights import needs
from models.queries.house import the_house
from models.queries.place_changes import PlaceChange, changes_after, last_change
from models.rules.house.house import House
from models.rules.people.discretion import Viewer
from models.rules.refusals import BadRequest, Refused
from models.rules.times.interval import civil_date

Answer = Response | str | tuple[str, int]


class Page:
    """One thing that somebody manages, as one request finds it. A sort of page says what it looks at, how its form
    starts, what saving does and what its template needs; answer() does the rest.

    `thing`, `code`: under which the log knows it.
    """

    template: ClassVar[str]
    thing: ClassVar[str] = ""
    form: SeenForm
    house: House
    today: date

    def __init__(self, code: str = "") -> None:
        self.code, self.by = code, by()
        self.look()
        self.form = self.first_form()

    def look(self) -> None:
        """What is managed, as it is now; aborts where there is no such thing, or it is not this person's to change."""
        self.house = the_house()
        self.today = civil_date(self.by.now, self.house.zone)

    def first_form(self) -> SeenForm:
        """As it holds now, or as somebody filled it in."""
        raise NotImplementedError

    def present(self) -> Mapping[str, object]:
        """What the form's fields would hold if nobody typed anything."""
        return {}

    def seen(self) -> int | str:
        """What tells one state of it from the next: its last change, its version or its mark."""
        return last_change(self.thing, self.code)

    def changes_meanwhile(self) -> list[PlaceChange]:
        """What others did to it since this page was opened; of a form that knows nothing of that, nothing."""
        seen = self.form.last_seen
        return [] if seen is None else changes_after(self.thing, self.code, seen)

    def news(self) -> list[str]:
        """The same in sentences."""
        return [change_words(each) for each in self.changes_meanwhile()]

    def save(self) -> Response:
        raise NotImplementedError

    def facts(self) -> Mapping[str, object]:
        """What its template needs beside the form."""
        return {}

    @property
    def viewer(self) -> Viewer:
        return Viewer.of(self.by.person, self.house)

    @property
    def step(self) -> str:
        """The button that was pressed."""
        return request.form.get("step", "")

    def answer(self) -> Answer:
        if request.method != "POST":
            if self.form.seen:
                self.form.remember(self.seen())
            return self.page()
        if not self.form.validate():
            return self.page(), 400
        try:
            return self.pressed()
        except BadRequest as wrong:
            self.blame(wrong)
            return self.page(), 400
        except Refused:
            return self.after_another(), 409

    def pressed(self) -> Response | str:
        return self.save()

    def blame(self, wrong: BadRequest) -> None:
        self.form.blame(wrong)

    def after_another(self) -> str:
        """The same form with what now holds, one's own kept, and what others did: whoever saves again has seen it."""
        self.look()
        news = self.news()
        self.form.show_present(self.present(), self.seen())
        return self.page(meanwhile=news)

    def page(self, *, meanwhile: list[str] | None = None, **facts: object) -> str:
        return render_template(self.template, **{"form": self.form, "meanwhile": meanwhile, **self.facts(), **facts})


class Versioned(Protocol):
    @property
    def version(self) -> int: ...


class VersionedPage(Page):
    """Of a row that carries its version itself; `row` is loaded by look()."""

    row: Versioned

    def seen(self) -> int:
        return self.row.version

    def news(self) -> list[str]:
        return []


class NumberedPage(VersionedPage):
    """Of a row that its address calls by its number."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__()


def shown_at(endpoint: str, right: str, *addresses: str, methods: tuple[str, ...] = ("GET", "POST")) -> Callable:
    """Where a sort of page is, the address that links have first, for whoever holds this right."""

    def registered(page: type[Page]) -> type[Page]:
        view = needs(right)(lambda **place: page(*place.values()).answer())
        for address in addresses:
            blueprint.add_url_rule(address, endpoint, view, methods=methods)
        return page

    return registered


def done(address: str, said: str, left: str = "") -> Response:
    """It is saved, and said on the page to which it leads. `left`: what somebody still has to see to."""
    flash(said, "success")
    if left:
        flash(left, "warning")
    return redirect(address, 303)
