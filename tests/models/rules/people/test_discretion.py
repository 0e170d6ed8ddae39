"""What of a booking may this viewer see: the least of what organisation, service and booking allow."""

from __future__ import annotations

from itertools import product

import pytest

from models.rules.people.discretion import DETAILS, Booked, Viewer, detail_for, others_see, seen_by
from models.rules.refusals import refusal
from tests.models.rules.builders import ANN, KAAT, at, during, house, person

BUSY = {"id", "handle", "space", "kind", "during"}
TITLE = BUSY | {"status", "title", "organisation", "layout", "attendees", "privacy"}
HOUSE = house()
BRAM, ELS, WIM = person("bram"), person("els", "OCMW"), person("wim", "OCMW")
JEF, JAN = person("jef", "WW"), person("jan", "WW")
FARID, HUGO = person("farid", roles="staff facility_manager"), person("hugo", roles="staff protocol_officer")
DORA = person("dora", "OCMW", "staff counter_coordinator", coordinates=frozenset({"SOCIAL"}))
SECRETS = ("Plan B", "nothing to see", "K7F-2M", "els", "Els", "SOCIAL")


def booking(
    organisation: str = "GEM", organiser: str = "ann", privacy: str = "title", service: str | None = None, **more
) -> Booked:
    return Booked(
        **{
            "id": 1,
            "handle": "k7fm2x9qd4hn3tzp",
            "space": "ROOM",
            "kind": "meeting_room",
            "during": during("09:00", "10:00"),
            "uid": "u",
            "status": "confirmed",
            "attendees": 5,
            "persons": 5,
            "layout": "boardroom",
            "exclusive": True,
            "title": "Plan B",
            "note": "nothing to see",
            "visitor_code": "K7F-2M",
            "organisation": organisation,
            "service": service,
            "service_is_private": service in ("SOCIAL", "STAFF"),
            "organiser": organiser,
            "organiser_name": organiser.title(),
            "booked_by": organiser,
            "booked_by_name": organiser.title(),
            "privacy": privacy,
            "created_at": at("08:00"),
            "updated_at": at("08:00"),
            "sequence": 3,
            "visitors": 2,
            "wheelchair": 1,
            "key_holder": "marc",
            "status_reason": "because",
            "version": 4,
            **more,
        }
    )


@pytest.mark.parametrize(
    ("viewer", "what", "detail"),
    [
        (ANN, {}, "full"),  # her own
        (ANN, {"privacy": "busy"}, "full"),
        (person("gerda"), {"booked_by": "gerda"}, "full"),
        (BRAM, {}, "title"),  # a colleague
        (BRAM, {"privacy": "busy"}, "busy"),  # who chose so herself
        (ELS, {}, "busy"),  # another organisation
        (ELS, {"privacy": "public"}, "title"),
        (KAAT, {}, "busy"),
        (None, {}, "busy"),  # the street
        (None, {"privacy": "public"}, "title"),
        (FARID, {"organisation": "OCMW", "organiser": "els"}, "busy"),  # managing gives no eyes
        (WIM, {"organisation": "OCMW", "organiser": "els"}, "busy"),  # nor does being a colleague, there
        (ANN, {"organisation": "OCMW", "organiser": "els", "privacy": "public"}, "busy"),  # secrecy outranks public
        (WIM, {"organisation": "OCMW", "organiser": "els", "privacy": "public"}, "title"),
        (ANN, {"organisation": "WW", "organiser": "jef"}, "title"),  # shows its titles to others
        (JAN, {"organisation": "WW", "organiser": "jef", "privacy": "title"}, "title"),
        (JAN, {"organisation": "WW", "organiser": "jef", "privacy": "busy"}, "busy"),
    ],
)
def test_others_see_the_least_of_what_organisation_and_booking_allow(viewer, what, detail):
    assert detail_for(Viewer.of(viewer, HOUSE), booking(**what)) == detail


@pytest.mark.parametrize(
    ("what", "seen"),
    [
        ({}, "title"),
        ({"privacy": "busy"}, "busy"),
        ({"privacy": "public"}, "public"),
        ({"organisation": "OCMW", "organiser": "els"}, "busy"),  # its people see no more of each other either
        ({"organisation": "OCMW", "organiser": "els", "privacy": "public"}, "title"),
        ({"organisation": "WW", "organiser": "jef"}, "title"),
        ({"service": "STAFF", "privacy": "public"}, "busy"),
    ],
)
def test_what_others_see_is_said_as_it_is_and_not_as_it_was_asked_for(what, seen):
    assert others_see(HOUSE, booking(**what)) == seen


@pytest.mark.parametrize(("viewer", "detail"), [(FARID, "busy"), (ANN, "busy"), (JAN, "title"), (JEF, "full")])
def test_outsiders_of_a_space_whom_their_duty_tells_that_it_is_taken_are_told_no_more(viewer, detail):
    theirs_alone = house({"ROOM": {"bookable_by": {"WW"}, "public_bookable": False}})
    assert detail_for(Viewer.of(viewer, theirs_alone), booking("WW", "jef")) == detail
    assert detail_for(Viewer.of(viewer, theirs_alone), booking("WW", "jef", "public")) in ("title", detail)


