"""What a page is dressed in is fetched once, and again as soon as it differs."""

from __future__ import annotations

import gzip

import pytest
from bs4 import BeautifulSoup

from blueprints.web.assets import A_YEAR, TOGETHER
from blueprints.web.packing import WORTH_IT


@pytest.fixture
def addresses(client) -> list[str]:
    """Of every style sheet, script and icon file that a page names."""
    page = BeautifulSoup(client.get("/login").text, "html.parser")
    named = [each["href"] for each in page.select("link[href]")] + [each["src"] for each in page.select("script[src]")]
    return [*named, page.select_one("img.brand-mark")["src"], page.find("use")["href"].partition("#")[0]]


def test_all_that_a_page_names_is_there(client, addresses):
    assert len(addresses) >= 6
    assert {address: client.get(address).status_code for address in addresses} == dict.fromkeys(addresses, 200)


def test_a_browser_keeps_what_bears_its_digest_for_a_year(client, addresses):
    lasting = [address for address in addresses if "?v=" in address]
    assert len(lasting) >= len(addresses) - 1  # all but the font, which its style sheet names plainly
    for address in lasting:
        assert client.get(address).headers["Cache-Control"] == f"public, max-age={A_YEAR}, immutable"


@pytest.mark.parametrize("name", TOGETHER)
def test_what_every_page_asks_for_comes_in_one_answer_each_part_of_it_whole_and_in_its_order(client, addresses, name):
    [address] = [each for each in addresses if f"/{name}?" in each]
    parts = [client.get(f"/static/{each}").text for each in TOGETHER[name]]
    assert client.get(address).text == "\n".join(parts)


def test_it_is_sent_packed_to_whoever_takes_it_so_with_the_headers_of_every_answer(client, addresses):
    for address in addresses:
        plain, packed = client.get(address), client.get(address, headers={"Accept-Encoding": "gzip"})
        if len(plain.data) < WORTH_IT or address.endswith(".woff2"):  # which is packed as it is
            assert packed.data == plain.data, address
            continue
        assert gzip.decompress(packed.data) == plain.data, address
        assert len(packed.data) < len(plain.data)
        assert packed.headers["X-Content-Type-Options"] == "nosniff"
        assert "Access-Control-Allow-Origin" not in packed.headers
        for tag in (plain.headers["ETag"], packed.headers["ETag"]):
            assert client.get(address, headers={"If-None-Match": tag, "Accept-Encoding": "gzip"}).status_code == 304


def test_with_the_digest_of_another_version_it_is_not_kept(client):
    """Of two machines one may serve the new version already, and the other would be kept in its place."""
    assert client.get("/static/css/base.css?v=0123456789").headers["Cache-Control"] == "no-cache"


def test_without_a_digest_or_while_someone_works_on_it_each_use_asks_again(app, client, addresses):
    assert "immutable" not in client.get("/static/css/base.css").headers["Cache-Control"]
    app.debug = True
    assert not [each for each in addresses if "immutable" in client.get(each).headers.get("Cache-Control", "")]


def test_a_file_that_is_not_there_is_not_kept_either(client):
    assert "immutable" not in client.get("/static/css/nothing.css?v=1").headers.get("Cache-Control", "")
