"""Today: what each of us comes for is on the page, and one press away. It is Wednesday 3 March 2027, nine o'clock."""

from __future__ import annotations

import pytest

from models.rules.changes.spaces import SetCapacity
from tests.blueprints.home.conftest import rows
from tests.cast import ANN, BRAM, CHRIS, DORA, ELS, FARID, GERDA, HUGO, INES, JEF, KAAT, LIEN, MARC, NORA, at
from tests.changing import put, space

TODAY, TOMORROW = "2027-03-03", "2027-03-04"
EVERYONE = (
    ANN,
    CHRIS,
    DORA,
    ELS,
    FARID,
    GERDA,
    HUGO,
    INES,
    JEF,
    KAAT,
    LIEN,
    MARC,
    NORA,
    "ict.beheerder",
    "dpo",
    "kwaliteitscoordinator",
    "burgemeester",
    "onthaal.namiddag",
)
MOST = 12


@pytest.mark.parametrize("who", EVERYONE)
def test_everyone_finds_a_page_of_today_with_one_heading_and_no_number_twice(who, at_home):
    page = at_home(who)
    assert page.status == 200
    assert len(page.soup.find_all("h1")) == 1
    ids = [each["id"] for each in page.soup.find_all(id=True)]
    assert len(ids) == len(set(ids))


def test_a_free_desk_of_the_own_zone_is_one_press_away(signed_in, booked, kept):
    booked(BRAM, "WP-1BUR-07", f"{TOMORROW}T07:00", "12:30")  # the first with what Ann likes at her desk
    ann = signed_in(ANN)
    today, tomorrow = ann.open("/").buttons("Book (whole")
    for form, start in ((today, f"{TODAY}T07:00"), (tomorrow, f"{TOMORROW}T07:00")):
        booking = kept(ann.press(form).location.rpartition("/")[2])
        assert booking.space.startswith("WP-1BUR-") and booking.space != "WP-1BUR-07" or start.startswith(TODAY)
        assert booking.during.start == at(start)
    assert ann.open("/").buttons("Book (whole") == []  # she has a desk on both days, and the page says where


def test_in_the_afternoon_a_desk_is_offered_for_what_is_left_of_the_day(signed_in, clock, kept):
    clock.instant = at(f"{TODAY}T13:00")
    ann = signed_in(ANN)
    booking = kept(ann.press(ann.open("/").buttons("Book (afternoon)")[0]).location.rpartition("/")[2])
    assert booking.during.start == at(f"{TODAY}T12:30")
    clock.instant = at(f"{TODAY}T19:30")
    assert len(ann.open("/").buttons("Book (whole")) == 1  # tomorrow's


def test_the_next_working_day_is_one_on_which_the_own_organisation_is_open(signed_in, clock):
    clock.instant = at("2027-03-26T09:00")  # a Friday; the Monday after it is Easter Monday
    assert "date=2027-03-30" in signed_in(ANN).open("/").source


def test_the_desk_of_last_week_is_offered_only_while_it_can_be_had(signed_in, booked, clock):
    booked(ANN, "WP-1BUR-05", f"{TOMORROW}T07:00", "12:30")
    clock.instant = at("2027-03-10T16:00")
    ann = signed_in(ANN)
    assert len(ann.open("/").buttons("As last week: WP-1BUR-05")) == 1
    booked(BRAM, "WP-1BUR-05", "2027-03-11T07:00", "12:30")
    page = ann.open("/")
    assert page.buttons("As last week: WP-1BUR-05") == []
    assert page.buttons("Book (whole")


def test_who_has_no_desks_in_the_own_zone_is_offered_one_that_no_neighbourhood_comes_first_for(at_home):
    page = at_home(HUGO)
    assert len(page.buttons("Book (whole")) == 2
    assert "Free in Project zone:" in page.text


def test_check_in_opens_a_quarter_before_the_start(signed_in, booked, clock):
    booked(ANN, "VZ-104", f"{TODAY}T10:00", "11:00", title="Street plan")
    ann = signed_in(ANN)
    clock.instant = at(f"{TODAY}T09:44")
    assert ann.open("/").buttons("Check in") == []
    clock.instant = at(f"{TODAY}T09:45")
    assert len(ann.open("/").buttons("Check in")) == 1


def test_a_coordinator_reads_the_talks_of_her_services_and_says_that_nobody_came(signed_in, booked, clock, kept):
    mine = booked(DORA, "SK-05", f"{TODAY}T10:00", "11:00", attendees=2, service="OCMW-LEE")
    booked(CHRIS, "SK-04", f"{TODAY}T10:00", "10:30", attendees=3, service="GEM-VRE")  # another's
    booked(DORA, "SK-01", f"{TODAY}T15:00", "15:30", attendees=2, service="OCMW-INT")  # not in the next hours
    dora = signed_in(DORA)
    page = dora.open("/")
    [line] = rows(page, "Talks of my services")
    assert mine.visitor_code in line
    assert page.buttons("Nobody came") == []
    assert page.soup.select_one("#typed")  # the walk-in form stands there too
    clock.instant = at(f"{TODAY}T10:05")
    dora.press(dora.open("/").buttons("Nobody came")[0])
    assert kept(mine.id).status == "released"
    assert rows(dora.open("/"), "Talks of my services") == []


def test_a_talk_stands_on_the_page_once(signed_in, booked):
    booked(DORA, "SK-05", f"{TODAY}T10:00", "11:00", attendees=2, service="OCMW-LEE")
    assert rows(signed_in(DORA).open("/"), "My next bookings") == []


