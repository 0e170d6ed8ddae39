"""Screens in the halls: each asks every three seconds, nearly always in vain."""

from __future__ import annotations

from flask import Response

from blueprints.screens.secret import keep_secret
from models.queries.places import zone_row
from models.rules.people.tokens import new_token, token_hash
from models.tables.db import db
from models.tables.device import Device
from models.tables.transaction import write_transaction
from tests.benchmarks.bench import Bench
from tests.benchmarks.figures import Measured, Row
from tests.cast import NOW

HALL = "Z0-LOK"


def _display(bench: Bench) -> Measured:
    secret, answer = new_token(""), Response()
    with bench.app.test_request_context():
        with write_transaction():
            db.session.add(
                Device(
                    kind="display",
                    zone_id=zone_row(HALL).id,
                    name="Above the stairs",
                    pairing_hash=secret,
                    token_hash=token_hash(secret),
                    paired_at=NOW,
                    last_used_at=NOW,
                )
            )
        keep_secret(answer, secret, "/")
    mine, path = {"Cookie": answer.headers["Set-Cookie"].partition(";")[0]}, f"/display/{HALL}/calls"
    tag = bench.caller(mine).ask("GET", path).headers["ETag"]
    return bench.request(path, mine | {"If-None-Match": tag})


ROWS = (Row("display, nothing new (304)", (), _display),)
