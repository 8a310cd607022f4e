"""Covers of every kind, and what is seen of each; portal and renderer are tried with the same.

They show a red square at the upper left, a green one at the upper right, a blue one at the lower
left and a white one at the lower right, unless they say otherwise.
"""

import struct
import zlib
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from PIL import Image

from tests import icc_profiles
from tests.media_files import picture

Rgb = tuple[int, int, int]
Corners = tuple[Rgb, Rgb, Rgb, Rgb]

RED, GREEN, BLUE, WHITE, BLACK = (
    *((220, 20, 20), (20, 180, 20), (20, 20, 220), (255, 255, 255), (0, 0, 0)),
)
QUARTERS: Corners = (RED, GREEN, BLUE, WHITE)
GREYS: Corners = ((80, 80, 80), (114, 114, 114), (43, 43, 43), WHITE)
# Display P3 with the numbers of the four colours, in sRGB, by littleCMS and by a second sum alike
P3_QUARTERS: Corners = ((240, 0, 0), (0, 183, 0), (20, 20, 229), WHITE)
LINEAR_QUARTERS: Corners = ((239, 79, 79), (79, 219, 79), (79, 79, 239), WHITE)
SWAPPED_QUARTERS: Corners = ((20, 220, 20), (180, 20, 20), (20, 20, 220), WHITE)
DARK_GROUND, MIDDLE_GROUND, LIGHT_GROUND = (22, 22, 28), (112, 112, 120), (240, 240, 244)
RED_TO_BLUE: Corners = (RED, BLUE, RED, BLUE)


class Cover(NamedTuple):
    """A file, and the colours in the middle of its quarters, each within ``tolerance``."""

    data: bytes
    corners: Corners = QUARTERS
    size: tuple[int, int] = (64, 64)
    tolerance: int = 4


