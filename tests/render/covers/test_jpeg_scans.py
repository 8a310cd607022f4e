"""Scans are counted to the end of the picture, and nowhere else."""

import io
import time

import pytest
from PIL import Image

from tests import cover_cases
from tests.media_files import picture
from videos.render.covers.jpeg_scans import BLOCK, MAX_SCANS, has_too_many_scans
from videos.render.covers.reading import read_picture
from videos.render.errors import CoverError

SCAN = b"\xff\xda"
PHOTO = picture("JPEG", cover_cases.quarters())


def has_too_many(data: bytes) -> bool:
    return has_too_many_scans(io.BytesIO(data))


def segment(code: int, content: bytes) -> bytes:
    return bytes((0xFF, code)) + (len(content) + 2).to_bytes(2) + content


def after_start(*segments: bytes, data: bytes = PHOTO) -> bytes:
    return data[:2] + b"".join(segments) + data[2:]


def progressive(scans: int) -> bytes:
    """Return a progressive JPEG whose last scan comes that many times more."""
    data = picture("JPEG", cover_cases.quarters(), progressive=True)
    return data[:-2] + data[data.rindex(SCAN) : -2] * scans + data[-2:]


def noise() -> Image.Image:
    return Image.effect_noise((300, 300), 90).convert("RGB")


GOOD = {
    "a progressive one": progressive(0),
    "one with restarts": picture("JPEG", noise(), restart_marker_blocks=1, quality=98),
    "a photo with a film": PHOTO + b"\0\0\0\x18ftypmp42" + SCAN * 500 + bytes(3 * BLOCK),
    "a photo with further pictures": PHOTO + PHOTO * 300,
    "a multi-picture file": cover_cases.multi_picture(),
    "a thumbnail": after_start(segment(0xE1, b"Exif\0\0" + progressive(200)[:60_000])),
    "fill before markers": PHOTO[:2] + b"\xff" * 9 + PHOTO[2:],
    "large segments": after_start(*[segment(0xEF, SCAN * 32_000)] * 40),
}


@pytest.mark.parametrize("name", GOOD)
def test_what_is_no_scan_of_the_picture_does_not_count(name: str) -> None:
    assert not has_too_many(GOOD[name])
    assert read_picture(io.BytesIO(GOOD[name]), 64).mode == "RGB"


@pytest.mark.parametrize("film", [PHOTO * 300, SCAN * 500])
def test_what_follows_does_not_hide_the_scans_of_the_picture(film: bytes) -> None:
    with pytest.raises(CoverError, match="this JPEG file is damaged"):
        read_picture(io.BytesIO(progressive(200) + film), 64)


@pytest.mark.parametrize("hidden_by", [
    b"",
    b"\xff\xff\xff",  # fill
    b"\xff\x02\xff\xff",  # a reserved code, which has no segment
    b"\xff\xd0\xff\x01",  # codes without a segment
    b"\xff\x00\xff\xff\x00",  # data
    segment(0xFE, b"\xff\xd9"),  # the end of the picture, in a comment
    segment(0xE1, bytes(65_000)),
    b"\xff\xfe\0\0",  # a segment shorter than its own length
])  # fmt: skip
def test_scans_cannot_be_hidden(hidden_by: bytes) -> None:
    scan = hidden_by + segment(0xDA, bytes(10)) + b"data"
    assert has_too_many(b"\xff\xd8" + scan * (MAX_SCANS + 1))
    assert not has_too_many(b"\xff\xd8" + scan * MAX_SCANS)


@pytest.mark.parametrize("shift", range(-6, 3))
def test_markers_may_lie_across_two_blocks(shift: int) -> None:
    scans = segment(0xDA, bytes(10)) * (MAX_SCANS + 1)
    assert has_too_many(b"\xff\xd8" + bytes(BLOCK + shift) + scans)
    end = b"\xff\xd8" + bytes(BLOCK + shift) + b"\xff\xd9"
    assert not has_too_many(end + scans)


@pytest.mark.parametrize("part", [b"\xff\xfe\0\2", b"\xff\xc1", b"\xff", b"\xff\0", b"\xff\xd0"])
def test_twenty_megabytes_of_markers_take_no_time(part: bytes) -> None:
    begin = time.process_time()
    has_too_many(b"\xff\xd8" + part * (20 * BLOCK // len(part)))
    assert time.process_time() - begin < 2


@pytest.mark.parametrize("length", range(0, 700, 9))
def test_a_file_that_breaks_off_has_no_more_scans(length: int) -> None:
    assert not has_too_many(progressive(0)[:length])
