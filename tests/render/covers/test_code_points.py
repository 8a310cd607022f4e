import io

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
