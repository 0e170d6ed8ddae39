"""Calendar addresses by program."""

from __future__ import annotations

from tests.cast import ANN, BRAM


def test_an_address_is_shown_once_and_opens_until_it_is_revoked(program, demo_app):
    ann = program(ANN)
    answer = ann.post("/feeds", {"scope": "mine"})
    made = answer.json
    assert answer.status_code == 201
    assert made["webcal_url"] == made["url"].replace("http", "webcal", 1)
    address = made["url"].removeprefix(demo_app.config["TREFPUNT_BASE_URL"])
    assert demo_app.test_client().get(address).status_code == 200
    listed = ann.get("/feeds")
    assert [(each["id"], each["scope"]) for each in listed.json["items"]] == [(made["id"], "mine")]
    assert address.rpartition("/")[2].removesuffix(".ics") not in listed.text
    assert program(BRAM).delete(f"/feeds/{made['id']}").status_code == 404
    assert ann.delete(f"/feeds/{made['id']}").status_code == 204
    assert ann.delete(f"/feeds/{made['id']}").status_code == 404
    assert demo_app.test_client().get(address).status_code == 404


def test_the_detail_is_what_a_feed_will_really_tell(program):
    made = program(ANN).post("/feeds", {"scope": "zone:Z1-VER", "detail": "full"})
    assert made.json["detail"] == "title"
