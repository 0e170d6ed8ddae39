"""From a refusal to the sentence a person reads: says what stands in the way and, where there is one, the limit.

The only place where a code of the rules becomes words. No sentence names who holds a place.
"""

from __future__ import annotations

from datetime import date

from flask_babel import format_date, format_time, get_locale, ngettext
from flask_babel import gettext as _

from blueprints.web.dates import day_text
from models.rules.finding.alternatives import Alternative
from models.rules.house.house import House
from models.rules.judging.nameless import OF_ITS_SERVICE
from models.rules.judging.told import Listed
from models.rules.refusals import Refusal, refusal
from models.rules.times.interval import Interval
from models.rules.values import Scope

PAIR = 2


def refusal_sentence(refusal: Listed, house: House) -> str:
    """One whole sentence, two where the second says what would help."""
    make = _SENTENCES.get(refusal.code)
    return make(refusal, house) if make else _("This is not possible (%(code)s).", code=refusal.code)


def sentence_of(code: str, house: House, actual: int | None = None) -> str:
    """The same of a reason that a page gives by itself, and that counts nobody."""
    return refusal_sentence(Listed(refusal(code, actual=actual)), house)


def set_by_words(refusal: Refusal) -> str:
    """Who answers for the limit, so that one knows with whom to speak of it; empty where nobody set one."""
    if refusal.set_by is None or refusal.set_by == "system":
        return ""
    if refusal.since is None:
        return _("Set by: %(role)s", role=role_word(refusal.set_by))
    return _(
        "Set by: %(role)s, since %(date)s",
        role=role_word(refusal.set_by),
        date=format_date(date.fromisoformat(refusal.since), "long"),
    )


def place_name(scope: str | None, house: House, language: str | None = None) -> str:
    """What people call the place of a scope such as `floor:F1`: its name, or its code where it has none; in the
    language in force, or in another. A receipt does not say which service it was for."""
    if scope == OF_ITS_SERVICE:
        return _("The service")
    sort, code = Scope.read(scope)
    place = house.by_sort.get(sort, {}).get(code)
    return place.names.in_language(language or get_locale().language) if place else code


def space_name(code: str, house: House) -> str:
    return place_name(f"space:{code}", house)


def _people(number) -> str:
    return ngettext("%(num)d person", "%(num)d people", int(number))


def length_words(minutes) -> str:
    """Minutes as said aloud: 45 minutes, 2 hours, 1 hour 30."""
    hours, rest = divmod(int(minutes), 60)
    if not hours:
        return ngettext("%(num)d minute", "%(num)d minutes", rest)
    if not rest:
        return ngettext("%(num)d hour", "%(num)d hours", hours)
    return _(
        "%(hours)s and %(minutes)s",
        hours=ngettext("%(num)d hour", "%(num)d hours", hours),
        minutes=ngettext("%(num)d minute", "%(num)d minutes", rest),
    )


