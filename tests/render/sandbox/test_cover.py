"""Covers are converted in a child process."""

import io
import resource
import subprocess
import sys
import zlib
from contextlib import suppress

import pytest
from PIL import Image

from tests import cover_cases
from tests.media_files import picture
from tests.pairwise import one_in
from videos.render.covers.jpeg import convert_to_jpeg
from videos.render.errors import CoverError
from videos.render.sandbox import child_process, cover, cover_child
from videos.render.sandbox.cover import UNREADABLE, convert_in_child


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_the_jpeg_is_the_same_as_in_this_process(kind: str) -> None:
    data = picture(kind, cover_cases.quarters())
    assert convert_in_child(data) == convert_to_jpeg(io.BytesIO(data))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        cover_cases.REFUSED["HEIC photo"],
        cover_cases.truncated("JPEG"),
        cover_cases.png_of(12_000, 9_000),
        b"no picture" * 100_000,  # more than a pipe holds
    ],
)
def test_a_picture_that_is_refused_has_the_same_sentence_as_in_this_process(data: bytes) -> None:
    with pytest.raises(CoverError) as here:
        convert_to_jpeg(io.BytesIO(data))
    with pytest.raises(CoverError) as there:
        convert_in_child(data)
    assert str(there.value) == str(here.value)


def test_the_largest_picture_that_is_taken_fits_into_the_memory() -> None:
    image = Image.new("RGBA", (5000, 5000), (90, 120, 30, 128))
    data = picture("PNG", image, compress_level=1, icc_profile=cover_cases.P3)
    assert Image.open(io.BytesIO(convert_in_child(data))).size == (2048, 2048)


@pytest.mark.parametrize(
    "crash",
    [
        "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)",
        "import time; time.sleep(60)",
        "print('something odd')",
        "print('[1]')",
    ],
)
def test_a_picture_that_crashes_or_hangs_the_decoder_is_refused(tmp_path, monkeypatch, crash):
    package = tmp_path / "crashing" / "videos" / "render" / "sandbox"
    package.mkdir(parents=True)
    (package / "cover_child.py").write_text(crash)
    monkeypatch.setattr(child_process, "ROOT", tmp_path / "crashing")
    monkeypatch.setattr(cover, "TIMEOUT", 2.0)
    with pytest.raises(CoverError, match=UNREADABLE):
        convert_in_child(picture("JPEG", cover_cases.quarters()) * 1000)


def test_a_picture_gets_no_more_memory_than_the_limit() -> None:
    code = (
        "import sys; from videos.render.sandbox.cover_child import main; "
        "from videos.render.sandbox.limits import Limits; "
        "main('2048', sys.stdin.buffer, sys.stdout.buffer, Limits(memory=300, cpu_seconds=20))"
    )
    data = picture("PNG", Image.new("RGBA", (5000, 5000)), compress_level=1)
    output = subprocess.check_output([sys.executable, "-c", code], input=data, timeout=60)
    assert output.startswith(b'{"error": "The cover cannot be read: ')


def chunk(name: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4) + name + data + zlib.crc32(name + data).to_bytes(4)


def png_with(*chunks: bytes) -> bytes:
    """Return a small PNG with further chunks behind its header."""
    data = picture("PNG", Image.new("RGB", (64, 64), "#336699"))
    return data[:33] + b"".join(chunks) + data[33:]


def many_frames(kind: str) -> bytes:
    frames = [Image.new("RGB", (400, 400), (number % 256, 0, 99)) for number in range(300)]
    options = {"save_all": True, "append_images": frames[1:], "duration": 10}
    if kind == "AVIF":
        options["speed"] = 10  # of its encoder, which takes most of the test's time
    return picture(kind, frames[0], **options)


BOMB = zlib.compress(bytes(200 << 20), 9)
BOMBS = {
    "one colour, 49 megapixels": lambda: picture("PNG", Image.new("L", (7000, 7000))),
    "zTXt": lambda: png_with(chunk(b"zTXt", b"Comment\0\0" + BOMB)),
    "many zTXt": lambda: png_with(*[chunk(b"zTXt", b"Comment\0\0" + BOMB)] * 20),
    "iTXt": lambda: png_with(chunk(b"iTXt", b"Comment\0\1\0\0\0" + BOMB)),
    "profile": lambda: png_with(chunk(b"iCCP", b"ICC\0\0" + BOMB)),
    "EXIF": lambda: png_with(chunk(b"eXIf", b"MM\0*\0\0\0\x08" + b"\xff\xff" * 500_000)),
    "EXIF in a circle": lambda: png_with(
        chunk(b"eXIf", b"MM\0*\0\0\0\x08\0\1\x87\x69\0\4\0\0\0\1\0\0\0\x08\0\0\0\x08")
    ),
    "APNG": lambda: many_frames("PNG"),
    "WebP": lambda: many_frames("WEBP"),
    "AVIF": lambda: many_frames("AVIF"),
}


MAY_BE_REFUSED = {"one colour, 49 megapixels", "zTXt", "many zTXt", "iTXt", "profile"}


@pytest.mark.parametrize("name", one_in(2, sorted(BOMBS)))
def test_no_picture_takes_much_time_or_memory(name: str) -> None:
    data = BOMBS[name]()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    own_memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    converted = b""
    with suppress(CoverError):
        converted = convert_in_child(data)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    assert used < cover_child.LIMITS.cpu_seconds
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - own_memory < 64 << 10
    assert converted or name in MAY_BE_REFUSED


def test_a_picture_of_one_colour_is_refused_by_its_size() -> None:
    data = BOMBS["one colour, 49 megapixels"]()
    assert len(data) < 60_000
    with pytest.raises(CoverError, match="25 megapixels are the limit"):
        convert_in_child(data)
