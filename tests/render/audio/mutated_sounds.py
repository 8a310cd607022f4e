"""Makes songs of every container and damages them in every way, the same for the same seed."""

import random
import struct
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from tests import media_files, tagged_songs

SECONDS = 3.0
CONTAINERS = {
    "mp3": (".mp3", "libmp3lame", None),
    "wav": (".wav", "pcm_s16le", None),
    "wav24": (".wav", "pcm_s24le", None),
    "flac": (".flac", "flac", None),
    "vorbis": (".ogg", "vorbis", None),
    "opus": (".opus", "libopus", None),
    "m4a": (".m4a", "aac", None),
    "alac": (".m4a", "alac", None),
    "aac": (".aac", "aac", "adts"),
    "aiff": (".aiff", "pcm_s16be", None),
    "webm": (".webm", "libopus", None),
    "mka": (".mka", "vorbis", "matroska"),
}
HEADER = 600  # bytes in which most fields of a header are
EXTREMES = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFE, 0xFFFF_FFFF)

Mutation = Callable[[bytearray, random.Random], bytes]


class MutatedSound(NamedTuple):
    """A damaged song, and how it was made; ``is_cut`` where only its end is missing."""

    name: str
    data: bytes
    is_cut: bool


@cache
def whole_song(container: str) -> bytes:
    """Return an undamaged song of ``SECONDS`` seconds."""
    suffix, codec, muxer = CONTAINERS[container]
    data = media_files.sound(suffix, codec, "A title", SECONDS, muxer)
    return tagged_songs.tag(data) if container == "mp3" else data


def make(seed: int) -> MutatedSound:
    """Return the song of ``seed``: a container and one to three kinds of damage."""
    source = random.Random(seed)
    container = source.choice(sorted(CONTAINERS))
    data = whole_song(container)
    names = source.choices(sorted(MUTATIONS), k=source.choice((1, 1, 1, 2, 3)))
    for name in names:
        data = MUTATIONS[name](bytearray(data), source)
    return MutatedSound(f"{seed}: {container}, {' and '.join(names)}", data, names == ["cut"])


def _flip_bits(data: bytearray, source: random.Random) -> bytes:
    for _ in range(source.randint(1, 40)):
        if data:
            data[source.randrange(len(data))] ^= 1 << source.randrange(8)
    return bytes(data)


def _change_header(data: bytearray, source: random.Random) -> bytes:
    for _ in range(source.randint(1, 8)):
        if data:
            data[source.randrange(min(len(data), HEADER))] = source.randrange(256)
    return bytes(data)


def _set_number(data: bytearray, source: random.Random) -> bytes:
    """Put an extreme number where one may be."""
    if len(data) > 8:
        at = source.randrange(min(len(data) - 4, 2 * HEADER))
        data[at : at + 4] = struct.pack(source.choice("<>") + "I", source.choice(EXTREMES))
    return bytes(data)


def _overwrite(data: bytearray, source: random.Random) -> bytes:
    first, last = _run(data, source)
    data[first:last] = source.randbytes(last - first)
    return bytes(data)


def _erase(data: bytearray, source: random.Random) -> bytes:
    first, last = _run(data, source)
    data[first:last] = bytes(last - first)
    return bytes(data)


def _remove(data: bytearray, source: random.Random) -> bytes:
    first, last = _run(data, source)
    del data[first:last]
    return bytes(data)


def _repeat(data: bytearray, source: random.Random) -> bytes:
    first, last = _run(data, source)
    return bytes(data[:last] + data[first:])


def _insert(data: bytearray, source: random.Random) -> bytes:
    first, _ = _run(data, source)
    return bytes(data[:first] + source.randbytes(source.randint(1, 9000)) + data[first:])


def _cut(data: bytearray, source: random.Random) -> bytes:
    return bytes(data[: int(len(data) * source.uniform(0.05, 0.6))])


def _prepend(data: bytearray, source: random.Random) -> bytes:
    junk = (bytes(source.randint(1, 70_000)), b"\xff" * source.randint(1, 3000),
            source.randbytes(source.randint(1, 3000)), b"ID3\x04\0\0\x7f\x7f\x7f\x7f")  # fmt: skip
    return source.choice(junk) + bytes(data)


def _join(data: bytearray, source: random.Random) -> bytes:
    return bytes(data) + whole_song(source.choice(sorted(CONTAINERS)))


def _run(data: bytearray, source: random.Random) -> tuple[int, int]:
    """Return the ends of a run of bytes, up to a third of the file."""
    if not data:
        return 0, 0
    first = source.randrange(len(data))
    return first, min(len(data), first + source.randint(1, max(1, len(data) // 3)))


MUTATIONS: dict[str, Mutation] = {
    "flip bits": _flip_bits,
    "change header": _change_header,
    "set number": _set_number,
    "overwrite": _overwrite,
    "erase": _erase,
    "remove": _remove,
    "repeat": _repeat,
    "insert": _insert,
    "cut": _cut,
    "prepend": _prepend,
    "join": _join,
}
