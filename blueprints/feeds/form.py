"""What somebody may choose when they make a calendar address."""

from __future__ import annotations

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField
from wtforms.validators import InputRequired

from blueprints.booking.forms import SelectChoice
from blueprints.booking.messages import kind_word
from blueprints.feeds.words import place_words
from models.rules.house.house import House
from models.rules.people.outsiders import may_book_in
from models.rules.people.person import Person

KINDS_OFFERED = ("meeting_room", "meeting_space", "booth", "counter")  # a desk has no agenda that others follow


class FeedForm(FlaskForm):
    scope = SelectField(
        _("What do you want to see?"), [InputRequired(_("Choose what you want to see."))], default="mine"
    )
    detail = RadioField(
        _("How much may it tell?"),
        default="full",
        choices=[
            SelectChoice("full", _("Everything you may see")),
            SelectChoice("title", _("The title, without names")),
            SelectChoice("busy", _("Only that it is taken")),
        ],
    )

    def offer(self, person: Person, house: House, language: str) -> FeedForm:
        """My own bookings first, then zones, then spaces by kind: where this person may book."""
        mine = [space for space in house.spaces.values() if may_book_in(person, space)]
        open_zones = {space.zone for space in mine}
        zones = [
            SelectChoice(f"zone:{zone.code}", zone.names.in_language(language), optgroup=gettext("A whole zone"))
            for zone in house.zones.values()
            if zone.code in open_zones
        ]
        spaces = [
            SelectChoice(f"space:{space.code}", place_words(space, language), optgroup=kind_word(kind))
            for kind in KINDS_OFFERED
            for space in mine
            if space.kind == kind
        ]
        self.scope.choices = [
            SelectChoice("mine", gettext("My own bookings"), optgroup=gettext("For me")),
            *zones,
            *spaces,
        ]
        return self
