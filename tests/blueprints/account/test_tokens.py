"""Programs that work in my name: a token is made for each, shown once, listed and ended."""

from __future__ import annotations

from models.queries.people import person_by_username
from models.queries.recognised import person_of_api_token
from models.queries.tokens import tokens_of
from models.rules.people.tokens import token_hash
from tests.blueprints.booking.reading import Page
from tests.cast import ANN, BRAM, FARID, NOW

PAGE = "/account/tokens"
ZUIL = {"name": "Zuil in de hal", "scope": "write", "until": "2027-12-31"}


def opened_by(app, token: str):
    with app.app_context():
        return person_of_api_token(token_hash(token), NOW)


def made(reader, **more) -> str:
    page = reader.send(PAGE, **(ZUIL | more))
    assert page.status == 201, page.text
    return page.soup.select_one("#new-token")["value"]


def test_a_token_is_shown_this_once_and_never_kept_or_packed_on_its_way(signed_in, demo_app):
    ann = signed_in(ANN)
    answer = ann.client.post(PAGE, data=ZUIL)
    assert answer.headers["Cache-Control"] == "no-store, no-transform"
    token = Page(answer).soup.select_one("#new-token")["value"]
    found = opened_by(demo_app, token)
    assert (found.person.username, found.person.scope) == (ANN, "write")
    for address in (PAGE, "/account"):
        again = ann.open(address)
        assert token not in again.text
        assert "Zuil in de hal" in again.text
        assert "31 Dec 2027" in again.text


def test_it_is_ended_by_its_owner_alone_and_all_at_once(signed_in, demo_app):
    ann, bram = signed_in(ANN), signed_in(BRAM)
    tokens = [made(ann), made(ann, name="Tweede"), made(ann, name="Derde")]
    end = ann.open(PAGE).soup.select("td form")[2]["action"]
    assert bram.send(end).status == 404
    assert "The token is ended." in ann.follow(ann.send(end)).text
    assert ann.send(end).status == 404
    assert [opened_by(demo_app, each) is None for each in tokens] == [True, False, False]
    assert "2 tokens are ended." in ann.follow(ann.send(f"{PAGE}/end-all")).text
    assert all(opened_by(demo_app, each) is None for each in tokens)


WRONG = (
    ({"scope": "manage"}, "scope"),  # her roles reach no further than write
    ({"name": ""}, "name"),
    ({"name": "Al daar"}, "name"),
    ({"until": "2027-03-02"}, "until"),
    ({"until": "2030-01-01"}, "until"),
)


def test_what_may_not_be_is_told_at_its_field_and_no_token_is_made(signed_in, demo_app):
    ann = signed_in(ANN)
    made(ann, name="Al daar")
    for more, field in WRONG:
        page = ann.send(PAGE, **(ZUIL | more))
        assert page.status == 400
        assert [each["id"] for each in page.soup.select(".field-error")] == [f"{field}-error"], more
    with demo_app.app_context():
        assert len(tokens_of(person_by_username(ANN).id, NOW)) == 1
    assert made(signed_in(FARID), scope="manage")
