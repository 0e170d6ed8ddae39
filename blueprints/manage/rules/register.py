"""The safety register: the history of every limit, to read, to print, and to take along as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from flask import Response, render_template, request
from flask_babel import format_date, format_datetime
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField
from wtforms.validators import Optional

from blueprints.booking.forms import choices
from blueprints.booking.messages import layout_word, place_name
from blueprints.manage import blueprint
from blueprints.manage.words.capacity import since_words
from blueprints.manage.words.rules import MODE_WORDS, RULES, parameter_words, places_words, rule_title, rule_title_in
from blueprints.web.addresses import url_with
from blueprints.web.clock import now
from blueprints.web.language import language
from blueprints.web.rights import needs
from blueprints.web.value_field import ValueField
from models.actions.files.import_writer import REASON as IMPORTED
from models.queries.house import the_house
from models.queries.register import register as register_lines
from models.rules.house.house import PLACE_SORTS, House, Rule
from models.rules.presence.register import PLACES, Line, lies_between
from models.rules.times.interval import civil_date
from models.rules.values import ALWAYS, DAY

MOST_SHOWN = 300
BYTE_ORDER_MARK = "\ufeff"  # by which Excel knows UTF-8
SEPARATOR = ";"  # the one that Excel expects in Belgium
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
WHAT = {
    "max_persons": _l("People at once"),
    "fire_max": _l("Fire limit"),
    "ventilation_m3h": _l("Ventilation (m³ an hour)"),
    "air_level": _l("Air level"),
    "ceiling": _l("Ceiling over every layout"),
    "mode": _l("How hard it holds"),
    "parameter": _l("Set to"),
    "applies_to": _l("Where it applies"),
}
SCOPE_WORDS = {
    "building": _l("Building"),
    "floor": _l("Floor"),
    "zone": _l("Zone"),
    "space": _l("Space"),
    "rule": _l("Rule"),
}


class RegisterFilter(FlaskForm):
    """In the address, so that a link shows the same to whoever opens it."""

    class Meta:
        csrf = False

    place = SelectField(_l("Place or rule"), [Optional()])
    first = ValueField(_l("Set or valid from"), DAY)
    last = ValueField(_l("Until and including"), DAY)

    def asked(self) -> dict[str, str]:
        """The filter as it stands in an address."""
        return {field.name: request.args[field.name] for field in self if field.data}


@blueprint.get("/register")
@needs("see_register")
def register() -> str | tuple[str, int]:
    house = the_house()
    form = _filter(house)
    is_right = form.validate()
    lines = _found(form, house) if is_right else []
    page = render_template(
        "manage/register.html",
        form=form,
        active=len(form.asked()),
        rows=_rows(lines[:MOST_SHOWN], house),
        shown=min(len(lines), MOST_SHOWN),
        in_all=len(lines),
        csv_url=url_with("manage.register_csv", form.asked()),
        printed=format_datetime(now(), "d MMMM y HH:mm"),
        house_name=house.names.in_language(language()),
    )
    return page if is_right else (page, 400)


@blueprint.get("/register.csv")
@needs("see_register")
def register_csv() -> Response | tuple[str, int]:
    """All of it, however long; a filter that cannot be read gives the page that says so."""
    house = the_house()
    form = _filter(house)
    if not form.validate():
        return register()
    name = f"register-{civil_date(now(), house.zone)}.csv"
    return Response(
        _csv(_found(form, house), house),
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"},
    )


def _filter(house: House) -> RegisterFilter:
    form, here = RegisterFilter(request.args), language()
    named = {
        "": _("Everything"),
        **{
            f"{sort}:{code}": f"{place.names.in_language(here)} ({code})"
            for sort in PLACE_SORTS
            for code, place in house.by_sort[sort].items()
        },
    }
    form.place.choices = choices(named | {f"rule:{code}": f"{code} {rule_title(code)}" for code in RULES})
    return form


def _found(form: RegisterFilter, house: House) -> list[Line]:
    scope, _colon, code = (form.place.data or "").partition(":")
    first, last = form.first.data, form.last.data
    lines = register_lines(house, {(scope, code)} if code else None)
    if first is None and last is None:
        return lines
    return [
        line
        for line in lines
        if lies_between(line, first, last, civil_date(line.set_at, house.zone) if line.set_at else None)
    ]


def _rows(lines: Iterable[Line], house: House) -> list[dict]:
    """What was set of one place at one moment stands together."""
    rows: dict[tuple, dict] = {}
    for line in lines:
        key = (line.scope, line.code, line.zone, line.valid_from, line.set_at, line.replaced_at)
        told = _row(line, house)
        rows.setdefault(key, told | {"values": []})["values"].append(told)
    return list(rows.values())


def _row(line: Line, house: House) -> dict[str, str]:
    """One line in words, the same on paper and in the file."""
    nothing_before = line.is_first or line.replaced_at is not None
    return {
        "scope": str(SCOPE_WORDS[line.scope]),
        "code": line.code,
        "name": _name(line, house),
        "what": _what(line),
        "before": "" if nothing_before else _value(line, line.before, house),
        "after": _value(line, line.after, house),
        "since": since_words(line.valid_from),
        "set": format_datetime(line.set_at, "d MMMM y HH:mm") if line.set_at else "",
        "who": line.author or ("" if line.set_at is None else _("Import")),
        "ground": line.legal_basis or "",
        "why": "" if line.author is None else _("Import") if line.reason == IMPORTED else line.reason,
        "note": _("set otherwise on %(when)s", when=format_datetime(line.replaced_at, "d MMMM y HH:mm"))
        if line.replaced_at
        else "",
    }


def _name(line: Line, house: House) -> str:
    if line.scope != "rule":
        return place_name(f"{line.scope}:{line.code}", house)
    return rule_title(line.code) if not line.zone else rule_title_in(line.zone, line.code, house)


def _what(line: Line) -> str:
    if line.what.startswith(PLACES):
        return _("Places: %(layout)s", layout=layout_word(line.what.removeprefix(PLACES)))
    return str(WHAT[line.what])


def _value(line: Line, value: object, house: House) -> str:
    if line.what == "mode":
        return str(MODE_WORDS[str(value)]) if value else _("as in the whole house") if line.zone else ""
    if line.what == "parameter" and value:
        return parameter_words(Rule(line.code, parameter=str(value)))
    if line.what == "applies_to":
        return places_words(str(value).split(";") if value else (), house, most=50)
    if value is None:
        return _("not offered") if line.what.startswith(PLACES) else "–" if line.scope == "rule" else _("no limit")
    return str(value)


def _csv(lines: Iterable[Line], house: House) -> Iterator[str]:
    """Its words are made before the answer goes out: afterwards there is no reader's language any more."""
    head = [
        _("Kind"),
        _("Code"),
        _("Name"),
        _("What"),
        _("Before"),
        _("After"),
        _("Valid from"),
        _("Set on"),
        _("Set by"),
        _("On what ground"),
        _("Why"),
        _("Remark"),
    ]
    return _written([head, *(_cells(line, _row(line, house)) for line in lines)])


def _cells(line: Line, row: dict[str, str]) -> list[str]:
    return [
        row["scope"],
        row["code"],
        row["name"],
        row["what"],
        row["before"],
        row["after"],
        _day(line),
        _moment(line),
        row["who"],
        row["ground"],
        row["why"],
        row["note"],
    ]


def _written(rows: Iterable[list[str]]) -> Iterator[str]:
    yield BYTE_ORDER_MARK
    for row in rows:
        paper = io.StringIO()
        csv.writer(paper, delimiter=SEPARATOR).writerow([harmless(cell) for cell in row])
        yield paper.getvalue()


def harmless(cell: str) -> str:
    """A spreadsheet takes what begins like this for a formula and would run it."""
    return f"'{cell}" if cell.startswith(STARTS_A_FORMULA) else cell


def _day(line: Line) -> str:
    """As a spreadsheet sorts it; empty for what held from the beginning."""
    return "" if line.valid_from == ALWAYS else line.valid_from.isoformat()


def _moment(line: Line) -> str:
    return format_date(line.set_at, "yyyy-MM-dd") + " " + format_datetime(line.set_at, "HH:mm") if line.set_at else ""
