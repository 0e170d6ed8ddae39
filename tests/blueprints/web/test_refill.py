"""A page's form filled in anew with what somebody typed, whatever form it is."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from blueprints.web.refill import filled

PAGE = """<!doctype html><title>a\u2028b</title>
<header><form method="post" action="/language"><button name="language" value="nl">NL</button></form></header>
<main id="content"><h1>Boek &amp; zie</h1>
<form method="get"><input name="title" value="a filter"></form>
<form method="post" action="/rooms/A/book"><button name="posted" value="x">Press</button></form>
<form id="booking" method="post">
  <input type="hidden" name="key" value="fresh"><input type="text" name="title" value="before" maxlength=200>
  <input type="checkbox" name="layout" value="u" checked><input type="checkbox" name="layout" value="theatre">
  <input type="radio" name="on" value="1" checked><input type="radio" name="on" value="2">
  <select name="service"><option value="">None</option><option value="BZ" selected>Burgerzaken</option>
    <option value="SD">Sociale dienst</option></select>
  <textarea name="note">
old &lt;note&gt;</textarea><input type="password" name="secret">
<input name="person" value=""><input name="person" value=""></form>
<input name="outside" form="booking"><script>if (1 < 2) { "<input name=title>" }</script></main>"""


def again(*typed, sent_to="/rooms/A/book"):
    page = filled(PAGE, "/rooms/A/book?date=2027-03-03", sent_to, typed, "<p>Not sent</p>")
    return page and BeautifulSoup(page, "html.parser")


def test_each_sort_of_field_has_what_was_typed_and_what_is_hidden_stays():
    page = again(
        ("key", "used"),
        ("title", '"Overleg" <b> & co'),
        ("layout", "theatre"),
        ("on", "2"),
        ("service", "SD"),
        ("note", "\neerste\n</textarea><b>"),
        ("person", "Ann"),
        ("person", "Bram"),
        ("outside", "ook"),
        ("secret", "geheim"),
    )
    form = page.find(id="booking")
    assert form["action"] == "/rooms/A/book"
    assert form.select_one("[name=title]")["value"] == '"Overleg" <b> & co'
    assert [each["value"] for each in form.select("[name=person]")] == ["Ann", "Bram"]

    assert [each["value"] for each in form.select("[checked]")] == ["theatre", "2"]
    assert [each["value"] for each in form.select("[selected]")] == ["SD"]
    assert form.textarea.text == "\n\neerste\n</textarea><b>"  # of which a browser leaves out the first line break
    assert form.select_one("[name=key]")["value"] == "fresh"
    assert not form.select_one("[name=secret]").has_attr("value")
    assert page.find("input", attrs={"name": "outside"})["value"] == "ook"
    assert page.main.contents[0].text == "Not sent"
    assert page.find("form", method="get")["action"] == "/rooms/A/book?date=2027-03-03"
    assert page.find("form", method="get").input["value"] == "a filter"


@pytest.mark.parametrize(
    ("typed", "sent_to"),
    [
        ([("title", "x")], "/rooms/B/book"),  # no form that is sent there
        ([("posted", "x")], "/rooms/A/book"),  # a button was pressed, nothing typed
        ([], "/rooms/A/book"),
    ],
)
def test_where_there_is_nothing_to_fill_in_it_is_not_this_page(typed, sent_to):
    assert again(*typed, sent_to=sent_to) is None


@given(title=st.text(), note=st.text(alphabet=st.characters(exclude_characters="\r")))
def test_whatever_was_typed_stands_in_its_field_and_the_rest_of_the_page_as_it_was(title, note):
    page = again(("title", title), ("note", note))
    form = page.find(id="booking")
    assert form.select_one("[name=title]")["value"] == title
    assert form.textarea.text == f"\n{note}"
    assert page.h1.text == "Boek & zie"
    assert len(page.find_all("input")) == len(BeautifulSoup(PAGE, "html.parser").find_all("input"))