def short_length(minutes: int) -> str:
    """Minutes as written in little room: 45 min, 2 h, 1 h 30."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("%(num)s min", num=rest)
    return _("%(hours)s h %(minutes)s", hours=hours, minutes=f"{rest:02}") if rest else _("%(num)s h", num=hours)


def _too_many(refusal: Refusal, house: House) -> str:
    facts = {
        "place": place_name(refusal.scope, house),
        "limit": _people(refusal.limit),
        "actual": _people(refusal.actual),
    }
    return {
        "R02": lambda: _("Fire safety allows %(limit)s in %(place)s; you ask for %(actual)s.", **facts),
        "R08": lambda: _("There is fresh air for %(limit)s in %(place)s; you ask for %(actual)s.", **facts),
        "R09": lambda: _("For now %(place)s may hold %(limit)s at most; you ask for %(actual)s.", **facts),
    }.get(refusal.rule or "", lambda: _("%(place)s takes %(limit)s in this layout; you ask for %(actual)s.", **facts))()


def _full(refusal: Refusal, house: House) -> str:
    facts = {"place": place_name(refusal.scope, house), "limit": _people(refusal.limit)}
    if not refusal.clash:
        return _("%(place)s may hold %(limit)s at the same moment; this booking alone is more.", **facts)
    if refusal.actual is None:
        return _("%(place)s may hold %(limit)s at the same moment; with this booking there would be more.", **facts)
    return _(
        "%(place)s may hold %(limit)s at the same moment; with this booking there would be %(actual)s.",
        actual=_people(refusal.actual),
        **facts,
    )


def _accessible(refusal: Refusal, house: House) -> str:
    place = place_name(refusal.scope, house)
    if not refusal.limit:
        return _("%(place)s is not accessible by wheelchair.", place=place)
    return ngettext(
        "%(place)s has %(num)d place for a wheelchair.",
        "%(place)s has %(num)d places for a wheelchair.",
        int(refusal.limit),
        place=place,
    )


def _quota(refusal: Refusal, house: House) -> str:
    if refusal.per is None:
        return _("You have reached the number of bookings that one may hold.")
    measure, period, kind = refusal.per.split()
    facts = {
        "limit": amount_words(measure, refusal.limit),
        "actual": amount_words(measure, refusal.actual),
        "period": {"day": _("a day"), "week": _("a week"), "month": _("a month"), "held": _("at once")}[period],
        "kind": _("all kinds together") if kind == "any" else kind_word(kind),
    }
    if (refusal.scope or "").partition(":")[0] in ("organisation", "service"):
        return _(
            "%(place)s may use %(limit)s %(period)s (%(kind)s); with this booking it would be %(actual)s.",
            place=place_name(refusal.scope, house),
            **facts,
        )
    return _("One person may hold %(limit)s %(period)s (%(kind)s); with this booking it would be %(actual)s.", **facts)


def amount_words(measure: str, number) -> str:
    if measure == "hours":
        return length_words(round(float(number) * 60))
    if measure == "half_days":
        return ngettext("%(num)d half-day", "%(num)d half-days", int(number))
    return ngettext("%(num)d booking", "%(num)d bookings", int(number))


def equipment_word(item: str) -> str:
    """A town names its equipment itself; only what we gave a meaning has words of ours."""
    return {
        "hearing_loop": _("hearing loop"),
        "panic_button": _("panic button"),
        "ventilation": _("ventilation"),
        "lift": _("lift"),
    }.get(item, item)


def _equipment(refusal: Refusal, house: House) -> str:
    items = ", ".join(equipment_word(each) for each in str(refusal.actual).split(";"))
    return _(
        "%(place)s does not have this, or it does not work then: %(items)s.",
        place=place_name(refusal.scope, house),
        items=items,
    )


def _neighbourhood(refusal: Refusal, house: House) -> str:
    return _(
        "Desks in %(place)s are first for the services that have their place there, until %(length)s before.",
        place=place_name(refusal.scope, house),
        length=length_words(int(refusal.limit or 0) * 60),
    )


def _alone(refusal: Refusal, house: House) -> str:
    place = place_name(refusal.scope, house)
    if refusal.limit == PAIR:
        return _("In %(place)s no colleague is expected for part of this talk: you may be alone there.", place=place)
    return _(
        "In %(place)s %(number)s members of staff are needed during a talk, and for part of it there are fewer.",
        place=place,
        number=refusal.limit,
    )


def _off_grid(refusal: Refusal, house: House) -> str:
    if not refusal.limit:
        return _("A desk is booked for the morning (07:00–12:30), the afternoon (12:30–19:00) or both.")
    return _("Start and end lie on steps of %(length)s, counted from midnight.", length=length_words(refusal.limit))


def _taken(refusal: Refusal, house: House) -> str:
    if refusal.scope is None:
        return _("Somebody has just booked this.")
    return _(
        "%(place)s is taken at that time, or needs time between two bookings.", place=place_name(refusal.scope, house)
    )


_SENTENCES = {
    "not_for_your_organisation": lambda r, h: _(
        "%(place)s cannot be booked by your organisation.", place=place_name(r.scope, h)
    ),
    "not_in_use": lambda r, h: _("%(place)s is not in use on that date.", place=place_name(r.scope, h)),
    "out_of_service": lambda r, h: _("%(place)s is out of service.", place=place_name(r.scope, h)),
    "too_many_people": _too_many,
    "layout_not_offered": lambda r, h: _("%(place)s is not set up in that layout.", place=place_name(r.scope, h)),
    "off_grid": _off_grid,
    "too_short": lambda r, h: _("A booking here lasts at least %(length)s.", length=length_words(r.limit)),
    "too_long": lambda r, h: _("A booking here lasts at most %(length)s.", length=length_words(r.limit)),
    "too_far_ahead": lambda r, h: ngettext(
        "This can be booked at most %(num)d day ahead.", "This can be booked at most %(num)d days ahead.", int(r.limit)
    ),
    "in_the_past": lambda r, h: _("That time is over."),
    "outside_hours": lambda r, h: _(
        "%(place)s is not open to you for the whole of that time.", place=place_name(r.scope, h)
    ),
    "organisation_closed": lambda r, h: _("%(place)s is closed then.", place=place_name(r.scope, h)),
    "panic_button_needed": lambda r, h: _(
        "This service needs a booth with a panic button; %(place)s has none.", place=place_name(r.scope, h)
    ),
    "sightline_needed": lambda r, h: _(
        "At that late hour talks take place in booths that colleagues can see into; %(place)s is not one of them.",
        place=place_name(r.scope, h),
    ),
    "party_too_large": lambda r, h: ngettext(
        "At most %(num)d client comes to a talk of this service.",
        "At most %(num)d clients come to a talk of this service.",
        int(r.limit),
    ),
    "protected_break": lambda r, h: _(
        "%(place)s is kept open for everyone then and cannot be taken by one group.", place=place_name(r.scope, h)
    ),
    "not_accessible": _accessible,
    "key_holder_needed": lambda r, h: _("An evening booking needs a key holder: a caretaker or facility manager."),
    "too_late_at_night": lambda r, h: _("Evening bookings end by %(time)s.", time=r.limit),
    "local_time_missing": lambda r, h: _("That time does not exist: the clock goes forward in that night."),
    "wrong_status": lambda r, h: _("This is no longer possible for this booking."),
    "not_today": lambda r, h: _("This appointment is not today."),
    "talk_goes_on": lambda r, h: _("Your talk still goes on. Finish it or interrupt it first."),
    "called_elsewhere": lambda r, h: _(
        "You have called somebody in the line of %(place)s. See to them first.", place=place_name(r.scope, h)
    ),
    "with_a_colleague": lambda r, h: _("A colleague is helping them already."),
    "place_in_use": lambda r, h: _("%(place)s is now in use. Choose another place.", place=place_name(r.scope, h)),
    "not_an_open_space": lambda r, h: _(
        "%(place)s is for one party at a time: people are counted in open spaces only.", place=place_name(r.scope, h)
    ),
    "space_taken": _taken,
    "shared_space_full": _full,
    "zone_full": _full,
    "floor_full": _full,
    "building_full": _full,
    "person_busy": lambda r, h: _("You already have a desk in that half-day."),
    "quota_reached": _quota,
    "equipment_missing": _equipment,
    "neighbourhood_first": _neighbourhood,
    "alone": _alone,
    "refuge_places_full": lambda r, h: _(
        "On that floor there is no waiting place left for a wheelchair user in case of fire. Name an evacuation buddy."
    ),
    "few_people": lambda r, h: ngettext(
        "This space is meant for at least %(num)d person; a smaller one may suit.",
        "This space is meant for at least %(num)d people; a smaller one may suit.",
        int(r.limit),
    ),
    "roster_clash": lambda r, h: _("This person is on duty at %(place)s at that time.", place=place_name(r.scope, h)),
    "staff_busy": lambda r, h: _("The same person has another talk at that time."),
    "title_not_kept": lambda r, h: _(
        "Title and note are not kept for a confidential talk; a visitor code stands for the visitor."
    ),
    "changed_meanwhile": lambda r, h: _(
        "Somebody changed this booking while you were looking at it. Look at it again and repeat your change."
    ),
    "plan_outdated": lambda r, h: _(
        "Something changed meanwhile, so nothing was done. The plan shows what is new: look at it again and apply it."
    ),
    "plan_applied_before": lambda r, h: _("This plan was applied before. Nothing was done twice."),
    "plan_discarded": lambda r, h: _("This plan was put aside."),
    "bookings_left": lambda r, h: ngettext(
        "%(num)d booking has no other place and stays where it is. Say that you know this, or find a place first.",
        "%(num)d bookings have no other place and stay where they are. Say that you know this, or find places first.",
        int(r.actual),
    ),
    "part_without_owner": lambda r, h: _(
        "%(organisation)s has nobody who could place its bookings: no administrator and no head of service. Nothing is "
        "done. Ask them to name one, then apply the plan.",
        organisation=place_name(r.scope, h),
    ),
    "claimed_by_precedence": lambda r, h: _(
        "%(body)s comes first (rule: precedence, rank %(rank)s).", body=place_name(r.scope, h), rank=r.limit
    ),
    "claim_without_place": lambda r, h: ngettext(
        "%(num)d booking that is in the way has no other place. A claim sends nobody away without one.",
        "%(num)d bookings that are in the way have no other place. A claim sends nobody away without one.",
        int(r.actual),
    ),
    "consent_awaited": lambda r, h: ngettext(
        "It is so near that who has the space must agree: %(num)d answer is awaited.",
        "It is so near that who has the space must agree: %(num)d answers are awaited.",
        int(r.actual or 1),
    ),
    "consent_refused": lambda r, h: ngettext(
        "Who has the space keeps it: %(num)d said no. Offer another place, or take another space yourself.",
        "Who has the space keeps it: %(num)d said no. Offer another place, or take another space yourself.",
        int(r.actual),
    ),
    "key_used_before": lambda r, h: _("This key was already used for another request."),
}


def why_sentence(alternative: Alternative, house: House) -> str:
    """Why this is offered instead."""
    space = house.spaces[alternative.space]
    if alternative.why == "same_space":
        return _("The same space at another time")
    floor = house.floors[space.floor].names.in_language(get_locale().language)
    if alternative.why == "soonest":
        return floor
    return _("Another space at the same time, %(floor)s", floor=floor)


def when_words(during: Interval, house: House) -> str:
    """Day and hours in the building's time: Monday 4 January, 09:00–10:00; with the year where it is not this one."""
    start, end = during.start.astimezone(house.zone), during.end.astimezone(house.zone)
    return _(
        "%(day)s, %(start)s–%(end)s",
        day=day_text(start),
        start=format_time(start, "HH:mm", rebase=False),
        end=format_time(end, "HH:mm", rebase=False),
    )


