"""How much text is in ID3 tags, whatever their version and however they are packed."""

import zlib
from pathlib import Path

import pytest
from mutagen.id3 import APIC, ID3, TXXX, USLT

from videos.render.tags.id3_text import MAX_TEXT, has_too_much_text


def write(path: Path, version: int, *frames: object) -> Path:
    tags = ID3()
    for frame in frames:
        tags.add(frame)
    tags.save(path, v2_version=version)
    path.write_bytes(path.read_bytes() + b"\xff\xfb\x90\x00" * 100)
    return path


def lyrics(size: int) -> USLT:
    return USLT(encoding=0, text="a" * size)


def frame(name: bytes, data: bytes, version: int, flags: int = 0) -> bytes:
    if version == 2:
        return name + len(data).to_bytes(3) + data
    shifts = (21, 14, 7, 0) if version == 4 else (24, 16, 8, 0)
    mask = 0x7F if version == 4 else 0xFF
    return name + bytes(len(data) >> by & mask for by in shifts) + bytes([0, flags]) + data


def tag(version: int, body: bytes, flags: int = 0) -> bytes:
    length = bytes(len(body) >> by & 0x7F for by in (21, 14, 7, 0))
    return b"ID3" + bytes([version, 0, flags]) + length + body


@pytest.mark.parametrize("version", [3, 4])
def test_lyrics_may_be_as_long_as_the_limit(tmp_path, version):
    assert not has_too_much_text(write(tmp_path / "a", version, lyrics(MAX_TEXT - 2000)))
    assert has_too_much_text(write(tmp_path / "b", version, lyrics(MAX_TEXT + 1)))


@pytest.mark.parametrize("version", [3, 4])
def test_pictures_do_not_count(tmp_path, version):
    picture = APIC(encoding=3, mime="image/jpeg", type=3, data=bytes(3 * MAX_TEXT))
    assert not has_too_much_text(write(tmp_path / "a", version, picture, lyrics(1000)))


@pytest.mark.parametrize("version", [3, 4])
def test_many_short_texts_count_together(tmp_path, version):
    texts = [TXXX(encoding=3, desc=f"name {number}", text="a") for number in range(12_000)]
    assert has_too_much_text(write(tmp_path / "a", version, *texts))


def test_the_oldest_version_counts(tmp_path):
    for name, is_refused in ((b"ULT", True), (b"PIC", False)):
        (tmp_path / "a").write_bytes(tag(2, frame(name, bytes(MAX_TEXT + 1), 2)))
        assert has_too_much_text(tmp_path / "a") == is_refused


def test_several_tags_count_together(tmp_path):
    half = tag(4, frame(b"USLT", b"a" * (MAX_TEXT * 2 // 3), 4))
    (tmp_path / "a").write_bytes(half + half)
    assert has_too_much_text(tmp_path / "a")
    (tmp_path / "a").write_bytes(half)
    assert not has_too_much_text(tmp_path / "a")


@pytest.mark.parametrize(("version", "flag"), [(3, 0x80), (4, 0x08)])
def test_what_is_compressed_counts_as_what_it_unpacks_to(tmp_path, version, flag):
    for size, is_refused in ((50 * MAX_TEXT, True), (1000, False)):
        data = size.to_bytes(4) + zlib.compress(b"a" * size)
        (tmp_path / "a").write_bytes(tag(version, frame(b"USLT", data, version, flag)))
        assert has_too_much_text(tmp_path / "a") == is_refused


@pytest.mark.parametrize(("version", "header"), [(3, b"\0\0\0\6" + bytes(6)), (4, b"\0\0\0\6\1\0")])
def test_an_extended_header_is_passed_over(tmp_path, version, header):
    body = header + frame(b"USLT", bytes(MAX_TEXT + 1), version)
    (tmp_path / "a").write_bytes(tag(version, body, 0x40))
    assert has_too_much_text(tmp_path / "a")


DAMAGED = [b"", b"ID3", b"no tag", b"ID3\4\0\0\x7f\x7f\x7f\x7fTIT2", tag(4, bytes(9999))]


@pytest.mark.parametrize("data", DAMAGED)
def test_damage_and_padding_end_the_count(tmp_path, data):
    (tmp_path / "a").write_bytes(data)
    assert not has_too_much_text(tmp_path / "a")
