"""What a finder's address asks: who, when, how long, and the wishes beside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Form, RadioField, SelectField, SelectMultipleField
from wtforms.validators import Optional

from blueprints.booking.forms import choices
from blueprints.booking.messages import kind_word, layout_word, length_words
from blueprints.web.language import language
from blueprints.web.value_field import ValueField
from models.rules.house.house import House, Space
from models.rules.house.policy import KINDS
from models.rules.people.outsiders import may_book_in
from models.rules.people.person import Person
from models.rules.times.hours import closed_for
from models.rules.times.interval import Interval, civil_date, minus
from models.rules.values import DAY, SOME_PEOPLE, WALL_TIME

AT, THAT_DAY, SOONEST = "at", "day", "soonest"
LENGTHS = (15, 30, 45, 60, 90, 120, 180, 240, 480)
USUAL_LENGTH = 60
ANYWHERE = "any"
FIRST_HOUR, LAST_HOUR = 9, 17
THINGS_SHOWN = 10
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Asked:
    date: date
    start: time
    when: str = AT
    minutes: int = USUAL_LENGTH
    attendees: int | None = None
    kind: str = ""
    layout: str = ""
    equipment: tuple[str, ...] = ()
    accessible: bool = False
    near: str = ANYWHERE

    def address(self) -> dict[str, object]:
        """The query that asks the same again, without what says nothing."""
        moment = {"date": self.date.isoformat(), "start": f"{self.start:%H:%M}"}
        if self.when == THAT_DAY:
            del moment["start"]
        said = (
            {"attendees": self.attendees, "when": self.when}
            | (moment if self.when != SOONEST else {})
            | {
                "minutes": self.minutes,
                "kind": self.kind,
                "layout": self.layout,
                "equipment": list(self.equipment),
                "accessible": "y" if self.accessible else "",
                "near": self.near,
            }
        )
        return {name: value for name, value in said.items() if value not in (None, "", [])}

    @property
    def wishes(self) -> int:
        """How many of the wishes that lie folded away are set."""
        return len(self.equipment) + bool(self.layout) + self.accessible


class FindForm(Form):
    attendees = ValueField(None, SOME_PEOPLE)
    when = RadioField()
    date = ValueField(None, DAY)
    start = ValueField(None, WALL_TIME)
    minutes = SelectField(coerce=int)
    kind = SelectField(validators=[Optional()])
    near = SelectField()
    layout = SelectField(validators=[Optional()])
    equipment = SelectMultipleField()
    accessible = BooleanField()


def find_form(query: MultiDict, person: Person, house: House, now: datetime) -> FindForm:
    """The form with the query's values, and the usual ones for what it does not say."""
    first = next_hour(person, house, now)
    usual = {
        "when": AT,
        "date": first.date().isoformat(),
        "start": f"{first:%H:%M}",
        "minutes": str(USUAL_LENGTH),
        "near": person.home_zone or ANYWHERE,
    }
    if query.get("date", usual["date"]) != usual["date"]:
        usual["start"] = f"{time(FIRST_HOUR):%H:%M}"
    values = MultiDict(query)
    for name, value in usual.items():
        if not values.get(name):
            values[name] = value
    form = FindForm(values)
    _offer(form, [space for space in house.spaces.values() if may_book_in(person, space)], house, now)
    return form


def read_asked(form: FindForm) -> Asked | None:
    """What was asked, or None where part of it makes no sense; the fields then say what."""
    if not form.validate():
        _say_what_is_wrong(form)
        return None
    values = {name: value for name, value in form.data.items() if value is not None}
    return Asked(**values | {"equipment": tuple(sorted(set(form.equipment.data or ())))})


def _say_what_is_wrong(form: FindForm) -> None:
    """In our own words: those of the form library know no language but English."""
    for field in form:
        if field.errors and not isinstance(field, ValueField):
            field.errors = [_("Choose one of the values offered.")]


