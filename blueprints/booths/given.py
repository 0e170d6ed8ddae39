"""The booth that somebody was just given, to be read aloud to them: where, until when, under which code; nothing else,
for they look at the screen too."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from blueprints.booking.day import wall_clock
from blueprints.booking.show import Look, attendance_actions, booking_at
from blueprints.booking.told import first_sentence, sentences
from blueprints.booths import blueprint
from blueprints.web.base_url import base_path
from blueprints.web.clock import now
from blueprints.web.identity import signed_in
from blueprints.web.language import language
from blueprints.web.rights import needs
from models.actions.bookings.change import change
from models.queries.colleagues import Colleague, free_colleagues
from models.queries.house import the_house
from models.rules.bookings.attendance import HOLDS_PLACE
from models.rules.bookings.fields import Booked, Seen
from models.rules.people.discretion import Viewer, seen_by
from models.rules.people.rights import may_book_for
from models.rules.refusals import Refusal, Refused
from models.rules.values import CODE, BadValue

MOST_COLLEAGUES = 6


@blueprint.get("/now/<handle>")
@needs("see_bookings")
def given(handle: str):
    """For its party; anybody else is led to what they may see of it."""
    house, booking = the_house(), booking_at(handle)
    look = Look(Viewer.of(signed_in(), house), now(), base_path() + request.path)
    seen = seen_by(look.viewer, booking)
    if not seen.is_full or booking.hold or booking.status not in HOLDS_PLACE:
        return redirect(url_for("booking.one", handle=handle))
    space = house.spaces[seen.space]
    colleagues = colleagues_for(booking, look)
    return render_template(
        "booths/given.html",
        seen=seen,
        place=space.names.in_language(language()),
        floor=house.floors[space.floor].names.in_language(language()),
        until=_("until %(time)s", time=wall_clock(seen.during.end, house)),
        warnings=sentences(_remarks(seen, look), house),
        with_whom=seen.organiser_name if seen.organiser != look.person.username else "",
        colleagues=[
            {
                "username": each.person.username,
                "name": each.person.name,
                "note": _("on duty") if each.on_duty else "",
                "speaks": " ".join(sorted(each.speaks)).upper(),
            }
            for each in colleagues[:MOST_COLLEAGUES]
        ],
        actions=list(attendance_actions(booking, look)),
    )


def _remarks(seen: Seen, look: Look) -> list[Refusal]:
    """Without that whoever gave the booth has another talk: the talk is theirs only until a colleague is pressed."""
    is_own = seen.organiser == look.person.username
    return [each for each in seen.warnings if not (is_own and each.code == "staff_busy")]


@blueprint.post("/now/<handle>/colleague")
@needs("change_booking")
def give_to_colleague(handle: str):
    """One press: the talk is theirs, and they are told at once."""
    booking, house, colleague = booking_at(handle), the_house(), _named()
    here = url_for("booths.given", handle=handle)
    try:
        changed = change(booking.id, {"on_behalf_of": colleague}, signed_in(), now())
    except Refused as refused:
        flash(first_sentence(refused, house), "error")
        return redirect(here, 303)
    flash(_("%(name)s is told: the talk is theirs.", name=changed.organiser_name), "success")
    still_party = Viewer.of(signed_in(), house).is_party_to(changed)
    return redirect(here if still_party else url_for("booths.overview"), 303)


def _named() -> str:
    try:
        return CODE.from_text(request.form.get("colleague", "").strip())
    except BadValue:
        abort(400)


def colleagues_for(booking: Booked, look: Look) -> list[Colleague]:
    """Those to whom this person may give the talk, who are free for the whole of it."""
    if not booking.service or booking.status == "checked_in":
        return []
    return [
        each
        for each in free_colleagues(booking.service, booking.during, look.house)
        if each.person.username != booking.organiser and may_book_for(look.person, each.person, look.house)
    ]
