"""An answer as a reader meets it, and somebody at a browser without script."""

from __future__ import annotations

from functools import cached_property

from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient

from tests.words import words_of_main


class Page:
    def __init__(self, response) -> None:
        self.status = response.status_code
        self.location = response.headers.get("Location")
        self.source = response.get_data(as_text=True)

    @cached_property
    def soup(self) -> BeautifulSoup:
        return BeautifulSoup(self.source, "html.parser")

    @property
    def text(self) -> str:
        """What stands in the page itself, without menu and footer."""
        return words_of_main(self.source)

    @property
    def title(self) -> str:
        return " ".join(self.soup.h1.get_text(" ").split())

    def form(self, action: str) -> Tag | None:
        return self.soup.find("form", action=action)

    def buttons(self, word: str) -> list[Tag]:
        """The POST forms whose button begins with this word."""
        return [
            button.find_parent("form")
            for button in self.soup.find_all("button")
            if button.get_text(" ").split()[: len(word.split())] == word.split()
        ]

    def link(self, words: str) -> str:
        """Where the first link with these words leads."""
        return next(each["href"] for each in self.soup.find_all("a") if words in " ".join(each.get_text(" ").split()))

    def wrong_fields(self) -> set[str]:
        return {each["name"] for each in self.soup.select("[aria-invalid=true]")}


def values_of(form: Tag) -> dict[str, str]:
    """What a browser would send of this form: its first submit button is the one that is pressed."""
    values = {}
    for field in form.find_all(["input", "textarea", "select"]):
        name = field.get("name")
        if not name or (field.get("type") in ("radio", "checkbox") and not field.has_attr("checked")):
            continue
        if field.name == "select":
            chosen = field.find("option", selected=True) or field.find("option")
            values[name] = chosen["value"]
        else:
            values[name] = field.get_text().strip("\r\n") if field.name == "textarea" else field.get("value", "")
    return values


class Reader:
    """Somebody signed in, reading English."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def open(self, address: str) -> Page:
        return Page(self.client.get(address))

    def send(self, address: str, **values) -> Page:
        return Page(self.client.post(address, data=values))

    def fill_in(self, address: str, **changes) -> Page:
        """The form of a page as it stands there, with these values put otherwise."""
        page = self.open(address)
        form = page.form(address.partition("?")[0])
        return self.send(form["action"], **(values_of(form) | changes))

    def press(self, form: Tag) -> Page:
        """A form that is one button."""
        return self.send(form["action"], **values_of(form))

    def follow(self, page: Page) -> Page:
        assert page.status == 303, page.text
        return self.open(page.location)
