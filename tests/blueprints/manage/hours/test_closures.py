"""A manager at the closing days: a year of them, one added, changed, taken back, and the holidays of a year."""

from __future__ import annotations

import pytest

from tests.blueprints.manage.reading import form_of
from tests.cast import ANN, FARID, INES, NORA

MONDAY = "2027-03-08"
ADD = "/manage/closures/add"


@pytest.fixture
def send(signed_in):
    """Press a button of a change form: the fields as they stand, with these put otherwise."""

    def pressed(who: str, address: str, step: str = "save", page=None, **otherwise):
        manager = signed_in(who)
        page = page or manager.open(address)
        fields = [(name, value) for name, value in form_of(page) if name not in otherwise]
        for name, value in otherwise.items():
            fields += [(name, each) for each in (value if isinstance(value, list) else [value])]
        data: dict[str, list[str]] = {"step": [step]}
        for name, value in fields:
            data.setdefault(name, []).append(value)
        answer = type(page)(manager.client.post(address, data=data))
        return manager.open(answer.location) if answer.status == 303 else answer

    return pressed


def days(page) -> list[str]:
    return [" ".join(row.get_text(" ").split()) for row in page.soup.select(".closure-row")]


def actions(page, what: str) -> list[str]:
    return [link["href"] for link in page.soup.select(".closure-row a") if link.get_text().strip().startswith(what)]


def test_a_year_is_listed_by_month_and_what_is_over_stays(signed_in):
    page = signed_in(FARID).open("/manage/closures")
    assert page.soup.h1.get_text() == "Closing days 2027"
    assert [each.get_text() for each in page.soup.main.find_all("h2")][:3] == ["January", "March", "May"]
    assert len(days(page)) == 20
    assert len(actions(page, "Change")) == 18
    assert "open 08:30–12:00" in days(page)[-1]
    assert "Everyone" in days(page)[0]
    assert "closing days in 2030" in signed_in(FARID).open("/manage/closures?year=2030").text
    for odd in ("²", "99999", "-1", "1e3", ""):
        assert signed_in(FARID).open(f"/manage/closures?year={odd}").status == 200


def test_closing_a_day_with_bookings_shows_them_first_and_keeps_them(signed_in, booked, send):
    booked(ANN, "VZ-101", f"{MONDAY}T09:00", "10:00", title="Team meeting")
    wish = {"first": MONDAY, "name": "Verhuis"}
    preview = send(FARID, ADD, "preview", **wish)
    assert preview.status == 200
    assert "1 booking would no longer fit" in preview.text
    [line] = preview.rows("Would no longer fit")
    assert "Team meeting" in line
    assert "closed" in line
    saved = send(FARID, ADD, "leave", page=preview)
    assert any("8 March" in day and "Verhuis" in day for day in days(saved))
    assert saved.rows("Bookings on closing days") == [line]


def test_several_days_for_some_organisations_and_a_day_open_in_part(send):
    page = send(FARID, ADD, first="2027-07-12", last="2027-07-16", name="Kermis", organisations=["WW", "CAW"])
    assert (
        sum("Kermis" in day and "CAW Vaartstreek - Welfare House, Job Shop Vaartbeke" in day for day in days(page)) == 5
    )
    page = send(FARID, ADD, first=MONDAY, name="Personeelsfeest", kind="half_day", opens="08:30", closes="12:00")
    assert any("Personeelsfeest" in day and "open 08:30–12:00" in day for day in days(page))


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"first": ""}, {"first"}),
        ({"first": "2027-03-02"}, {"first"}),
        ({"name": " "}, {"name"}),
        ({"name": "x" * 201}, {"name"}),
        ({"last": "2027-03-07"}, {"last"}),
        ({"last": "2027-05-07"}, {"last"}),
        ({"kind": "party"}, {"kind"}),
        ({"kind": "half_day"}, {"opens"}),
        ({"kind": "half_day", "opens": "12:00", "closes": "08:00"}, {"closes"}),
        ({"kind": "half_day", "opens": "8h", "closes": "12:00"}, {"opens"}),
        ({"name_fr": "a\0b"}, {"name_fr"}),
        ({"first": "2027-03-29"}, {"first"}),  # Easter Monday: everyone is closed already
    ],
)
def test_what_makes_no_sense_is_said_at_its_field(send, signed_in, typed, wrong):
    page = send(FARID, ADD, **{"first": MONDAY, "name": "Verhuis", **typed})
    assert (page.status, page.wrong_fields()) == (400, wrong)
    assert len(days(signed_in(FARID).open("/manage/closures"))) == 20


def test_an_organisation_that_is_not_there_cannot_be_closed(send):
    assert send(FARID, ADD, first=MONDAY, name="Verhuis", organisations=["NMBS"]).status == 400