def quarters(width: int = 64, height: int = 64, mode: str = "RGB") -> Image.Image:
    image = Image.new("RGB", (width, height), WHITE)
    image.paste(RED, (0, 0, width // 2, height // 2))
    image.paste(GREEN, (width // 2, 0, width, height // 2))
    image.paste(BLUE, (0, height // 2, width // 2, height))
    return image.convert(mode)


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(image: Image.Image, *chunks: tuple[bytes, bytes], **options: Any) -> bytes:
    """Return a PNG with ``chunks`` after its header."""
    data = picture("PNG", image, **options)
    return data[:33] + b"".join(chunk(*each) for each in chunks) + data[33:]


def deep_png(pixels: np.ndarray, *chunks: tuple[bytes, bytes]) -> bytes:
    """Return a PNG of 16 bits a channel from (height, width, channels)."""
    height, width, channels = pixels.shape
    kind = {1: 0, 2: 4, 3: 2, 4: 6}[channels]
    rows = b"".join(b"\0" + row.astype(">u2").tobytes() for row in pixels)
    header = struct.pack(">IIBBBBB", width, height, 16, kind, 0, 0, 0)
    parts = [(b"IHDR", header), *chunks, (b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*each) for each in parts)


def small_grey_png(depth: int, transparent: int) -> bytes:
    """Return a grey PNG of few bits: black to the left, the brightest but one to the right."""
    value = 2**depth - 2
    row = bytes([sum(value << at for at in range(0, 8, depth))]) * (32 * depth // 8)
    rows = (b"\0" + bytes(32 * depth // 8) + row) * 64
    header = struct.pack(">IIBBBBB", 64, 64, depth, 0, 0, 0, 0)
    parts = [(b"IHDR", header), (b"tRNS", struct.pack(">H", transparent)),
             (b"IDAT", zlib.compress(rows)), (b"IEND", b"")]  # fmt: skip
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*each) for each in parts)


def deep(image: Image.Image) -> np.ndarray:
    return np.atleast_3d(np.asarray(image)).astype(np.uint16) * 257


def stored_as(orientation: int, kind: str = "JPEG", **options: Any) -> Cover:
    """Return a picture that its camera stored turned, and says so in Exif."""
    turn = Image.Transpose
    undo = {
        **{2: turn.FLIP_LEFT_RIGHT, 3: turn.ROTATE_180, 4: turn.FLIP_TOP_BOTTOM},
        **{5: turn.TRANSPOSE, 6: turn.ROTATE_90, 7: turn.TRANSVERSE, 8: turn.ROTATE_270},
    }
    image = quarters(96, 64)
    if orientation in undo:
        image = image.transpose(undo[orientation])
    exif = Image.Exif()
    exif[0x0112] = orientation
    return Cover(picture(kind, image, exif=exif, **options), size=(96, 64), tolerance=8)


def logo(ink: str | Rgb, mode: str = "RGBA", ink_right: str | Rgb | None = None) -> Image.Image:
    """Return a shape on nothing, of another colour at its right."""
    image = Image.new("RGBA", (64, 64), (0, 0, 0, 0))
    image.paste(ink, (8, 8, 56, 56))
    image.paste(ink_right or ink, (32, 8, 56, 56))
    image.paste((0, 0, 0, 0), (8, 24, 56, 56))
    return image.convert(mode)


def lower_ground(image: Image.Image, ground: Rgb, ink: Rgb, ink_right: Rgb | None = None,
                 kind: str = "PNG", **options: Any) -> Cover:  # fmt: skip
    corners = (ink, ink_right or ink, ground, ground)
    return Cover(picture(kind, image, **options), corners)


def animated(kind: str) -> bytes:
    black = Image.new("RGB", (64, 64))
    return picture(kind, quarters(), save_all=True, append_images=[black], duration=200)


def nclx(data: bytes, primaries: int, transfer: int) -> bytes:
    """Return an AVIF whose code points are these, of an AVIF that has some."""
    at = data.index(b"colrnclx") + 8
    return data[:at] + struct.pack(">HH", primaries, transfer) + data[at + 4 :]


def multi_picture() -> bytes:
    second = Image.new("RGB", (20, 20))
    return picture("MPO", quarters(), save_all=True, append_images=[second], quality=95)


def palette(**options: Any) -> bytes:
    image = Image.new("P", (64, 64), 3)
    image.putpalette([*RED, *GREEN, *BLUE, *WHITE])
    image.paste(0, (0, 0, 32, 32))
    image.paste(1, (32, 0, 64, 32))
    image.paste(2, (0, 32, 32, 64))
    return picture("PNG", image, **options)


def jpeg(image: Image.Image, **options: Any) -> bytes:
    return picture("JPEG", image, quality=95, subsampling=0, **options)


P3, SWAPPED = icc_profiles.rgb_profile(), icc_profiles.rgb_profile(icc_profiles.SWAPPED)
GREY_LINEAR, CMYK = icc_profiles.grey_profile(1.0), icc_profiles.cmyk_profile()
CYAN_AND_PAPER = Image.new("CMYK", (64, 64))
CYAN_AND_PAPER.paste((255, 0, 0, 0), (0, 0, 32, 64))
SRGB_CHROMATICITIES = (31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000)
P3_CHROMATICITIES = (31270, 32900, 68000, 32000, 26500, 69000, 15000, 6000)
CHRM_SRGB, CHRM_P3 = (
    (b"cHRM", struct.pack(">8I", *values)) for values in (SRGB_CHROMATICITIES, P3_CHROMATICITIES)
)
GAMA = (b"gAMA", struct.pack(">I", 45455))
LINEAR = (b"gAMA", struct.pack(">I", 100000))
AVIF = {"quality": 100, "subsampling": "4:4:4"}

CASES: dict[str, Callable[[], Cover]] = {
    **{f"exif {each}": lambda each=each: stored_as(each) for each in range(9)},
    "exif in a png": lambda: stored_as(6, "PNG"),
    "exif in a webp": lambda: stored_as(6, "WEBP", lossless=True),
    "exif in an avif": lambda: stored_as(8, "AVIF", **AVIF),
    "damaged exif": lambda: Cover(jpeg(quarters(), exif=b"Exif\0\0MM\0*\xff\xff\xff\xff junk")),
    "jpeg": lambda: Cover(jpeg(quarters())),
    "progressive": lambda: Cover(jpeg(quarters(), progressive=True)),
    "grey jpeg": lambda: Cover(jpeg(quarters(mode="L")), GREYS),
    "multi-picture": lambda: Cover(multi_picture(), tolerance=12),
    "trailing junk": lambda: Cover(jpeg(quarters()) + b"junk" * 1000),
    "without an end": lambda: Cover(jpeg(quarters())[:-2]),
    "cmyk": lambda: Cover(jpeg(quarters(mode="CMYK"))),
    "cmyk with a profile": lambda: Cover(
        jpeg(CYAN_AND_PAPER, icc_profile=CMYK), ((24, 66, 239), WHITE, (24, 66, 239), WHITE)
    ),
    "cmyk with a profile of rgb": lambda: Cover(jpeg(quarters(mode="CMYK"), icc_profile=SWAPPED)),
    "png": lambda: Cover(png(quarters())),
    "webp": lambda: Cover(picture("WEBP", quarters(), lossless=True)),
    "avif": lambda: Cover(picture("AVIF", quarters(), **AVIF)),
    "animated png": lambda: Cover(animated("PNG")),
    "animated webp": lambda: Cover(animated("WEBP"), tolerance=24),
    "animated avif": lambda: Cover(animated("AVIF"), tolerance=24),
    "one bit": lambda: Cover(
        png(quarters().convert("L").point(lambda grey: 255 * (grey > 200)).convert("1")),
        (BLACK, BLACK, BLACK, WHITE),
    ),
    "palette": lambda: Cover(palette()),
    "rgb of 16 bits": lambda: Cover(deep_png(deep(quarters()))),
    "rgb of 16 bits, one colour transparent": lambda: Cover(
        deep_png(deep(quarters()), (b"tRNS", struct.pack(">3H", *(v * 257 for v in WHITE)))),
        (RED, GREEN, BLUE, LIGHT_GROUND),
    ),
    "rgba of 16 bits": lambda: Cover(
        deep_png(deep(logo("white"))), (WHITE, WHITE, DARK_GROUND, DARK_GROUND)
    ),
    "grey of 16 bits": lambda: Cover(deep_png(deep(quarters(mode="L"))), GREYS),
    "very dark grey of 16 bits": lambda: Cover(
        deep_png(np.full((64, 64, 1), 250)), (BLACK, BLACK, BLACK, BLACK)
    ),
    "grey of 16 bits, one transparent": lambda: Cover(
        deep_png(deep(quarters(mode="L")), (b"tRNS", struct.pack(">H", 255 * 257))),
        (*GREYS[:3], LIGHT_GROUND),
    ),
    "grey and alpha of 16 bits": lambda: Cover(
        deep_png(deep(logo("black", "LA"))), (BLACK, BLACK, LIGHT_GROUND, LIGHT_GROUND)
    ),
    "two bits, black transparent": lambda: Cover(
        small_grey_png(2, 0), (DARK_GROUND, (170, 170, 170), DARK_GROUND, (170, 170, 170))
    ),
    "two bits, grey transparent": lambda: Cover(
        small_grey_png(2, 2), (BLACK, LIGHT_GROUND, BLACK, LIGHT_GROUND)
    ),
    "white logo": lambda: lower_ground(logo("white"), DARK_GROUND, WHITE),
    "white logo in webp": lambda: lower_ground(
        logo("white"), DARK_GROUND, WHITE, kind="WEBP", lossless=True
    ),
    "white logo in avif": lambda: lower_ground(
        logo("white"), DARK_GROUND, WHITE, kind="AVIF", **AVIF
    ),
    "white logo in grey": lambda: lower_ground(logo("white", "LA"), DARK_GROUND, WHITE),
    "black logo": lambda: lower_ground(logo("black"), LIGHT_GROUND, BLACK),
    "red logo": lambda: lower_ground(logo(RED), LIGHT_GROUND, RED),
    "black and white logo": lambda: lower_ground(
        logo("black", ink_right="white"), MIDDLE_GROUND, BLACK, WHITE
    ),
    "a transparent colour of a palette": lambda: Cover(
        palette(transparency=3), (RED, GREEN, BLUE, LIGHT_GROUND)
    ),
    "opacities of a palette": lambda: Cover(
        palette(transparency=bytes([255, 255, 255, 0])), (RED, GREEN, BLUE, LIGHT_GROUND)
    ),
    "all opacities of a palette are none": lambda: Cover(palette(transparency=bytes(4))),
    "no transparency in rgba": lambda: Cover(png(quarters(mode="RGBA"))),
    "display p3 jpeg": lambda: Cover(jpeg(quarters(), icc_profile=P3), P3_QUARTERS),
    "display p3 png": lambda: Cover(png(quarters(), icc_profile=P3), P3_QUARTERS),
    "display p3 webp": lambda: Cover(
        picture("WEBP", quarters(), lossless=True, icc_profile=P3), P3_QUARTERS
    ),
    "display p3 avif": lambda: Cover(
        picture("AVIF", quarters(), icc_profile=P3, **AVIF), P3_QUARTERS, tolerance=6
    ),
    "profile and palette": lambda: Cover(palette(icc_profile=SWAPPED), SWAPPED_QUARTERS),
    "profile and transparency": lambda: Cover(
        picture("PNG", logo(RED), icc_profile=SWAPPED),
        ((20, 220, 20), (20, 220, 20), DARK_GROUND, DARK_GROUND),
    ),
    "profile, palette and transparency": lambda: Cover(
        palette(icc_profile=SWAPPED, transparency=3), (*SWAPPED_QUARTERS[:3], LIGHT_GROUND)
    ),
    "profile of grey": lambda: Cover(
        jpeg(Image.new("L", (64, 64), 128), icc_profile=GREY_LINEAR), ((188, 188, 188),) * 4
    ),
    "profile of grey and transparency": lambda: Cover(
        picture("PNG", logo((128, 128, 128), "LA"), icc_profile=GREY_LINEAR),
        ((188, 188, 188), (188, 188, 188), DARK_GROUND, DARK_GROUND),
    ),
    "profile of grey of 16 bits": lambda: Cover(
        deep_png(
            np.full((64, 64, 1), 128 * 257), (b"iCCP", b"grey\0\0" + zlib.compress(GREY_LINEAR))
        ),
        ((188, 188, 188),) * 4,
    ),
    "grey with a profile of rgb": lambda: Cover(jpeg(quarters(mode="L"), icc_profile=P3), GREYS),
    "broken profile": lambda: Cover(jpeg(quarters(), icc_profile=bytes(200))),
    "gamma and primaries of srgb": lambda: Cover(png(quarters(), GAMA, CHRM_SRGB)),
    "gamma and primaries of display p3": lambda: Cover(png(quarters(), GAMA, CHRM_P3), P3_QUARTERS),
    "linear gamma": lambda: Cover(png(quarters(), LINEAR), LINEAR_QUARTERS),
    "linear gamma of a palette": lambda: Cover(
        palette()[:33] + chunk(*LINEAR) + palette()[33:],
        LINEAR_QUARTERS,
    ),
    "gamma beside srgb": lambda: Cover(png(quarters(), LINEAR, (b"sRGB", b"\0"))),
    "no gamma": lambda: Cover(png(quarters(), (b"gAMA", bytes(4)))),
    "primaries without a sense": lambda: Cover(png(quarters(), GAMA, (b"cHRM", bytes(32)))),
    "code points of display p3": lambda: Cover(
        png(quarters(), (b"cICP", bytes((12, 13, 0, 1)))), P3_QUARTERS
    ),
    "code points before a profile": lambda: Cover(
        png(quarters(), (b"cICP", bytes((12, 13, 0, 1))), icc_profile=SWAPPED), P3_QUARTERS
    ),
    "code points of srgb": lambda: Cover(png(quarters(), (b"cICP", bytes((1, 13, 0, 1))))),
    "unknown code points": lambda: Cover(png(quarters(), (b"cICP", bytes((99, 99, 0, 1))))),
    "code points in an avif": lambda: Cover(
        nclx(picture("AVIF", quarters(), **AVIF), 12, 13), P3_QUARTERS, tolerance=6
    ),
    "wide": lambda: Cover(png(quarters(160, 90)), size=(160, 90)),
    "tall": lambda: Cover(png(quarters(90, 160)), size=(90, 160)),
    "one pixel": lambda: Cover(png(Image.new("RGB", (1, 1), RED)), (RED,) * 4, (1, 1)),
    "one column": lambda: Cover(png(Image.new("RGB", (1, 900), RED)), (RED,) * 4, (1, 900)),
}  # fmt: skip


def check(image: Image.Image, cover: Cover, extra_tolerance: int = 0) -> None:
    """Check that the picture made of ``cover`` shows what it should."""
    assert (image.mode, image.size) == ("RGB", cover.size)
    places = ((0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75))
    pixels = [image.getpixel((int(image.width * x), int(image.height * y))) for x, y in places]
    difference = np.abs(np.subtract(pixels, cover.corners)).max()
    assert difference <= cover.tolerance + extra_tolerance, pixels


# What is refused: how each file begins, and the name that the sentence must have
REFUSED: dict[str, bytes] = {
    "HEIC photo": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(500),
    "raw file": b"II*\0\x10\0\0\0CR\2\0" + bytes(50),
    "video": b"\0\0\0\x18ftypmp42\0\0\0\0isom" + bytes(500),
    "GIF picture": b"GIF89a\x01\x00\x01\x00\x00\x00\x00;",
    "BMP picture": picture("BMP", Image.new("RGB", (4, 4))),
    "TIFF picture": picture("TIFF", Image.new("RGB", (4, 4))),
    "JPEG XL picture": b"\xff\x0a" + bytes(50),
    "JPEG 2000 picture": b"\0\0\0\x0cjP  \r\n\x87\n" + bytes(50),
    "Photoshop file": b"8BPS\0\1" + bytes(50),
    "PDF document": b"%PDF-1.7\n",
    "Illustrator file": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
    "SVG drawing": b"<?xml version='1.0'?>\n<!-- by hand -->\n<svg xmlns='http://www.w3.org/2000/svg'/>",
    "icon": b"\0\0\1\0\1\0" + bytes(50),
    "GIMP file": b"gimp xcf v011",
    "ZIP archive": b"PK\x03\x04" + bytes(50),
    "sound": b"ID3\x04\0\0" + bytes(50),
    "web page": b"\n<!DOCTYPE html><html></html>",
    "empty": b"",
    "no JPEG, PNG, WebP or AVIF picture": b"not a picture",
}


def truncated(kind: str) -> bytes:
    noise = Image.effect_noise((128, 128), 90).convert("RGB")
    data = picture(kind, noise)
    return data[: len(data) * 2 // 3]


def png_of(width: int, height: int) -> bytes:
    """Return a file of a few bytes that promises ``width`` × ``height`` pixels."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(1000))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*each) for each in parts)


def many_scans() -> bytes:
    """Return a progressive JPEG whose last scan comes again and again."""
    data = jpeg(quarters(), progressive=True)
    scan = data[data.rindex(b"\xff\xda") : -2]
    return data[:-2] + scan * 200 + data[-2:]
