from pathlib import Path

import pytest

from tests.render.samples import CODECS, tone, write_song
from videos.render.audio.demuxers import detect_demuxer

DEMUXERS = {"mp3": "mp3", "wav": "wav", "flac": "flac", "m4a": "mov", "ogg": "ogg", "opus": "ogg"}


@pytest.mark.parametrize("kind", CODECS)
def test_it_knows_each_kind_by_its_bytes_whatever_its_name(tmp_path: Path, kind: str) -> None:
    rate = 48000 if kind == "opus" else 44100
    path = write_song(tmp_path / f"song.{kind}", tone(0.3, rate), rate)
    assert detect_demuxer(path.rename(tmp_path / "song.txt")) == DEMUXERS[kind]


@pytest.mark.parametrize("rate", [8000, 16000, 22050, 32000, 48000])
def test_it_knows_mp3s_of_every_version(tmp_path: Path, rate: int) -> None:
    assert detect_demuxer(write_song(tmp_path / "song.mp3", tone(0.5, rate), rate)) == "mp3"


def test_it_looks_behind_several_tags_and_some_padding(tmp_path: Path) -> None:
    path = write_song(tmp_path / "song.mp3", tone(0.5))
    tag = b"ID3\x04\x00\x00" + bytes([0, 0, 2, 5]) + b"\xff\xfb" * 130 + b"\x00"
    path.write_bytes(tag + tag + bytes(1000) + path.read_bytes())
    assert detect_demuxer(path) == "mp3"


def test_it_knows_a_flac_behind_a_tag(tmp_path: Path) -> None:
    path = write_song(tmp_path / "song.flac", tone(0.2))
    path.write_bytes(b"ID3\x04\x00\x00\x00\x00\x00\x04abcd" + path.read_bytes())
    assert detect_demuxer(path) == "flac"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"ID3",
        b"#EXTM3U\n#EXTINF:1,\n/etc/passwd\n",
        b"ffconcat version 1.0\nfile /etc/passwd\n",
        b"v=0\no=- 0 0 IN IP4 127.0.0.1\n",
        b"\x89PNG\r\n\x1a\n" + bytes(100),
        b"\x1aE\xdf\xa3" + bytes(100),
        b"\xff\xf1\x50\x80" + bytes(100),
        b"\xff" * 5000,
        b"RIFF\x00\x00\x00\x00AVI " + bytes(100),
    ],
)
def test_it_knows_nothing_else(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "song.mp3"
    path.write_bytes(data)
    assert detect_demuxer(path) is None
