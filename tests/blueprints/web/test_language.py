"""In which language a page speaks to whoever is not signed in."""

from __future__ import annotations

import pytest
from flask_babel import get_locale

from blueprints.web.language import language, remember_language
from models.tables.db import db
from models.tables.municipality import Municipality
from models.tables.transaction import write_transaction


@pytest.fixture
def app(own_app):
    return own_app


@pytest.fixture
def spoken(app):
    """Make a municipality that speaks these languages; answers what a page tells its reader."""

    def municipality(languages: str) -> None:
        with app.app_context(), write_transaction():
            db.session.add(Municipality(code="T", name_nl="Testdorp", languages=languages))

    app.add_url_rule("/spoken", "spoken", lambda: f"{language()} {get_locale()}")
    app.add_url_rule("/choose/<code>", "choose", lambda code: remember_language(code) or "")
    return municipality


@pytest.mark.parametrize(
    ("languages", "asked", "answered"),
    [
        ("nl;en", "en-GB,en;q=0.9", "en en_BE"),
        ("nl;en", "fr-BE,fr;q=0.9,en;q=0.5", "en en_BE"),  # not French, but English before Dutch
        ("nl;en", "fr", "nl nl_BE"),  # none of ours: Dutch
        ("nl;en", "", "nl nl_BE"),
        ("nl", "en", "nl nl_BE"),  # the municipality does not speak English
        ("nl;fr;en;de", "fr,de;q=0.8", "fr fr_BE"),
        ("nl;xx;de", "xx,de;q=0.8", "de de_BE"),  # it speaks that language, but our pages do not
        ("en", "", "en en_BE"),
    ],
)
def test_a_page_speaks_as_the_browser_asks_as_far_as_the_municipality_does(client, spoken, languages, asked, answered):
    spoken(languages)
    assert client.get("/spoken", headers={"Accept-Language": asked}).text == answered


@pytest.mark.parametrize(("chosen", "answered"), [("en", "en"), ("fr", "nl"), ("xx", "nl")])
def test_what_somebody_chose_in_this_browser_stays(client, spoken, chosen, answered):
    spoken("nl;en")
    client.get(f"/choose/{chosen}")
    assert client.get("/spoken", headers={"Accept-Language": "nl"}).text.split()[0] == answered


def test_an_empty_database_still_gives_pages(client, spoken):
    assert client.get("/spoken", headers={"Accept-Language": "en"}).text == "en en_BE"