@pytest.mark.parametrize(
    ("viewer", "detail"),
    [
        (ELS, "full"),
        (DORA, "full"),
        (WIM, "busy"),
        (ANN, "busy"),
        (FARID, "busy"),
        (HUGO, "busy"),
        (KAAT, "busy"),
        (None, "busy"),
    ],
)
@pytest.mark.parametrize("privacy", ["busy", "title", "public"])
def test_a_secret_talk_is_busy_to_whoever_is_not_party_to_it(viewer, detail, privacy):
    talk = booking("OCMW", "els", privacy, "SOCIAL", status="pending", awaited_roles=frozenset({"protocol_officer"}))
    assert detail_for(Viewer.of(viewer, HOUSE), talk) == detail


def test_a_confidential_service_of_an_open_organisation_is_busy_too():
    talk = booking("GEM", "ann", "public", "STAFF")
    assert detail_for(Viewer.of(BRAM, HOUSE), talk) == "busy"
    assert detail_for(Viewer.of(None, HOUSE), talk) == "busy"


@pytest.mark.parametrize(
    ("viewer", "what", "detail"),
    [
        (HUGO, {"status": "pending"}, "full"),
        (HUGO, {"status": "pending", "privacy": "busy"}, "full"),
        (HUGO, {"status": "confirmed"}, "title"),  # no longer theirs to decide
        (FARID, {"status": "pending"}, "title"),  # not their word
        (HUGO, {"status": "pending", "organisation": "OCMW", "organiser": "els"}, "busy"),
    ],
)
def test_whose_word_is_awaited_sees_what_it_is_about_unless_it_is_secret(viewer, what, detail):
    request = booking(**what, awaited_roles=frozenset({"protocol_officer"}))
    assert detail_for(Viewer.of(viewer, HOUSE), request) == detail


def test_how_many_come_is_told_to_whoever_must_decide_and_to_nobody_else():
    request = booking("OCMW", "els", status="pending", awaited_roles=frozenset({"protocol_officer"}))
    assert Viewer.of(HUGO, HOUSE).persons_to_decide_on(request) == 5
    assert Viewer.of(FARID, HOUSE).persons_to_decide_on(request) is None
    assert Viewer.of(None, HOUSE).persons_to_decide_on(request) is None


def told(seen: Booked) -> set[str]:
    """The fields that say anything."""
    nothing = (None, False, frozenset(), ())
    return {name for name in Booked._fields if getattr(seen, name) not in nothing} - {"detail"}


@pytest.mark.parametrize(("viewer", "shown"), [(ANN, None), (BRAM, TITLE), (ELS, BUSY), (None, BUSY)])
def test_what_may_not_be_seen_is_absent(viewer, shown):
    seen = seen_by(Viewer.of(viewer, HOUSE), booking(service=None, awaited_roles=frozenset({"x"}), warnings=("w",)))
    if shown is None:
        assert seen == (*booking(service=None, awaited_roles=frozenset({"x"}), warnings=("w",)), "full")
    else:
        assert told(seen) == shown


def test_busy_says_only_where_and_when():
    seen = seen_by(Viewer.of(ANN, HOUSE), booking("OCMW", "els", "public", "SOCIAL"))
    assert not any(secret in repr(seen) for secret in SECRETS)


@pytest.mark.parametrize("at_most", DETAILS)
def test_a_feed_shows_no_more_than_it_was_made_for_and_no_more_than_may_be_seen(at_most):
    for viewer, may in ((ANN, "full"), (BRAM, "title"), (ELS, "busy")):
        seen = seen_by(Viewer.of(viewer, HOUSE), booking(), at_most=at_most)
        assert seen.detail == min(at_most, may, key=DETAILS.index)


def test_a_stranger_never_sees_more_than_a_colleague_nor_a_colleague_more_than_the_party():
    for organisation, privacy, service in product(
        ("GEM", "OCMW", "WW", "VER"), ("busy", "title", "public"), (None, "PERMITS", "SOCIAL", "STAFF")
    ):
        organiser, colleague = person("organiser", organisation), person("colleague", organisation)
        it = booking(organisation, "organiser", privacy, service)
        street, inside, own = (
            DETAILS.index(detail_for(Viewer.of(each, HOUSE), it)) for each in (None, colleague, organiser)
        )
        assert street <= inside <= own == DETAILS.index("full"), (organisation, privacy, service)
        assert street < DETAILS.index("full")
        assert inside < DETAILS.index("full")


@pytest.mark.parametrize(
    ("viewer", "told"),
    [
        (ELS, True),  # whose two talks they are
        (DORA, True),  # who coordinates the service
        (WIM, False),  # who booked it for her, and sees the rest
    ],
)
def test_two_talks_at_once_are_told_to_whoever_has_them_and_to_the_coordinators(viewer, told):
    talk = booking("OCMW", "els", service="SOCIAL", booked_by="wim", warnings=(refusal("staff_busy"), refusal("alone")))
    seen = seen_by(Viewer.of(viewer, HOUSE), talk)
    assert [each.code for each in seen.warnings] == (["staff_busy"] if told else []) + ["alone"]
