"""Pictures of every kind become JPEGs; files that are no pictures are refused in a sentence."""

import contextlib
import io

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PIL import Image, ImageCms, TiffImagePlugin

from tests import cover_cases
from tests.media_files import jpeg, picture
from videos.render.covers.jpeg import convert_to_jpeg
from videos.render.errors import CoverError

JPEG_TOLERANCE = 3  # of a colour, for what the conversion to a JPEG costs


def converted(data: bytes) -> Image.Image:
    result = Image.open(io.BytesIO(convert_to_jpeg(io.BytesIO(data))))
    assert result.format == "JPEG"
    result.load()
    return result


@pytest.mark.filterwarnings("ignore:Corrupt EXIF")
@pytest.mark.parametrize("name", cover_cases.CASES)
def test_every_kind_of_picture_becomes_a_jpeg_of_the_right_colours(name):
    cover = cover_cases.CASES[name]()
    cover_cases.check(converted(cover.data), cover, JPEG_TOLERANCE)


@pytest.mark.parametrize("name", cover_cases.REFUSED)
def test_what_is_not_taken_is_named(name):
    with pytest.raises(CoverError, match=rf"cannot be read: .*{name}"):
        convert_to_jpeg(io.BytesIO(cover_cases.REFUSED[name]))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_a_truncated_picture_is_refused(kind):
    with pytest.raises(CoverError, match="damaged or not whole"):
        convert_to_jpeg(io.BytesIO(cover_cases.truncated(kind)))


def test_it_makes_a_large_picture_smaller_and_a_small_one_no_larger():
    assert converted(picture("JPEG", Image.new("RGB", (5000, 2500)))).size == (2048, 1024)
    assert converted(picture("PNG", Image.new("L", (1, 9000)))).size == (1, 2048)
    assert converted(jpeg(7, 5)).size == (7, 5)


@pytest.mark.parametrize("with_profile", [True, False])
def test_it_keeps_no_metadata(with_profile):
    exif = Image.Exif()
    exif[0x010E] = "SECRET PLACE"
    exif.get_ifd(0x8825)[2] = (TiffImagePlugin.IFDRational(52), 31, 12)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    options = {"icc_profile": profile} if with_profile else {}
    data = picture("JPEG", cover_cases.quarters(), exif=exif, comment=b"SECRET WORD", **options)
    assert data.count(b"SECRET") == 2
    result = convert_to_jpeg(io.BytesIO(data))
    assert b"SECRET" not in result
    assert Image.open(io.BytesIO(result)).info.keys() <= {
        "jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression"
    }  # fmt: skip


def test_it_refuses_more_pixels_than_anybody_needs():
    with pytest.raises(CoverError, match="25 megapixels are the limit"):
        convert_to_jpeg(io.BytesIO(cover_cases.png_of(12_000, 9_000)))


@hypothesis_settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=200)
@given(
    st.sampled_from(["JPEG", "PNG", "WEBP", "AVIF"]),
    st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 255)), max_size=8),
)
def test_damage_is_a_sentence_or_a_picture_and_nothing_else(format, damage):
    data = bytearray(picture(format, cover_cases.quarters()))
    for place, value in damage:
        data[place % len(data)] = value
    with contextlib.suppress(CoverError):
        assert convert_to_jpeg(io.BytesIO(bytes(data)))[:2] == b"\xff\xd8"
