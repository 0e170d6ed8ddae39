"""An address for one's own calendar program: shown once, copied with one click, and worth nothing once revoked."""

from __future__ import annotations

import re
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from tests.browser.axe import violations
from tests.cast import ANN

pytestmark = pytest.mark.browser


def subscribed(address: str) -> str:
    with urlopen(address, timeout=120) as answer:
        return answer.read().decode()


def test_an_address_is_made_shown_once_copied_read_and_revoked(visit, site):
    site.book(ANN, "VZ-104", "2027-03-04T10:00", "11:00", attendees=5, title="Street plan")
    ann = visit(ANN, permissions=["clipboard-read", "clipboard-write"])
    ann.page.locator(".drop summary").click()
    ann.press("link", "Calendar addresses")
    ann.press("button", re.compile("^Make"))
    shown = ann.page.locator("#feed-address")
    address = shown.input_value()
    assert address.startswith(f"{site.address}/feeds/")
    assert violations(ann.page) == []
    ann.page.get_by_role("button", name=re.compile("^Copy")).click()
    ann.page.locator("#feed-address-copied:not(:empty)").wait_for()
    assert ann.page.evaluate("navigator.clipboard.readText()") == address
    assert "BEGIN:VCALENDAR" in subscribed(address)
    assert "Street plan" in subscribed(address)

    ann.page.reload()
    assert shown.count() == 0
    assert address.rpartition("/")[2] not in ann.page.content()
    ann.press("link", re.compile("^Revoke"))
    ann.click(ann.page.get_by_role("main").get_by_role("button", name=re.compile("^Revoke")))
    with pytest.raises(HTTPError) as gone:
        subscribed(address)
    assert gone.value.code == 404
    gone.value.close()
