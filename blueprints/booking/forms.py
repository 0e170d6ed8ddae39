"""What a person fills in to book or change: shape only. Whether it may be is for the rules to say."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from flask_babel import LazyString
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, RadioField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired, Optional, Regexp
from wtforms.widgets import HiddenInput

from blueprints.booking.messages import sentence_of
from blueprints.web.language import NAMES
from blueprints.web.value_field import ValueField
from models.rules.bookings import fields
from models.rules.house.house import House
from models.rules.judging.when import desk_blocks
from models.rules.times.interval import Interval, LocalTimeMissing, wall_to_utc
from models.rules.values import (
    DAY,
    EMAIL,
    LINE,
    LONGEST_NOTE,
    NAME,
    NOTE,
    PEOPLE,
    PHONE,
    PRESS,
    ROW,
    SOME_PEOPLE,
    WALL_TIME,
    Text,
    Value,
    Whole,
)

BLOCKS = ("morning", "afternoon", "day")


def choices(labels: Mapping[str, str] | Mapping[int, str]) -> list[SelectChoice]:
    """The options of a list, by the value that is sent."""
    return [SelectChoice(value, label) for value, label in labels.items()]


class PersonField(ValueField):
    """Somebody whose name is typed; find_people() says who that is."""

    def __init__(self, label: str, hint: str, **options) -> None:
        super().__init__(label, LINE, description=hint, **options)


def _people(label: str, takes: Value = PEOPLE, hint: str = "") -> ValueField:
    return ValueField(label, takes, description=hint, render_kw={"inputmode": "numeric"})


def _line(label: str, takes: Value = LINE) -> ValueField:
    return ValueField(label, takes, render_kw={"autocomplete": "off"})


class ItemsField(SelectMultipleField):
    """Several of a list; an alternative, which is one press, sends them in one value."""

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata([item for value in valuelist for item in value.split(";") if item])


class WhenForm(FlaskForm):
    """A date with hours of the wall clock, or with a half-day. After validate(): `during`, the stretch in UTC."""

    date = ValueField(_("Date"), DAY, _("Choose a date."))
    start = ValueField(_("From"), WALL_TIME, _("Say from what time."))
    end = ValueField(_("Until"), WALL_TIME, _("Say until what time."))
    block = RadioField(
        _("Part of the day"),
        choices=choices({"morning": _("Morning"), "afternoon": _("Afternoon"), "day": _("Whole day")}),
        validators=[InputRequired(_("Choose morning, afternoon or the whole day."))],
    )

    during: Interval
    house: House

    def validate(self, extra_validators=None) -> bool:
        return super().validate(extra_validators) and self._reads_time()

    def _reads_time(self) -> bool:
        if "block" in self:
            self.during = block_during(self.date.data, self.block.data, self.house)
            return True
        try:
            self.during = hours_during(self.date.data, self.start.data, self.end.data, self.house)
        except LocalTimeMissing as missing:
            wrong = self.start if missing.wall.time() == self.start.data else self.end
            wrong.errors = [sentence_of("local_time_missing", self.house)]
            return False
        except ValueError:
            self.end.errors = [str(_("The end comes after the start."))]
            return False
        return True


class BookingForm(WhenForm):
    """A new booking, in the order in which it is asked. Fields that say nothing in a space are taken out by
    `booking_form`."""

    key = HiddenField(validators=[Optional(), Regexp(rf"^{PRESS.pattern}\Z")])
    attendees = _people(_("How many people"), SOME_PEOPLE, _("Everyone who is there, visitors too."))
    title = _line(_("Title"))
    layout = SelectField(_("Layout"), [Optional()])
    exclusive = BooleanField(
        _("Only for us"), description=_("The whole space, without other groups. This needs approval.")
    )
    visitors = _people(_("Of whom visitors"))
    wheelchair = _people(_("Of whom in a wheelchair"))
    evacuation_buddy = PersonField(
        _("Evacuation buddy"), _("Who helps a wheelchair user in case of fire. Type a name.")
    )
    equipment = ItemsField(
        _("What you cannot do without"), description=_("When it is out of order we look for another place in time.")
    )
    key_holder = SelectField(
        _("Key holder"), [Optional()], description=_("For an evening booking: who opens and locks up.")
    )
    service = SelectField(_("Service"), [Optional()])
    privacy = SelectField(
        _("What others see"),
        [Optional()],
        choices=choices(
            {
                "": _("As usual for this space"),
                "busy": _("Only that it is taken"),
                "title": _("The title too"),
                "public": _("Everyone may see it"),
            }
        ),
    )
    on_behalf_of = PersonField(_("For somebody else"), _("Type a name. Leave empty when it is for you."))
    caller_name = _line(_("Name of the caller"), NAME)
    caller_association = _line(_("Association"), NAME)
    caller_phone = ValueField(_("Telephone"), PHONE, render_kw={"inputmode": "tel", "autocomplete": "off"})
    caller_email = ValueField(
        _("E-mail"),
        EMAIL,
        description=_("Then they get the letters about it."),
        render_kw={"inputmode": "email", "autocomplete": "off"},
    )
    caller_language = SelectField(_("Language of the letters"), [Optional()], choices=choices(NAMES))
    channel = SelectField(
        _("Asked"),
        [Optional()],
        choices=choices(
            {
                "web": _("Here"),
                "phone": _("By telephone"),
                "counter": _("At the counter"),
                "mail": _("By mail"),
                "post": _("By post"),
            }
        ),
    )
    note = ValueField(_("Note"), NOTE, render_kw={"rows": 3})
    override_reason = _line(_("Why it must be possible all the same"), Text(LONGEST_NOTE))
    repeat = SelectField(
        _("Repeat"),
        [Optional()],
        choices=choices(
            {
                "": _("Does not repeat"),
                "daily": _("Every day"),
                "weekly": _("Every week"),
                "fortnightly": _("Every two weeks"),
                "monthly_day": _("Every month, same date"),
                "monthly_weekday": _("Every month, same weekday"),
            }
        ),
    )
    until = ValueField(_("Last date"), DAY)
    count = ValueField(_("Or how many times"), Whole(1, 400))
    on_conflict = SelectField(
        _("If a date is not possible"),
        [Optional()],
        choices=choices(
            {
                "all": _("Book nothing and tell me"),
                "skip": _("Leave that date out"),
                "alternative": _("Take another space on that date"),
            }
        ),
    )

    def validate(self, extra_validators=None) -> bool:
        return super().validate(extra_validators) and self._ends_somewhere() and self._names_the_caller()

    def _names_the_caller(self) -> bool:
        """Whatever is said of a caller, their name is. The language alone says nothing: one is always chosen."""
        said = [self[name].data for name in CALLER[1:-1] if name in self]
        if any(said) and not self[CALLER[0]].data:
            self[CALLER[0]].errors = [str(_("Say who it is for."))]
            return False
        return True

    def _ends_somewhere(self) -> bool:
        if "repeat" in self and self.repeat.data and (self.until.data is None) == (self.count.data is None):
            self.until.errors = [str(_("Say until when, or how many times."))]
            return False
        return True


# A caller is asked by several fields, a name and what belongs to it.
CALLER = tuple(f"caller_{each.name}" for each in dataclasses.fields(fields.Caller))
PARTS = {"caller": CALLER}
_STANDS = {each.name for each in fields.ASKED if each.stands}
ASKED = (*(name for name in vars(BookingForm) if name in _STANDS), *PARTS)
NAMED = tuple(name for name in ASKED if name not in PARTS and getattr(BookingForm, name).field_class is PersonField)


def label_of(name: str) -> LazyString:
    """What a field of a booking is called, wherever it is shown."""
    return getattr(BookingForm, PARTS.get(name, (name,))[0]).args[0]


def leave_out(form: BookingForm, names: Iterable[str]) -> None:
    """Take these fields of a booking off the form."""
    for part in _parts(names):
        if part in form:
            del form[part]


def without(form_class: type[BookingForm], names: Iterable[str]) -> type[BookingForm]:
    """The same form, without these fields from the beginning: most of the time that a form takes is that of making its
    fields."""
    return _without(form_class, frozenset(_parts(names)))  # type: ignore[arg-type]  # a class does have a hash


def _parts(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        yield from PARTS.get(name, (name,))


@lru_cache(maxsize=500)
def _without(form_class: type[BookingForm], parts: frozenset[str]) -> type[BookingForm]:
    return type(form_class.__name__, (form_class,), dict.fromkeys(parts))


class ChangeForm(BookingForm):
    """An existing booking otherwise. `version`: the one that was looked at; `scope`: which dates of its series."""

    version = ValueField(None, ROW, widget=HiddenInput())
    space = SelectField(_("Space"), [InputRequired()])
    scope = RadioField(
        _("Change"),
        choices=choices(
            {"this": _("Only this date"), "following": _("This date and all that follow"), "all": _("All dates")}
        ),
        default="this",
    )


class ReasonForm(FlaskForm):
    reason = ValueField(_("Why not?"), NOTE, _("Give a reason: whoever asked will read it."))


def block_during(day: date, block: str, house: House) -> Interval:
    """The half-day or day of a desk, as the rules know it."""
    return desk_blocks(day, house.zone)[BLOCKS.index(block)]


def hours_during(day: date, start: time, end: time, house: House) -> Interval:
    """From one wall time to another of a date; 00:00 ends that day. Raises ValueError, LocalTimeMissing."""
    last = day + timedelta(days=1) if end == time() else day
    return Interval(
        wall_to_utc(datetime.combine(day, start), house.zone), wall_to_utc(datetime.combine(last, end), house.zone)
    )


def block_of(during: Interval, house: House) -> str:
    """Which half-day a desk's booked time stands for."""
    day = during.start.astimezone(house.zone).date()
    morning, afternoon, _day = desk_blocks(day, house.zone)
    if not during.overlaps(afternoon):
        return "morning"
    return "day" if during.overlaps(morning) else "afternoon"


def repeat_rule(form: BookingForm) -> str | None:
    """The RRULE of what was chosen, or None where it does not repeat."""
    if "repeat" not in form or not form.repeat.data:
        return None
    day = form.date.data
    rule = {
        "daily": "FREQ=DAILY",
        "weekly": "FREQ=WEEKLY",
        "fortnightly": "FREQ=WEEKLY;INTERVAL=2",
        "monthly_day": "FREQ=MONTHLY",
        "monthly_weekday": f"FREQ=MONTHLY;BYDAY={_nth_weekday(day)}",
    }[form.repeat.data]
    end = f"UNTIL={form.until.data:%Y%m%d}" if form.until.data else f"COUNT={form.count.data}"
    return f"{rule};{end}"


def _nth_weekday(day: date) -> str:
    """Such as 2TU; a fifth one means the last, since most months have only four."""
    nth = (day.day + 6) // 7
    return f"{nth if nth < 5 else -1}{('MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU')[day.weekday()]}"