def next_hour(person: Person, house: House, now: datetime) -> datetime:
    """The next whole hour of the wall clock in which the building is open to this person: today still, or at nine on
    the first day that it is."""
    wall = now.astimezone(house.zone).replace(minute=0, second=0, microsecond=0)
    soon = wall + HOUR
    if FIRST_HOUR <= soon.hour < LAST_HOUR and is_open(Interval(soon, soon + HOUR), person, house):
        return soon
    return _first_morning(soon.date() + timedelta(days=soon.hour >= FIRST_HOUR), person, house) or soon


def next_open_day(person: Person, house: House, now: datetime) -> date:
    """Tomorrow, or the first day after it on which one can come."""
    tomorrow = civil_date(now, house.zone) + timedelta(days=1)
    first = _first_morning(tomorrow, person, house)
    return first.date() if first else tomorrow


def _first_morning(since: date, person: Person, house: House) -> datetime | None:
    """Nine o'clock on the first of two weeks' dates on which the building is open then."""
    mornings = (datetime.combine(since + timedelta(days=days), time(FIRST_HOUR), house.zone) for days in range(14))
    return next((each for each in mornings if is_open(Interval(each, each + HOUR), person, house)), None)


def is_open(during: Interval, person: Person, house: House) -> bool:
    """Whether staff are in the building then and this person's organisation has no day off."""
    building = ("building", house.building_of(person.home_zone))
    closed = closed_for(house.closures, person.organisation, during, house.zone)
    opened = minus(house.hours.stretches((building,), during, ("staff_access",)), closed)
    return any(stretch.covers(during) for stretch in opened)


def _offer(form: FindForm, spaces: list[Space], house: House, now: datetime) -> None:
    """Each list's choices, from what these spaces have."""
    here, today = language(), civil_date(now, house.zone)
    for name, words in (
        ("attendees", _("People")),
        ("when", _("When")),
        ("date", _("Date")),
        ("start", _("From")),
        ("minutes", _("How long")),
        ("kind", _("What")),
        ("near", _("Near")),
        ("layout", _("Layout")),
        ("equipment", _("Equipment")),
        ("accessible", _("Wheelchair accessible")),
    ):
        form[name].label.text = words
    form.when.choices = choices(
        {AT: _("At a set time"), THAT_DAY: _("Some time that day"), SOONEST: _("First free moment")}
    )
    form.minutes.choices = choices({minutes: length_words(minutes) for minutes in LENGTHS})
    kinds = {space.kind for space in spaces}
    form.kind.choices = choices({"": _("Any kind")} | {kind: kind_word(kind) for kind in KINDS if kind in kinds})
    form.near.choices = choices(
        {ANYWHERE: _("Anywhere")}
        | {
            zone.code: zone.names.in_language(here)
            for zone in sorted(house.zones.values(), key=lambda zone: (house.floors[zone.floor].level, zone.code))
        }
    )
    meant = [space for space in spaces if not form.kind.data or space.kind == form.kind.data]
    policies = [house.policy(space.code, today) for space in meant]
    layouts = sorted({layout for policy in policies if len(policy.capacities) > 1 for layout in policy.capacities})
    somewhere = {layout for space in spaces for layout in house.policy(space.code, today).capacities}
    form.layout.choices = choices(
        {"": _("Any layout")}
        | {layout: layout_word(layout) for layout in _with_asked(layouts, somewhere & {form.layout.data})}
    )
    several = [
        space
        for space, policy in zip(meant, policies, strict=True)
        if form.kind.data or not (policy.traits.one_person or policy.traits.receives_public)
    ]
    things = Counter(thing for space in several for thing in space.equipment)
    known = {thing for space in spaces for thing in space.equipment}
    form.equipment.choices = choices(
        {
            thing: thing
            for thing in _with_asked(
                [thing for thing, _number in things.most_common(THINGS_SHOWN)],
                [thing for thing in form.equipment.data or () if thing in known],
            )
        }
    )


def _with_asked(offered: Iterable[str], asked: Iterable[str]) -> Iterable[str]:
    """What was asked stays on the list, so that it can be seen and taken away."""
    return dict.fromkeys([*offered, *asked])