def status_word(status: str) -> str:
    return {
        "pending": _("Awaiting approval"),
        "confirmed": _("Confirmed"),
        "checked_in": _("Checked in"),
        "completed": _("Over"),
        "cancelled": _("Cancelled"),
        "declined": _("Declined"),
        "released": _("Released"),
    }[status]


def kind_word(kind: str) -> str:
    return {
        "meeting_room": _("Meeting room"),
        "desk": _("Desk"),
        "booth": _("Interview booth"),
        "counter": _("Counter"),
        "meeting_space": _("Meeting space"),
    }[kind]


def layout_word(layout: str) -> str:
    """A town may add layouts of its own; theirs is shown as they wrote it."""
    words = {
        "boardroom": _("Boardroom"),
        "ushape": _("U-shape"),
        "classroom": _("Classroom"),
        "theatre": _("Theatre"),
        "reception": _("Reception"),
        "desk": _("Desk"),
        "interview": _("Interview"),
        "counter": _("Counter"),
        "informal": _("Informal"),
    }
    return words.get(layout, layout.replace("_", " ").capitalize())


def rule_word(rule: str) -> str:
    """What binds a number of places, in a word or two."""
    return {
        "R01": _("places"),
        "R02": _("fire safety"),
        "R08": _("fresh air"),
        "R09": _("temporary cap"),
        "R03": _("limit of the zone"),
        "R04": _("limit of the floor"),
        "R05": _("limit of the building"),
    }[rule]


def role_word(role: str) -> str:
    words = {
        "staff": _("Staff"),
        "counter_coordinator": _("Counter coordinator"),
        "receptionist": _("Reception desk"),
        "facility_manager": _("Facility manager"),
        "caretaker": _("Caretaker"),
        "prevention_adviser": _("Prevention adviser"),
        "service_head": _("Head of service"),
        "partner_admin": _("Partner administrator"),
        "protocol_officer": _("Protocol officer"),
        "it_admin": _("IT administrator"),
        "dpo": _("Data protection officer"),
        "analyst": _("Quality coordinator"),
        "elected": _("Elected official"),
        "communicator": _("Communication"),
        "association": _("Association"),
        "resident": _("Resident"),
    }
    return words.get(role, role)
