"""Short songs of each kind, to be tagged."""

import struct
from pathlib import Path

import pytest

from tests.render.samples import tone, write_song


@pytest.fixture(scope="module")
def songs(tmp_path_factory) -> dict[str, bytes]:
    """Return a short song of each kind, without tags."""
    folder = tmp_path_factory.mktemp("songs")
    kinds = ("mp3", "m4a", "flac", "opus", "wav", "aiff")
    paths = [folder / f"song.{kind}" for kind in kinds if kind != "aiff"]
    songs = {path.suffix[1:]: write_song(path, tone(0.3, 48000), 48000).read_bytes()
             for path in paths}  # fmt: skip
    comm = struct.pack(">hIh10s", 1, 0, 16, b"\x40\x0e\xac\x44" + bytes(6))
    chunks = b"COMM" + struct.pack(">I", 18) + comm + b"SSND" + struct.pack(">III", 8 + 200, 0, 0)
    body = b"AIFF" + chunks + bytes(200)
    songs["aiff"] = b"FORM" + struct.pack(">I", len(body)) + body
    return songs


@pytest.fixture
def song(songs, tmp_path):
    def write(kind: str) -> Path:
        path = tmp_path / f"song.{kind}"
        path.write_bytes(songs[kind])
        return path

    return write
