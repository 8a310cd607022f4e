"""Makes covers of every format and damages them in every way, the same for the same seed."""

import io
import random
import struct
import zlib
from collections.abc import Callable
from functools import cache

from PIL import Image

from tests import cover_cases
from tests.cover_cases import AVIF, chunk, deep, deep_png, quarters
from tests.media_files import picture
from tests.render.audio.mutated_sounds import MUTATIONS as BYTE_MUTATIONS
from tests.render.audio.mutated_sounds import Mutation

EXTREMES = (0, 1, 7, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 0x7FFF_FFFF, 0xFFFF_FFFF)
PNG_CHUNKS = (b"IHDR", b"PLTE", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP", b"eXIf",
              b"acTL", b"fcTL", b"pHYs", b"zTXt", b"iTXt", b"IDAT", b"IEND")  # fmt: skip


def noise(mode: str = "RGB") -> Image.Image:
    """Return a picture with much in it: damage shows in it."""
    image = quarters(120, 90)
    image.paste(Image.effect_noise((60, 45), 80).convert("RGB"), (30, 20))
    return image.convert(mode)


def exif() -> bytes:
    data = Image.Exif()
    data[0x0112], data[0x010E] = 6, "A description"
    return data.tobytes()


def animation(kind: str) -> bytes:
    return picture(kind, noise(), save_all=True, append_images=[quarters(120, 90)], duration=90)


KINDS: dict[str, Callable[[], bytes]] = {
    "jpeg": lambda: picture("JPEG", noise(), exif=exif(), icc_profile=cover_cases.P3),
    "progressive jpeg": lambda: picture("JPEG", noise(), progressive=True),
    "cmyk jpeg": lambda: picture("JPEG", noise("CMYK"), icc_profile=cover_cases.CMYK),
    "grey jpeg": lambda: picture("JPEG", noise("L"), icc_profile=cover_cases.GREY_LINEAR),
    "multi-picture": cover_cases.multi_picture,
    "png": lambda: picture("PNG", noise(), exif=exif(), icc_profile=cover_cases.P3),
    "png with colours": lambda: cover_cases.png(
        noise("RGBA"), cover_cases.GAMA, cover_cases.CHRM_P3, (b"cICP", bytes((9, 16, 0, 1)))
    ),
    "palette": lambda: picture("PNG", noise().quantize(9), transparency=bytes(9)),
    "deep png": lambda: deep_png(deep(noise()), (b"tRNS", bytes(6))),
    "deep grey png": lambda: deep_png(deep(noise("L")), (b"tRNS", bytes(2))),
    "animated png": lambda: animation("PNG"),
    "webp": lambda: picture("WEBP", noise(), exif=exif(), icc_profile=cover_cases.P3),
    "transparent webp": lambda: picture("WEBP", noise("RGBA"), lossless=True),
    "animated webp": lambda: animation("WEBP"),
    "avif": lambda: picture("AVIF", noise(), icc_profile=cover_cases.P3, speed=10),
    "avif with colours": lambda: cover_cases.nclx(
        picture("AVIF", noise("RGBA"), exif=exif(), speed=10, **AVIF), 9, 18
    ),
    "animated avif": lambda: animation("AVIF"),
    "gif": lambda: picture("GIF", noise()),
    "bmp": lambda: picture("BMP", noise()),
    "tiff": lambda: picture("TIFF", noise()),
    "heic": lambda: cover_cases.REFUSED["HEIC photo"],
    "svg": lambda: cover_cases.REFUSED["SVG drawing"],
}


@cache
def whole_cover(kind: str) -> bytes:
    """Return an undamaged cover."""
    return KINDS[kind]()


def make(seed: int) -> tuple[str, bytes]:
    """Return the name and the bytes of the cover of ``seed``: a kind, one to three damages."""
    source = random.Random(seed)
    kind = sorted(KINDS)[seed % len(KINDS)]
    data = whole_cover(kind)
    names = source.choices(sorted(MUTATIONS), k=source.choice((1, 1, 1, 2, 3)))
    for name in names:
        data = MUTATIONS[name](bytearray(data), source)
    return f"{seed}: {kind}, {' and '.join(names)}", data


def _join(data: bytearray, source: random.Random) -> bytes:
    return bytes(data) + whole_cover(source.choice(sorted(KINDS)))


def _take_other_header(data: bytearray, source: random.Random) -> bytes:
    """Put the beginning of another format in front of the rest."""
    length = source.choice((3, 8, 12, 33, 100))
    return whole_cover(source.choice(sorted(KINDS)))[:length] + bytes(data[length:])


def _change_chunk(data: bytearray, source: random.Random) -> bytes:
    """Damage a chunk of a PNG and mend its checksum, so that the damage gets further."""
    parts = _read_chunks(bytes(data))
    if not parts:
        return bytes(data)
    at = source.randrange(len(parts))
    kind, content = parts[at]
    damaged = bytearray(content)
    for _ in range(source.randint(1, 4)):
        if len(damaged) >= 4:
            place = source.randrange(len(damaged) - 3)
            value = source.choice((*EXTREMES, source.getrandbits(32)))
            damaged[place : place + 4] = struct.pack(">I", value)
    parts[at] = (source.choice((kind, kind, source.choice(PNG_CHUNKS))), bytes(damaged))
    if source.random() < 0.3:
        parts.insert(source.randrange(len(parts)), (source.choice(PNG_CHUNKS), content))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*part) for part in parts)


def _read_chunks(data: bytes) -> list[tuple[bytes, bytes]]:
    file, parts = io.BytesIO(data[8:]), []
    while data.startswith(b"\x89PNG") and len(header := file.read(8)) == 8:
        length, kind = struct.unpack(">I4s", header)
        parts.append((kind, file.read(length)))
        file.read(4)
    return parts


def _grow(data: bytearray, source: random.Random) -> bytes:
    """Add a chunk that becomes large, or much of nothing."""
    bomb = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(9_000_000)))
    return bytes(data[:33]) + source.choice((bomb, bytes(2_000_000))) + bytes(data[33:])


MUTATIONS: dict[str, Mutation] = {
    **BYTE_MUTATIONS,
    "join": _join,
    "take another header": _take_other_header,
    "change a chunk": _change_chunk,
    "grow": _grow,
}
