"""What can be had: the best places for a wish, each of which a booking call would accept."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from flask import Response
from flask_babel import lazy_gettext as _

from blueprints.api import blueprint
from blueprints.api.answers import answered, moment
from blueprints.api.caller import building_meant, known
from blueprints.api.operation import operation
from blueprints.api.query_strings import AvailabilityQuery
from blueprints.api.shapes import Page
from blueprints.api.shapes import Proposal as ProposalShape
from blueprints.find.words import why_sentence
from blueprints.web.clock import now
from blueprints.web.identity import signed_in
from blueprints.web.rights import needs
from models.queries.finding import facts_of
from models.queries.house import the_house
from models.rules.finding.finder import find
from models.rules.finding.quest import LONGEST_WINDOW, Proposal, Quest
from models.rules.house.house import House
from models.rules.refusals import BadRequest
from models.rules.times.interval import Interval, wall_length

A_DAY = timedelta(days=1)


@blueprint.get("/v1/availability")
@needs("see_spaces")
@operation(
    _("The best free places for a wish, one a space"),
    Page[ProposalShape],
    query=AvailabilityQuery,
    notes=_(
        "Some time between start and end, for so many minutes; without minutes for the whole of it, or, "
        "where no space may be had so long, for the least of each. A desk is proposed for the half-days "
        "around those hours where its kind is asked for. Each proposal would be accepted as a booking of "
        "yours with the same attendees and layout."
    ),
)
def list_proposals(query: AvailabilityQuery) -> Response:
    house = the_house()
    quest = _quest(query, house)
    at = now()
    facts = facts_of(quest, house, at)
    found = find(quest, facts, at, most=query.limit)
    if not found and query.minutes is None:
        found = find(replace(quest, length=None), facts, at, most=query.limit)
    return answered({"items": [_proposal_json(each, quest, house) for each in found], "next": None})


def _quest(query: AvailabilityQuery, house: House) -> Quest:
    within, length = _time(query, house)
    zone, floor = known("zone", query.zone, house.zones), known("floor", query.floor, house.floors)
    place = house.zones.get(zone or "") or house.floors.get(floor or "")  # says which building is meant
    for thing in query.equipment:
        known("equipment", thing, {each for space in house.spaces.values() for each in space.equipment})
    return Quest(
        signed_in(),
        place.building if place and not query.building else building_meant(query.building, house),
        within,
        length,
        query.attendees,
        kinds=frozenset(filter(None, [query.kind])),
        layout=known("layout", query.layout, _layouts(house)),
        equipment=frozenset(query.equipment),
        accessible=query.accessible,
        zone=zone,
        floor=floor,
        near=known("near", query.near, house.zones) or signed_in().home_zone,
    )


def _time(query: AvailabilityQuery, house: House) -> tuple[Interval, timedelta]:
    within = Interval(query.start, query.end)
    on_the_wall = wall_length(within, house.zone)
    if on_the_wall > LONGEST_WINDOW:  # one of two weeks may have an hour more than the others
        raise BadRequest("end", "window_too_long")
    whole = on_the_wall if on_the_wall == A_DAY else within.length  # and a day too
    length = timedelta(minutes=query.minutes) if query.minutes else whole
    if length > whole:
        raise BadRequest("minutes", "longer_than_window")
    return within, length


def _layouts(house: House) -> set[str]:
    return {
        layout for timeline in house.policies.values() for _since, policy in timeline for layout in policy.capacities
    }


def _proposal_json(proposal: Proposal, quest: Quest, house: House) -> ProposalShape:
    return {
        "space": proposal.space,
        "start": moment(proposal.during.start, house),
        "end": moment(proposal.during.end, house),
        "why": why_sentence(proposal, quest, house),
        "fit": proposal.fit,
        "layout": proposal.layout,
        "approvals": sorted(proposal.approvals),
    }
