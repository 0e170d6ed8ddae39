"""Every reason the house gives for saying no, or yes with a remark: codes for programs, never sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeVar, overload

from pydantic import ValidationError

from models.rules.values import BadValue, Value

T = TypeVar("T")
# Pydantic's kinds of error about the form of what was sent; all others are our values' own codes.
_OF_PYDANTIC = {
    "missing": "required",
    "extra_forbidden": "not_known_here",
    "bool_type": "not_a_flag",
    "string_type": "not_text",
    "string_unicode": "control_character",
    "literal_error": "unknown_choice",
    "list_type": "not_a_list",
    "dict_type": "not_an_object",
    "model_type": "not_an_object",
    "model_attributes_type": "not_an_object",
    "dataclass_type": "not_an_object",
    "unexpected_keyword_argument": "not_known_here",
    "too_short": "too_few",
    "too_long": "too_many",
}


@dataclass(frozen=True, slots=True)
class Reason:
    """`rule`: where one is named. `field`: of the request, where the remedy is sought. `clash`: other bookings stand in
    the way (409); otherwise it is refused whatever others do (422).

    What could cure it: `hangs_on` names what of a space, beside the time, decides it: another of that kind and building
    that is alike in these has it too; (): all of them have it; None: another may always be without. `stays`: no other
    time of the same space cures it as long as its policy is the same.
    """

    rule: str | None
    field: str
    clash: bool = False
    hangs_on: tuple[str, ...] | None = None
    stays: bool = False


REASONS: dict[str, Reason] = {
    "not_for_your_organisation": Reason(None, "space", stays=True),
    "not_in_use": Reason(None, "start"),
    "out_of_service": Reason(None, "space"),
    "too_many_people": Reason(None, "attendees", stays=True),  # R01, R02, R08 or R09: whichever binds
    "layout_not_offered": Reason(None, "layout", stays=True),
    "off_grid": Reason(None, "start", hangs_on=("slot_minutes",)),
    "too_short": Reason(None, "end", hangs_on=("slot_minutes", "min_minutes")),
    "too_long": Reason(None, "end", hangs_on=("slot_minutes", "max_minutes")),
    "too_far_ahead": Reason(None, "start", hangs_on=("advance_days",)),
    "in_the_past": Reason(None, "start", hangs_on=("slot_minutes",)),
    "outside_hours": Reason("R14", "start", hangs_on=("hours",)),
    "organisation_closed": Reason("R14", "start", hangs_on=()),
    "panic_button_needed": Reason("R11", "space", hangs_on=("panic_button",), stays=True),
    "sightline_needed": Reason("R12", "space", hangs_on=("traits", "sightline")),
    "party_too_large": Reason("R13", "visitors", hangs_on=(), stays=True),
    "protected_break": Reason("R15", "start", hangs_on=("hours", "traits", "exclusive")),
    "not_accessible": Reason("R21", "wheelchair", hangs_on=("accessible", "wheelchair_places"), stays=True),
    "equipment_missing": Reason(None, "equipment", hangs_on=("equipment",), stays=True),
    "key_holder_needed": Reason("R22", "key_holder", hangs_on=("hours",)),
    "too_late_at_night": Reason("R22", "end", hangs_on=("hours",)),
    "local_time_missing": Reason(None, "start"),
    "wrong_status": Reason(None, "status"),
    "not_an_open_space": Reason(None, "space"),
    "not_today": Reason(None, "start"),
    "talk_goes_on": Reason(None, "status"),
    "called_elsewhere": Reason(None, "status"),
    "with_a_colleague": Reason(None, "status"),
    "place_in_use": Reason(None, "place", clash=True),
    "changed_meanwhile": Reason(None, "version", clash=True),
    "plan_outdated": Reason(None, "plan", clash=True),
    "plan_applied_before": Reason(None, "plan"),
    "plan_discarded": Reason(None, "plan"),
    "bookings_left": Reason(None, "leaving"),
    "part_without_owner": Reason(None, "plan"),
    "claimed_by_precedence": Reason(None, "space", clash=True),
    "claim_without_place": Reason(None, "plan"),
    "consent_awaited": Reason(None, "plan"),
    "consent_refused": Reason(None, "plan"),
    "key_used_before": Reason(None, "Idempotency-Key"),
    "space_taken": Reason("R06", "space", clash=True),
    "shared_space_full": Reason(None, "attendees", clash=True),
    "zone_full": Reason("R03", "attendees", clash=True, hangs_on=("zone", "persons")),
    "floor_full": Reason("R04", "attendees", clash=True, hangs_on=("floor", "persons")),
    "building_full": Reason("R05", "attendees", clash=True, hangs_on=("persons",)),
    "person_busy": Reason("R10", "start", clash=True, hangs_on=("traits",)),
    "quota_reached": Reason("R17", "start", clash=True, hangs_on=()),
    "roster_clash": Reason(None, "person", clash=True),
    "refuge_places_full": Reason("R20", "wheelchair", clash=True, hangs_on=("floor",)),
    # remarks that let a booking through
    "few_people": Reason("R07", "attendees", hangs_on=("min_attendees",), stays=True),
    "alone": Reason("R23", "start", hangs_on=("zone", "traits")),
    "neighbourhood_first": Reason("R16", "space", hangs_on=("zone", "traits")),
    "staff_busy": Reason(None, "start"),
    "title_not_kept": Reason(None, "title"),
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason, with the limit that binds and the value that would be reached with this booking. `per`: of a quota,
    what is counted in which period and of which kind, such as `half_days week desk`. `set_by`: the role that answers
    for the limit, `since`: the date from which it holds, where somebody set one."""

    code: str
    rule: str | None
    field: str
    scope: str | None = None
    limit: int | float | str | None = None
    actual: int | float | str | None = None
    clash: bool = False
    per: str | None = None
    set_by: str | None = None
    since: str | None = None

    def unconditional(self) -> Refusal:
        """The same refusal where it would stand with no other booking."""
        return replace(self, clash=False)


