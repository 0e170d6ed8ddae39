"""A page whose parts were packed once is, unpacked, the page; and as long whatever its token is."""

from __future__ import annotations

import gzip

import pytest

from blueprints.web.packed_parts import PackedParts

ROW = b'<tr><th scope=row>De Kaai</th><td class=f><a href="/rooms/VZ-104/book">free</a></td></tr>'


@pytest.mark.parametrize("parts", [[ROW * 40], [b"<html>", ROW * 40, b"</html>"], [b"", ROW, b""]])
@pytest.mark.parametrize("token", [b"T" * 256, b"\0\xff" * 30_000, b""])
def test_unpacked_it_is_the_page(parts, token):
    assert gzip.decompress(PackedParts(parts, 5).with_between(token)) == token.join(parts)


def test_how_long_it_is_tells_nothing_of_the_token():
    page = PackedParts([ROW * 40, ROW], 5)
    assert len(page.with_between(ROW * 3)) == len(page.with_between(bytes(len(ROW) * 3)))
    assert len(page.with_between(b"T" * 200)) < len(ROW) * 8
