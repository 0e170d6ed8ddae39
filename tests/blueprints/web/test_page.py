"""The frame of a page, of which pieces are made once: each reader's own, whoever read before them."""

from __future__ import annotations

from bs4 import BeautifulSoup
from sqlalchemy import update

from models.tables.db import db
from models.tables.person import PersonRow
from models.tables.transaction import write_transaction
from tests.cast import ANN, FARID, INES

PAGE = "/accessibility"


def frame(client) -> tuple:
    page = BeautifulSoup(client.get(PAGE).text, "html.parser")
    menus = [(each.get("href"), each.get("aria-current"), each.text) for each in page.select("header a")]
    return menus, page.select_one("summary .drop-name"), page.footer.text, page.find(attrs={"aria-current": "true"})


def test_a_piece_that_was_made_for_one_is_another_readers_only_where_it_is_the_same(browser_of, demo_app):
    readers = [browser_of(ANN), browser_of(FARID), browser_of(INES), demo_app.test_client()]
    alone = []
    for each in readers:
        demo_app.extensions.pop("trefpunt_pieces", None)
        alone.append(frame(each))
    assert [frame(each) for each in (*readers, *reversed(readers))] == [*alone, *reversed(alone)]
    assert len({str(each) for each in alone}) == len(readers)


def test_it_follows_its_readers_language_name_and_roles(browser_of, demo_app):
    farid = browser_of(FARID)
    before = frame(farid)
    for changed in ({"language": "fr"}, {"display_name": "Iemand anders"}):
        with demo_app.app_context(), write_transaction():
            db.session.execute(update(PersonRow).where(PersonRow.username == FARID).values(**changed))
        after = frame(farid)
        assert after != before
        before = after
