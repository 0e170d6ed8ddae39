"""/line/<zone>: one key calls the next; the talk that goes on stands largest, what is left for later below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from flask import render_template, url_for

from blueprints.booking.asking import new_key
from blueprints.booking.day import wall_clock
from blueprints.booking.messages import space_name
from blueprints.line import blueprint
from blueprints.line.choices import keys_for, outcomes
from blueprints.line.words import helped_words, left_words, next_sentence, turn_words, waited_words
from blueprints.line.zone import Here, here
from blueprints.web.language import language
from blueprints.web.rights import needs
from models.actions.line.out_of_order import WHY_FIRST
from models.queries.line import not_come_in, put_first_in
from models.queries.line_pace import helped
from models.rules.line.order import in_order, next_of, turn_of
from models.rules.line.party import Party
from models.rules.line.served import QUICK_DESK, services_in
from models.rules.line.states import LEFT_FOR_LATER

MAY_STILL_COME = timedelta(minutes=30)


@blueprint.get("/<zone>")
@needs("see_line")
def show(zone: str) -> str:
    """Four queries, however long the line is; some more at a quick desk, and for who has not said where they sit."""
    at = here(zone)
    parties, place = at.parties(), at.place()
    mine = at.mine(parties)
    return render_template(
        "line/show.html",
        zone=at.zone.code,
        name=at.zone.names.in_language(language()),
        places=[_place(each.code, place, at) for each in at.places],
        place=place,
        mine=_talk(mine, at) if mine else None,
        next_said=next_sentence(parties, at),
        can_call=next_of(parties, at.services, at.zone.line, at.now) is not None,
        waiting=_waiting(parties, at),
        left=_left(parties, mine, at),
        desk=_quick_desk(at),
        key=new_key(),
        longest_reason=WHY_FIRST.longest,
        first=put_first_in(at.zone.code, at.services, at.now, at.house),
    )


def _quick_desk(at: Here) -> list[dict[str, object]]:
    """The services whose people are helped without a number: two queries each, and there is one at a quick desk."""
    rows: list[dict[str, object]] = []
    for code in sorted(at.services):
        service = at.house.services[code]
        if service.channel == QUICK_DESK:
            found = helped(service.id, at.now, at.house)
            name = service.names.in_language(language())
            rows.append({"code": code, "name": name, "said": helped_words(found.today, found.median)})
    return rows


def _place(code: str, mine: str | None, at: Here) -> dict[str, object]:
    url = url_for("line.show", zone=at.zone.code, place=code)
    return {"name": space_name(code, at.house), "url": url, "is_mine": code == mine}


def _waiting(parties: Sequence[Party], at: Here) -> list[dict[str, object]]:
    return [
        {
            **_known(party, at),
            "why": turn_words(party, turn_of(party, at.zone.line, at.now), at),
            "waited": waited_words(party, at.now),
        }
        for party in in_order(parties, at.zone.line, at.now)
    ]


def _left(parties: Sequence[Party], mine: Party | None, at: Here) -> list[dict[str, object]]:
    """Parked, fetching something, interrupted; called in vain a little while ago; and whoever sits with a colleague."""
    lately = not_come_in(at.zone.code, at.now - MAY_STILL_COME, at.now, at.house)
    others = [each for each in parties if each.state != "waiting" and each is not mine]
    others.sort(key=lambda each: each.state not in LEFT_FOR_LATER)
    return [
        {**_known(each, at), "said": left_words(each, at), "keys": keys_for(each, at)}
        for each in (*others, *(each for each in lately if each.service in at.services))
    ]


def _talk(party: Party, at: Here) -> Mapping[str, object]:
    elsewhere = sorted(services_in(at.zone.code, at.house) - {party.service})
    return {
        **_known(party, at),
        "state": party.state,
        "place": space_name(party.place, at.house) if party.place else "",
        "since": wall_clock(party.state_at or party.arrived_at, at.house),
        "keys": keys_for(party, at),
        "outcomes": outcomes() if party.state == "begun" else [],
        "services": [(code, at.house.services[code].names.in_language(language())) for code in elsewhere],
    }


def _known(party: Party, at: Here) -> dict[str, object]:
    """A number, and what for: nobody's name."""
    return {
        "number": party.number,
        "handle": party.handle,
        "quantity": party.quantity,
        "service": at.house.services[party.service].names.in_language(language()),
    }
