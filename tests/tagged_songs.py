"""Songs whose files say something of themselves, and songs that are damaged."""

import io
from functools import cache

from mutagen.id3 import APIC, COMM, ID3, SYLT, TCON, TIT2, TLAN, TPE1, USLT
from PIL import Image

from tests import media_files

LYRICS = "[Verse]\nNight over town\nand the rain comes down"
LRC = "[00:00.10]Night over town\n[00:00.50]and the rain comes down"
SUNO = "made with suno; created=2026-11-01T10:00:00Z; id=00000000-0000-4000-8000-000000000000"


def mp3(**changes: object) -> bytes:
    """Return a second of sound as an mp3 with every tag that is used; ``None`` leaves one out."""
    return tag(media_files.sound(".mp3", "libmp3lame"), **changes)


def tag(song: bytes, **changes: object) -> bytes:
    """Return an mp3 with every tag that is used; ``None`` leaves one out."""
    frames = {
        "title": TIT2(encoding=3, text="Night over Town"),
        "artist": TPE1(encoding=3, text=["Test Singer", "Second Singer"]),
        "genre": TCON(encoding=3, text=["Folk", "Waltz"]),
        "language": TLAN(encoding=3, text="eng"),
        "lyrics": USLT(encoding=3, lang="eng", text=LYRICS),
        "comment": COMM(encoding=3, lang="eng", desc="", text=SUNO),
        "cover": APIC(encoding=3, mime="image/jpeg", type=3, desc="", data=cover()),
        **changes,
    }
    tags, target = ID3(), io.BytesIO(song)
    for frame in filter(None, frames.values()):
        tags.add(frame)
    tags.save(target)
    return target.getvalue()


@cache
def synced_mp3() -> bytes:
    """Return an mp3 whose lyrics have their times."""
    entries = [("Night over town", 100), ("\nand the rain comes down", 500)]
    return mp3(lyrics=SYLT(encoding=3, lang="eng", format=2, type=1, desc="", text=entries))


def cover() -> bytes:
    """Return the cover in the tags: 48 red pixels square."""
    return media_files.picture("JPEG", Image.new("RGB", (48, 48), "#c03020"))


@cache
def truncated_mp3() -> bytes:
    """Return the first half of an mp3 that should last 8 seconds."""
    whole = media_files.sound(".mp3", "libmp3lame", seconds=8.0)
    return whole[: len(whole) // 2]


@cache
def damaged_flac() -> bytes:
    """Return a FLAC of 8 seconds with noise in the middle."""
    data = bytearray(media_files.sound(".flac", "flac", seconds=8.0))
    start, end = int(len(data) * 0.45), int(len(data) * 0.55)
    data[start:end] = bytes((7 * index) % 251 for index in range(end - start))
    return bytes(data)
