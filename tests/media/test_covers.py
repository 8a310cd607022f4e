"""Pictures of every kind become JPEGs; files that are no pictures are refused in a sentence."""

import contextlib
import io
import struct
import warnings
import zlib

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageDraw, TiffImagePlugin

from tests.media_files import jpeg, picture
from videos.media.covers import CoverError, convert_to_jpeg


def converted(data: bytes) -> Image.Image:
    result = Image.open(io.BytesIO(convert_to_jpeg(io.BytesIO(data))))
    assert (result.format, result.mode) == ("JPEG", "RGB")
    result.load()
    return result


def halves(mode="RGB", size=(64, 32), left="red", right="blue"):
    image = Image.new("RGB", size, left)
    ImageDraw.Draw(image).rectangle((size[0] // 2, 0, *size), fill=right)
    return image.convert(mode)


def is_like(pixel, colour):
    return all(abs(a - b) < 40 for a, b in zip(pixel, colour, strict=True))


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
def test_it_keeps_the_picture(format):
    result = converted(picture(format, halves()))
    assert result.size == (64, 32)
    assert is_like(result.getpixel((5, 16)), (255, 0, 0))
    assert is_like(result.getpixel((60, 16)), (0, 0, 255))


@pytest.mark.parametrize(
    ("format", "mode"),
    [("PNG", "1"), ("PNG", "L"), ("PNG", "LA"), ("PNG", "P"), ("PNG", "RGBA"), ("PNG", "I;16"),
     ("JPEG", "L"), ("JPEG", "CMYK"), ("WEBP", "RGBA")],
)  # fmt: skip
def test_it_takes_every_kind_of_colour(format, mode):
    image = Image.new("L", (40, 40), 200)
    image.paste(30, (20, 0, 40, 40))
    if mode == "I;16":
        image = image.convert("I").point(lambda v: v * 257).convert("I;16")
    elif mode == "CMYK":
        image = image.convert("RGB").convert("CMYK")
    else:
        image = image.convert(mode)
    result = converted(picture(format, image))
    light, dark = result.getpixel((10, 20)), result.getpixel((30, 20))
    assert min(light) > 150
    assert max(dark) < 80


def test_it_lays_a_transparent_picture_on_paper():
    image = Image.new("RGBA", (40, 40), (255, 0, 0, 0))
    image.paste((0, 0, 255, 255), (20, 0, 40, 40))
    result = converted(picture("PNG", image))
    assert is_like(result.getpixel((5, 20)), (255, 255, 255))
    assert is_like(result.getpixel((35, 20)), (0, 0, 255))


def test_it_keeps_a_palette_s_transparency():
    image = Image.new("P", (40, 40), 0)
    image.putpalette([255, 0, 0, 0, 0, 255])
    image.paste(1, (20, 0, 40, 40))
    result = converted(picture("PNG", image, transparency=0))
    assert is_like(result.getpixel((5, 20)), (255, 255, 255))


def test_it_turns_the_picture_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # a quarter to the right
    result = converted(picture("JPEG", halves(), exif=exif))
    assert result.size == (32, 64)
    assert is_like(result.getpixel((16, 5)), (255, 0, 0))


def test_it_takes_the_first_picture_of_an_animation():
    frames = {"save_all": True, "append_images": [Image.new("RGB", (64, 32), "lime")]}
    for format in ("PNG", "WEBP"):
        assert is_like(
            converted(picture(format, halves(), **frames)).getpixel((5, 16)), (255, 0, 0)
        )


def test_it_makes_a_large_picture_smaller_and_a_small_one_no_larger():
    assert converted(picture("JPEG", Image.new("RGB", (5000, 2500)))).size == (2048, 1024)
    assert converted(picture("PNG", Image.new("L", (1, 9000)))).size == (1, 2048)
    assert converted(jpeg(7, 5)).size == (7, 5)


def test_it_keeps_no_metadata():
    exif = Image.Exif()
    exif[0x010E] = "SECRET PLACE"
    exif.get_ifd(0x8825)[2] = (TiffImagePlugin.IFDRational(52), 31, 12)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = picture("JPEG", halves(), exif=exif, comment=b"SECRET WORD", icc_profile=profile)
    assert data.count(b"SECRET") == 2
    result = convert_to_jpeg(io.BytesIO(data))
    assert b"SECRET" not in result
    assert Image.open(io.BytesIO(result)).info.keys() <= {
        "jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression"
    }  # fmt: skip


def test_it_keeps_the_look_of_another_colour_space():
    lab_like = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = bytearray(lab_like)
    red, green = swapped.index(b"rXYZ"), swapped.index(b"gXYZ")
    swapped[red : red + 4], swapped[green : green + 4] = b"gXYZ", b"rXYZ"
    data = picture("PNG", Image.new("RGB", (32, 32), (250, 5, 5)), icc_profile=bytes(swapped))
    assert is_like(converted(data).getpixel((16, 16)), (5, 250, 5))


def test_a_broken_profile_does_no_harm():
    data = picture("PNG", halves(), icc_profile=b"nonsense" * 20)
    assert is_like(converted(data).getpixel((5, 16)), (255, 0, 0))


def png_of(width: int, height: int) -> bytes:
    """Return a file of a few bytes that promises ``width`` × ``height`` pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0" * 1000)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("size", [(7072, 7072), (12_000, 9_000), (50_000, 50_000)])
def test_it_refuses_more_pixels_than_anybody_needs_before_it_decodes_them(size, monkeypatch):
    def decode(self):
        raise AssertionError("decoded")

    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", decode)
    with pytest.raises(CoverError, match="50 megapixels are the limit"):
        convert_to_jpeg(io.BytesIO(png_of(*size)))


def test_it_counts_a_bomb_as_too_large_when_warnings_are_no_errors():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with pytest.raises(CoverError, match="megapixels"):
            convert_to_jpeg(io.BytesIO(png_of(12_000, 9_000)))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not a picture",
        b"\xff\xd8\xff",
        b"GIF89a\x01\x00\x01\x00\x00\x00\x00;",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
        picture("BMP", Image.new("RGB", (4, 4))),
        picture("TIFF", Image.new("RGB", (4, 4))),
        jpeg(200, 200)[:300],
        picture("PNG", halves())[:60],
        picture("WEBP", halves())[:30],
        png_of(4000, 4000),
    ],
)
def test_it_refuses_what_is_no_whole_picture_of_ours(data):
    with pytest.raises(CoverError, match="cannot be read"):
        convert_to_jpeg(io.BytesIO(data))


@hypothesis_settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=200)
@given(
    st.sampled_from(["JPEG", "PNG", "WEBP"]),
    st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 255)), max_size=8),
)
def test_damage_is_a_sentence_or_a_picture_and_nothing_else(format, damage):
    data = bytearray(picture(format, halves()))
    for place, value in damage:
        data[place % len(data)] = value
    with contextlib.suppress(CoverError):
        assert convert_to_jpeg(io.BytesIO(bytes(data)))[:2] == b"\xff\xd8"
