import io
import tracemalloc

import pytest

from tests.cover_cases import AVIF, nclx, png, quarters
from tests.media_files import picture
from videos.render.covers.code_points import read_code_points


def read(data: bytes) -> tuple[int, int] | None:
    return read_code_points(io.BytesIO(data))


def test_they_are_found_in_a_png() -> None:
    assert read(png(quarters(), (b"tEXt", b"a\0b"), (b"cICP", bytes((9, 16, 0, 1))))) == (9, 16)
    assert read(png(quarters())) is None


def test_they_are_found_in_an_avif() -> None:
    assert read(nclx(picture("AVIF", quarters(), **AVIF), 9, 18)) == (9, 18)


def test_other_formats_have_none() -> None:
    assert read(picture("JPEG", quarters())) is None
    assert read(picture("WEBP", quarters())) is None


@pytest.mark.parametrize("length", range(0, 330, 7))
def test_files_that_break_off_have_none_or_those_that_were_there(length: int) -> None:
    for data in (png(quarters(), (b"cICP", bytes((9, 16, 0, 1)))),
                 nclx(picture("AVIF", quarters(), **AVIF), 9, 16)):  # fmt: skip
        assert read(data[:length]) in {None, (9, 16)}


def test_boxes_in_boxes_without_end_do_no_harm() -> None:
    box = b""
    for _ in range(300):
        box = (len(box) + 8).to_bytes(4) + b"iprp" + box
    assert read(b"\0\0\0\x10ftypavif\0\0\0\0" + box) is None
    assert read(b"\0\0\0\x10ftypavif\0\0\0\0" + b"\0\0\0\0meta") is None


def box(kind: bytes, content: bytes) -> bytes:
    return (len(content) + 8).to_bytes(4) + kind + content


COLOURS = box(b"colr", b"nclx\0\x09\0\x10\0\0\0")
START = box(b"ftyp", b"avif\0\0\0\0")


def meta(content: bytes) -> bytes:
    return box(b"meta", bytes(4) + box(b"iprp", content))


def test_they_are_looked_for_in_the_boxes_of_properties_only() -> None:
    assert read(START + meta(box(b"ispe", bytes(12)) + box(b"ipco", COLOURS))) == (9, 16)
    assert read(START + COLOURS + meta(COLOURS)) is None
    assert read(START + meta(box(b"ipco", box(b"ipco", COLOURS)))) is None


@pytest.mark.parametrize("kind", [b"meta", b"iprp", b"ipco"])
def test_boxes_in_boxes_take_no_memory(kind: bytes) -> None:
    nested = bytes(900_000)
    for _ in range(300):
        nested = box(kind, bytes(4) + nested)
    for content in (nested, box(b"ipco", nested)):
        data = START + meta(content)
        assert peak_of(data) < 2_500_000


def test_thousands_of_boxes_are_not_read() -> None:
    assert read(START + meta(box(b"ipco", box(b"free", b"") * 100 + COLOURS))) == (9, 16)
    assert read(START + meta(box(b"ipco", box(b"free", b"") * 100_000 + COLOURS))) is None


def peak_of(data: bytes) -> int:
    """Return the most memory in bytes that reading takes; the limit of a file's start is 1 MB."""
    tracemalloc.start()
    try:
        assert read(data) is None
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
