"""Files that a server packs although nobody asked for it."""

import gzip
import random

import pytest

from videos.outbound.gzip_files import Gunzip, GzipError, unpack_bytes

DATA = random.Random(1).randbytes(5000) + bytes(5000)


def test_what_was_packed_comes_out_in_blocks_of_the_size():
    packed, gunzip = gzip.compress(DATA), Gunzip(100)
    blocks = [
        block for at in range(0, len(packed), 7) for block in gunzip.unpack(packed[at : at + 7])
    ]
    gunzip.finish()
    assert b"".join(blocks) == DATA
    assert max(map(len, blocks)) <= 100


def test_several_members_are_one_file():
    assert unpack_bytes(gzip.compress(b"a") + gzip.compress(b"b"), 10) == b"ab"


def test_no_more_is_unpacked_than_is_allowed():
    assert unpack_bytes(gzip.compress(DATA), len(DATA)) == DATA
    with pytest.raises(GzipError, match="more in it"):
        unpack_bytes(gzip.compress(DATA), len(DATA) - 1)


@pytest.mark.parametrize("packed", [b"", gzip.compress(DATA)[:-9], b"\x1f\x8b\x08" + b"x" * 40])
def test_what_is_damaged_or_ends_too_early_is_an_error(packed):
    with pytest.raises(GzipError):
        unpack_bytes(packed, 10**6)