def test_a_closing_day_is_changed_and_the_second_manager_sees_it(signed_in, send):
    [address] = actions(send(FARID, ADD, first=MONDAY, name="Verhuis"), "Change")[:1]
    page = signed_in(FARID).open(address)
    send(FARID, address, first="2027-03-09", name="Verhuis van het archief")
    refused = send(FARID, address, page=page, name="Iets anders")
    assert refused.status == 409
    assert "Verhuis van het archief" in refused.text
    assert send(FARID, address, page=refused, seen="x", name="Iets anders").status == 400
    assert send(FARID, address, "preview", page=refused, seen="  ", name="Iets anders").status == 200
    saved = send(FARID, address, page=refused)
    assert any("8 March" in day and "Iets anders" in day for day in days(saved))


def test_a_closing_day_is_taken_back_after_one_question(signed_in, send):
    address = actions(send(FARID, ADD, first=MONDAY, name="Verhuis"), "Remove")[0]
    assert "Verhuis, Monday 8 March 2027" in signed_in(FARID).open(address).text
    stale = signed_in(FARID).open(address)
    send(FARID, address.removesuffix("/remove"), name="Verhuis 2")
    assert send(FARID, address, page=stale).status == 409
    page = send(FARID, address)
    assert len(days(page)) == 20
    assert "Taken back" in page.text
    assert signed_in(FARID).open(address).status == 404


def test_the_welfare_houses_administrator_closes_only_the_welfare_house(signed_in, send):
    form = signed_in(INES).open(ADD)
    assert form.soup.find(attrs={"name": "organisations"}) is None
    assert "CAW Vaartstreek" in form.text
    page = send(INES, ADD, first=MONDAY, name="Teamdag", organisations=["GEM"])
    [own] = [day for day in days(page) if "Teamdag" in day]
    assert "CAW Vaartstreek - Welfare House" in own
    assert "Municipality" not in own
    assert len(actions(page, "Change")) == 1
    shared = actions(signed_in(FARID).open("/manage/closures"), "Change")[-1]
    assert signed_in(INES).open(shared).status == 403


def test_and_is_shown_only_what_stands_in_the_spaces_of_the_welfare_house(signed_in, send, booked):
    booked(INES, "SK-08", f"{MONDAY}T09:00", "09:30", attendees=2, service="CAW-SLA")
    booked(INES, "VZ-101", f"{MONDAY}T10:00", "11:00", attendees=4)
    wish = {"first": MONDAY, "name": "Teamdag"}
    preview = send(INES, ADD, "preview", **wish)
    [line] = preview.rows("Would no longer fit")
    assert "SK-08" in line
    assert "1 booking would no longer fit" in preview.text
    send(INES, ADD, "leave", **wish)
    [line] = signed_in(INES).open("/manage/closures").rows("Bookings on closing days")
    assert "SK-08" in line


def test_the_holidays_of_a_year_are_proposed_and_ticked_together(signed_in, send):
    address = "/manage/closures/holidays?year=2028"
    page = signed_in(FARID).open(address)
    assert "New Year's Day Saturday 1 January Falls on a Saturday" in page.text
    ticked = [value for name, value in form_of(page) if name == "days"]
    assert len(ticked) == 10
    assert "2028-04-16" not in ticked
    assert "Every booking there is would still fit." in send(FARID, address, "preview").text
    saved = send(FARID, address, days=["2028-04-17", "2028-05-01"], organisations=["GEM", "OCMW"])
    both = "Municipality of Vaartbeke, Public Centre for Social Welfare Vaartbeke"
    assert [day.split(" Change")[0] for day in days(saved)] == [
        f"Monday 17 April Easter Monday {both} Public holiday",
        f"Monday 1 May Labor Day {both} Public holiday",
    ]
    assert send(FARID, address, days=[]).status == send(FARID, address, days=["2028-02-30"]).status == 400


def test_holidays_that_are_in_the_list_are_not_proposed_again(signed_in):
    page = signed_in(FARID).open("/manage/closures/holidays?year=2027")
    assert "Easter Monday Monday 29 March Already in the list" in page.text
    assert {value for name, value in form_of(page) if name == "days"} == set()


@pytest.mark.parametrize(
    ("who", "address", "status"),
    [
        (ANN, "/manage/closures", 403),
        (NORA, "/manage/closures", 403),
        (ANN, ADD, 403),
        (FARID, "/manage/closures/99999", 404),
        (FARID, "/manage/closures/99999/remove", 404),
    ],
)
def test_who_finds_nothing_here(signed_in, who, address, status):
    assert signed_in(who).open(address).status == status
