"""The crisis switch: for a while only a share of the places may be used, one percentage for each kind of space."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from flask import url_for
from flask_babel import format_date, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from blueprints.booking.crisis import percent_words, when_words
from blueprints.booking.messages import kind_word
from blueprints.manage.flow.changes import ChangesPage
from blueprints.manage.flow.forms import ChangeForm, SeenForm, UnseenForm
from blueprints.manage.flow.page import shown_at
from blueprints.manage.rules.shown import row_of_zone
from blueprints.manage.words.capacity import above_rows
from blueprints.manage.words.rules import places_words, rule_news
from blueprints.web.value_field import ValueField
from models.queries.above import bookings_above_cap
from models.queries.effects import Effects
from models.queries.rules import reason_of_rule
from models.rules.changes.change import Change
from models.rules.changes.rules import SetRule, timeline_of, zones_with_own
from models.rules.house.crisis import ALL, CRISIS_RULE, measures, percents_on
from models.rules.house.house import House
from models.rules.house.policy import KINDS
from models.rules.house.rule_parameters import written
from models.rules.people.rights import holds
from models.rules.values import DAY, LINE, PERCENT, Scope

CRISIS = Scope("rule", CRISIS_RULE)
USUAL_PERCENT = 50
MOST_SHOWN = 20


class CrisisForm(ChangeForm):
    """Filled in beforehand, so that switching on is one press."""

    valid_to = ValueField(_l("Until and including"), DAY)
    legal_basis = ValueField(_l("On what ground"), LINE)

    def percents(self) -> dict[str, ValueField]:
        return {kind: self[f"percent_{kind}"] for kind in KINDS}


@shown_at("crisis", "switch_crisis", "/crisis")
class CrisisPage(ChangesPage):
    template, thing = "manage/crisis.html", CRISIS.sort
    saves, asks_first = ("save", ""), False

    def __init__(self) -> None:
        super().__init__(CRISIS.code)

    def look(self) -> None:
        super().look()
        self.periods = _periods(self.house, self.today)
        self.zones = zones_with_own(self.house, CRISIS_RULE, self.today)
        self.is_on = bool(self.periods) and self.periods[0]["is_now"]

    def first_form(self) -> SeenForm:
        return self.crisis_form()

    def crisis_form(self, *sent: None) -> CrisisForm:
        """What holds today, or else half of everything. With None nothing that was sent is of this form."""
        held, since = percents_on(self.house, self.today), self.house.rule(CRISIS_RULE, self.today).valid_from
        is_cut = any(number < ALL for number in held.values())
        ends = [period["last"] for period in self.periods if period["is_now"]]
        fields = {f"percent_{kind}": ValueField(kind_word(kind), PERCENT, _("Give a number.")) for kind in KINDS}
        return type("CrisisFormOfHouse", (CrisisForm,), fields)(
            *sent,
            data={
                **{f"percent_{kind}": held[kind] if is_cut else USUAL_PERCENT for kind in KINDS},
                "valid_from": self.today,
                "valid_to": ends[0] if ends else None,
                "reason": (is_cut and reason_of_rule(CRISIS_RULE, since)) or _("Crisis measure"),
            },
        )

    def changes(self) -> Sequence[Change]:
        form = self.form
        percents = written({kind: field.data for kind, field in form.percents().items()})
        return [
            SetRule(
                CRISIS, {"parameter": percents, "mode": "enforce"}, first=form.valid_from.data, last=form.valid_to.data
            )
        ]

    def address(self) -> str:
        return url_for("manage.crisis")

    def news(self) -> list[str]:
        return rule_news(self.code, self.changes_meanwhile(), self.house)

    def left_words(self, effects: Effects) -> str:
        return ngettext(
            "%(num)d booking stands above the share that may be used. It stays until somebody moves it.",
            "%(num)d bookings stand above the share that may be used. They stay until somebody moves them.",
            len(effects.above),
        )

    def facts(self) -> Mapping[str, object]:
        usual = SetRule(CRISIS, {"parameter": str(USUAL_PERCENT), "mode": "enforce"}, first=self.today)
        found = bookings_above_cap(self.house if self.is_on else usual.imagined(self.house), self.by.now)
        viewer = self.viewer
        above = Effects(above=found).listed_for(viewer).above
        return {
            "is_on": self.is_on,
            "may_plan": holds(self.by.person, "make_plans"),
            "periods": self.periods,
            "zones": [row_of_zone(zone, self.code, self.house, self.today) for zone in self.zones],
            "all_above": len(above),
            "usual": USUAL_PERCENT,
            "places": places_words(self.house.rule(self.code, self.today).applies_to, self.house),
            "listed": above_rows(above[:MOST_SHOWN], viewer) if self.is_on else [],
        }


@shown_at("end_crisis", "switch_crisis", "/crisis/off", methods=("POST",))
class EndCrisisPage(CrisisPage):
    """Everything may be used again, from today on and later too, also where a zone had a share of its own."""

    plans = False

    def first_form(self) -> SeenForm:
        return UnseenForm()

    def changes(self) -> Sequence[Change]:
        in_zones = (SetRule(CRISIS, {"mode": None}, zone=zone) for zone in self.zones)
        return [SetRule(CRISIS, {"parameter": str(ALL)}), *in_zones]

    def filled(self, name: str) -> str | None:
        return _("The crisis is over") if name == "reason" else None

    def facts(self) -> Mapping[str, object]:
        form = self.crisis_form(None)
        form.remember(self.seen())
        return {**super().facts(), "form": form}


def _periods(house: House, today: date) -> list[dict]:
    """Each stretch from today on in which less than all may be used."""
    return [
        {
            "what": percent_words(each.percents),
            "is_now": each.holds_on(today),
            "last": each.last,
            "when": when_words(each),
            "since": format_date(each.since, "d MMMM y"),
            "until": format_date(each.last, "d MMMM y") if each.last else "",
        }
        for each in measures(house, timeline_of(house, CRISIS_RULE), today)
    ]