def refusal(
    code: str,
    *,
    scope: str | None = None,
    limit: float | str | None = None,
    actual: float | str | None = None,
    rule: str | None = None,
    per: str | None = None,
) -> Refusal:
    """A refusal with what REASONS says of its code; `rule` where one of several rules may refuse by it."""
    reason = REASONS[code]
    return Refusal(code, rule or reason.rule, reason.field, scope, limit, actual, reason.clash, per)


class Refused(Exception):
    """Carries refusals out of an action. `status` 409 when all of them are other bookings in the way, else 422."""

    # Any: an Alternative and an Occasion are known only to those who come after refusals
    def __init__(
        self, refusals: Iterable[Refusal], alternatives: tuple[Any, ...] = (), decisions: tuple[Any, ...] = ()
    ):
        self.refusals = tuple(refusals)
        self.alternatives = alternatives
        self.decisions = decisions  # on what they were given; `receipt`: the handle under which that is kept
        self.receipt: str | None = None
        super().__init__(", ".join(refusal.code for refusal in self.refusals))

    @property
    def status(self) -> int:
        return status_of(self.refusals)


class SeriesRefused(Refused):
    """A series of which nothing may be booked, or that was to be booked whole: `dates` are those refused."""

    def __init__(self, dates: Iterable[Any]):  # Any: of Occasion, as above
        self.dates = tuple(dates)
        super().__init__(
            (refusal for date in self.dates for refusal in date.refusals),
            decisions=tuple(date for date in self.dates if date.facts),
        )


class IsKept(Refused):
    """A place kept for a moment: only what keeps it changes it or lets it go."""

    def __init__(self, status: str):
        super().__init__([refusal("wrong_status", actual=status)])


class BadRequest(BadValue):
    """Input that names nothing we know or makes no sense: a bad value, with its `field` (400)."""

    def __init__(self, field: str, code: str, **facts: object):
        super().__init__(code, **facts)
        self.field = field

    def at(self, field: str) -> BadRequest:
        """The same of a field that another form calls otherwise."""
        return BadRequest(field, self.code, **self.facts)


class NotFound(Exception):
    """The thing asked for does not exist, or not for this person (404)."""


class NotAllowed(Exception):
    """The person sees the thing but may not do this with it (403)."""

    def __init__(self, verb: str):
        super().__init__(verb)
        self.verb = verb


@overload
def checked_value(field: str, kind: Value[T], value: object, *, may_be_empty: Literal[False] = False) -> T: ...
@overload
def checked_value(field: str, kind: Value[T], value: object, *, may_be_empty: bool) -> T | None: ...
def checked_value(field: str, kind: Value[T], value: object, *, may_be_empty: bool = False) -> T | None:
    """The value as its kind reads it, or BadRequest at that field."""
    if value is None and may_be_empty:
        return None
    try:
        return kind.read(value)
    except BadValue as bad:
        raise BadRequest(field, bad.code, **bad.facts) from None


def bad_requests(error: ValidationError) -> tuple[BadRequest, ...]:
    """Every field that is wrong, in dotted form, as pydantic found it."""
    return tuple(
        BadRequest(
            ".".join(map(str, each["loc"])), _code(each["type"], each.get("ctx", {})), **_facts(each.get("ctx", {}))
        )
        for each in error.errors(include_url=False, include_input=False)
    )


def _code(kind: str, told: Mapping[str, object]) -> str:
    return "fewer_than" if kind == "too_short" and told.get("min_length") != 1 else _OF_PYDANTIC.get(kind, kind)


def _facts(told: dict[str, object]) -> dict[str, object]:
    """Ours as they are; pydantic's own by our names."""
    return told | {
        name: told[theirs]
        for name, theirs in (("most", "max_length"), ("least", "min_length"), ("choices", "expected"))
        if theirs in told
    }


def status_of(refusals: Iterable[Refusal]) -> int:
    """409 when all of them are other bookings in the way, else 422."""
    return 409 if all(refusal.clash for refusal in refusals) else 422
