import io
import warnings
from pathlib import Path

import pytest
from PIL import Image

from tests import cover_cases
from tests.media_files import picture
from videos.render.covers.reading import read_picture
from videos.render.errors import CoverError


def read(data: bytes, min_side: int = 64, max_side: int | None = None) -> Image.Image:
    return read_picture(io.BytesIO(data), min_side, max_side)


@pytest.mark.filterwarnings("ignore:Corrupt EXIF")  # a warning is all that Pillow has for it
@pytest.mark.parametrize("name", cover_cases.CASES)
def test_every_kind_of_picture_is_read_with_the_right_colours(name: str) -> None:
    cover = cover_cases.CASES[name]()
    cover_cases.check(read(cover.data), cover)


@pytest.mark.filterwarnings("ignore:Corrupt EXIF")  # a warning is all that Pillow has for it
@pytest.mark.parametrize("name", cover_cases.CASES)
def test_a_file_is_read_like_an_upload(tmp_path: Path, name: str) -> None:
    cover = cover_cases.CASES[name]()
    (tmp_path / "cover.bin").write_bytes(cover.data)
    assert read_picture(tmp_path / "cover.bin", 64).tobytes() == read(cover.data).tobytes()


def test_nothing_but_pixels_is_left() -> None:
    for kind in ("JPEG", "PNG"):
        data = picture(kind, cover_cases.quarters(), comment=b"SECRET", icc_profile=cover_cases.P3)
        assert not read(data).info


def test_a_large_picture_is_reduced_and_a_small_one_is_not_enlarged() -> None:
    wide = picture("PNG", Image.new("RGB", (400, 100)))
    assert read(wide, 64, 200).size == (200, 50)
    assert read(wide, 64, 800).size == (400, 100)


def test_a_huge_jpeg_is_decoded_no_larger_than_is_needed() -> None:
    assert read(picture("JPEG", Image.new("RGB", (1600, 1200))), 300).size == (400, 300)


@pytest.mark.parametrize("name", cover_cases.REFUSED)
def test_what_is_not_taken_is_named(name: str) -> None:
    with pytest.raises(CoverError, match=rf"^The cover cannot be read: .*{name}.*\.$"):
        read(cover_cases.REFUSED[name])


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        *((cover_cases.truncated(kind), kind) for kind in ("JPEG", "PNG", "AVIF")),
        (cover_cases.truncated("WEBP"), "WebP"),
        (cover_cases.png_of(400, 400), "PNG"),
        (b"\xff\xd8\xff\xe0junk", "JPEG"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "WebP"),
        (b"\0\0\0\x18ftypavif\0\0\0\0mif1avif", "AVIF"),
        (cover_cases.many_scans(), "JPEG"),
    ],
)
def test_a_damaged_picture_is_refused(data: bytes, kind: str) -> None:
    with pytest.raises(CoverError, match=rf"cannot be read: this {kind} file is damaged"):
        read(data)


@pytest.mark.parametrize("size", [(7072, 7072), (12_000, 9_000), (50_000, 50_000)])
def test_too_many_pixels_are_refused_before_they_are_decoded(
    size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def decode(self: object) -> None:
        raise AssertionError("decoded")

    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", decode)
    for action in ("error", "ignore"):
        with warnings.catch_warnings():
            warnings.simplefilter(action)  # type: ignore[arg-type]
            with pytest.raises(CoverError, match="too large: 25 megapixels are the limit"):
                read(cover_cases.png_of(*size))


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CoverError, match=r"No such file"):
        read_picture(tmp_path / "nowhere.jpg", 64)
