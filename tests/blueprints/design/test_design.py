"""The page of the design language shows all of it, as it is, and only where people build or try."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from jinja2 import Environment, nodes

from app import create_app
from blueprints.design.samples import STATES
from blueprints.design.tokens import colours_in
from models.rules.house.colour import contrast
from models.tables.db import db
from tests.databases import SECRET
from tests.house.source import ROOT

TEMPLATES = ROOT / "templates"
COMPONENTS = sorted((TEMPLATES / "components").glob("*.html"))
ON_EVERY_PAGE = ("layouts/base.html",)


@pytest.fixture
def page(demo_app) -> BeautifulSoup:
    answer = demo_app.test_client().get("/design", headers={"Accept-Language": "en"})
    assert answer.status_code == 200
    return BeautifulSoup(answer.text, "html.parser")


def called_in(source: str) -> set[str]:
    return {
        call.node.name for call in Environment().parse(source).find_all(nodes.Call) if isinstance(call.node, nodes.Name)
    }


def macros_of(path) -> dict[str, set[str]]:
    """Each macro of a component file that others may use, with what it calls itself."""
    tree = Environment().parse(path.read_text(encoding="utf-8"))
    return {
        macro.name: {call.node.name for call in macro.find_all(nodes.Call) if isinstance(call.node, nodes.Name)}
        for macro in tree.find_all(nodes.Macro)
    }


def test_every_component_is_shown():
    """One that is missing gets a sample in templates/design: whoever looks for a component looks there."""
    macros = {name: calls for path in COMPONENTS for name, calls in macros_of(path).items()}
    sources = [path.read_text(encoding="utf-8") for path in (TEMPLATES / "design").glob("*.html")]
    shown = set().union(*map(called_in, [*sources, *((TEMPLATES / each).read_text() for each in ON_EVERY_PAGE)]))
    while deeper := set().union(*(macros.get(name, set()) for name in shown)) - shown:
        shown |= deeper
    assert macros.keys() - shown == set()


def test_each_state_is_shown_as_badge_as_slot_and_on_the_plan(page):
    states = page.find(id="states")
    assert len(states.find_all(class_="cluster")[0].find_all(class_="badge")) == len(STATES)
    assert [each.text for each in states.select("table.tl tbody td")] == [
        "Free",
        "Taken",
        "Yours",
        "Requested",
        "Closed",
    ]
    assert [each["class"][1] for each in states.select("a.plan-space")] == [f"plan-{state}" for state in STATES]


def test_contrast_is_measured_not_typed(page):
    light, dark = colours_in("light"), colours_in("dark")
    row = next(each for each in page.select(".design-colours tr") if each.th.text == "--ink")
    measured = [f"{contrast(colours['ink'], colours['sunken']):.1f}" for colours in (light, dark)]
    assert " · ".join(measured) in row.text
    assert len(page.select(".design-colours tbody tr")) == len(light)


def test_a_form_is_shown_with_what_is_wrong_in_it_and_each_fault_leads_to_its_field(page):
    faults = [link["href"][1:] for link in page.select("#forms .error-summary a")]
    assert len(faults) >= 4
    assert all(page.find(id=each) for each in faults)


def test_a_sample_changes_nothing(demo_app):
    demo_app.config["WTF_CSRF_ENABLED"] = False
    answer = demo_app.test_client().post("/design")
    assert (answer.status_code, answer.location) == (303, "/design")


def test_the_page_asks_the_database_no_more_than_whether_the_house_is_as_it_was(demo_app, counted_queries):
    demo_app.test_client().get("/design")
    with counted_queries() as counted:
        demo_app.test_client().get("/design")
    assert counted.number <= 1


def test_search_engines_are_asked_to_leave_it_out(demo_app):
    assert "noindex" in demo_app.test_client().get("/design").headers["X-Robots-Tag"]


@pytest.fixture
def in_earnest(demo_url):
    """A town's own house: no demo, no test."""
    app = create_app({"TREFPUNT_DATABASE_URL": demo_url, "TREFPUNT_SECRET_KEY": SECRET, "TREFPUNT_DEMO": "0"})
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.mark.parametrize("path", ["/design", "/design/question"])
def test_a_town_in_earnest_has_no_such_page(path, in_earnest):
    client = in_earnest.test_client()
    assert client.get(path).status_code == 404
    assert "/design" not in client.get("/login").text
    in_earnest.config["TREFPUNT_DEMO"] = True
    assert client.get(path).status_code == 200
    assert 'href="/design"' in client.get("/login").text
