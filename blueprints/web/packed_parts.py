"""A page that is the same but for its form token is packed once: the parts around the token lie there packed, and the
token goes between them as it is. So nothing that is packed can be measured by it (BREACH)."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from itertools import pairwise
from struct import pack

_HEAD = b"\x1f\x8b\x08\0\0\0\0\0\0\xff"  # RFC 1952: gzip, without a name or time
_END = b"\x03\0"  # RFC 1951: a last block, with nothing in it
_LONGEST_STORED = 0xFFFF


class PackedParts:
    def __init__(self, parts: Sequence[bytes], level: int) -> None:
        self._parts = parts
        self._packed = [_packed(each, level) for each in parts]

    def with_between(self, token: bytes) -> bytes:
        """One gzip file, in which the token stands between each two parts."""
        assert len(token) <= _LONGEST_STORED, "one block that is stored as it is holds no more"
        stored = pack("<BHH", 0, len(token), len(token) ^ _LONGEST_STORED) + token
        crc, length = zlib.crc32(self._parts[0]), len(self._parts[0])
        for _before, each in pairwise(self._parts):
            crc = zlib.crc32(each, zlib.crc32(token, crc))
            length += len(token) + len(each)
        return _HEAD + stored.join(self._packed) + _END + pack("<LL", crc, length & 0xFFFFFFFF)


def _packed(part: bytes, level: int) -> bytes:
    """Without an end, and knowing nothing of what comes before it."""
    packing = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packing.compress(part) + packing.flush(zlib.Z_FULL_FLUSH)