def test_who_manages_sees_first_what_waits_what_is_above_a_limit_and_how_full_it_is(at_home, booked):
    booked(BRAM, "VZ-101-102", f"{TOMORROW}T09:00", "10:00", attendees=30, title="Big plans")  # waits for Farid
    booked(ANN, "VZ-104", f"{TODAY}T09:00", "10:00", attendees=5)
    page = at_home(FARID)
    assert rows(page, "Waiting for your approval")
    assert "5 to 13 of 750" in page.text  # two zones of it tell only their own people how many they are
    assert "No booking stands above a limit" in page.text
    assert "Every space is in service." in page.text
    assert page.soup.find("a", href="/occupancy")
    assert page.soup.find("a", href="/manage")


def test_what_stands_above_a_lowered_limit_this_week_is_counted(at_home, booked, demo_app):
    booked(ANN, "VZ-101", f"{TOMORROW}T09:00", "10:00", attendees=14)
    booked(ANN, "VZ-101", "2027-03-18T09:00", "10:00", attendees=14)  # later
    with demo_app.test_request_context():
        put(SetCapacity(space("VZ-101"), 12))
    assert "1 booking stands above a limit in the coming week." in at_home(FARID).text


def test_who_answers_for_safety_sees_where_it_gets_tight_today(at_home, booked):
    for who, room in ((ANN, "VZ-101"), (BRAM, "VZ-102")):
        booked(who, room, f"{TODAY}T14:00", "15:00", attendees=18)
    page = at_home(NORA)
    assert "No zone or floor comes near its limit today." in page.text
    booked(FARID, "OR-04", f"{TODAY}T14:00", "15:00", attendees=70)
    booked(ANN, "OR-05", f"{TODAY}T14:30", "15:00", attendees=25)
    said = at_home(NORA).text.partition("Tight today")[2]
    assert said.startswith(" Canteen and roof terrace 95 of 110 14:30–15:00")


def test_a_protocol_officer_sees_requests_and_what_is_settled_in_the_halls(at_home, booked):
    booked(FARID, "PZ-01", "2027-03-10T07:00", "12:30", attendees=20, title="Waits")
    booked(HUGO, "PZ-02", "2027-03-11T10:00", "11:00", attendees=20, title="Is settled")
    page = at_home(HUGO)
    assert len(rows(page, "Waiting for your approval")) == 1
    assert ["Is settled" in line for line in rows(page, "Coming up in the halls")] == [True]


def test_a_partners_administrator_sees_own_spaces_and_what_others_see_of_them(signed_in, booked):
    talk = booked(INES, "SK-08", f"{TODAY}T09:00", "10:00", attendees=2, service="CAW-SLA")
    ines = signed_in(INES)
    page = ines.open("/")
    lines = rows(page, "Our spaces today")
    assert [line.split()[3] for line in lines] == ["SK-08", "SK-09"]
    assert "Taken until 10:00" in lines[0]
    others = ines.open(page.link("What do others see?"))
    [cells] = [
        [cell.get_text(" ").strip() for cell in row.find_all(["th", "td"])] for row in others.soup.select("tbody tr")
    ]
    assert talk.visitor_code in cells[2]
    assert cells[3] == "Busy"


def test_an_association_sees_free_rooms_first_and_its_requests_with_their_status(signed_in, booked):
    booked(KAAT, "VZ-001", "2027-03-10T14:00", "16:00", attendees=10, title="Board")
    page = signed_in(KAAT).open("/")
    [line] = rows(page, "My requests")
    assert "Board" in line
    assert "Waiting for approval" in line
    rooms = rows(page, "Rooms you may ask for")
    assert any("VZ-001" in line and "Today" in line for line in rooms)
    assert "My desk" not in page.text
    form = signed_in(KAAT).open(page.link("Ask for it"))
    assert form.status == 200
    assert form.soup.select_one("form#booking")


def test_a_caretaker_reads_for_which_evenings_he_holds_the_keys(at_home, booked):
    booked(FARID, "VZ-001", "2027-03-08T19:00", "21:00", attendees=12, title="Council of elders", key_holder=MARC)
    [line] = rows(at_home(MARC), "Evenings for which I hold the keys")
    assert "VZ-001" in line
    assert "19:00–21:00" in line


@pytest.mark.parametrize("who", [ANN, DORA, FARID, GERDA, HUGO, INES, KAAT, MARC, NORA])
def test_the_number_of_questions_does_not_grow_with_the_bookings(who, signed_in, booked, demo_app, counted_queries):
    reader = signed_in(who)

    def questions() -> int:
        reader.open("/")
        with counted_queries() as counted:
            assert reader.open("/").status == 200
        return counted.number

    def fill(hour: int) -> None:
        booked(ANN, "VZ-104", f"{TODAY}T{hour:02}:00", f"{hour:02}:30", attendees=2)
        booked(DORA, "SK-05", f"{TODAY}T{hour:02}:00", f"{hour:02}:30", attendees=2, service="OCMW-LEE")
        booked(INES, "SK-08", f"{TODAY}T{hour:02}:00", f"{hour:02}:30", attendees=2, service="CAW-SLA")
        booked(KAAT, "VZ-001", f"{TOMORROW}T{hour:02}:00", f"{hour:02}:30", attendees=5)
        booked(HUGO, "PZ-02", f"{TOMORROW}T{hour:02}:00", f"{hour:02}:30", attendees=5)
        booked(FARID, "PZ-03", f"{TOMORROW}T{hour:02}:00", f"{hour:02}:30", attendees=5)

    fill(9)
    few = questions()
    fill(10)
    fill(11)
    assert questions() == few <= MOST
