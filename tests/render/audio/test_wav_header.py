"""Headers of WAVs, and what of them must be mended."""

import struct
from io import BytesIO
from pathlib import Path

from tests.render.samples import wav
from videos.render.audio.wav_header import Chunk, find_chunk, patches_for_wav


def write_extensible(path: Path, bits: int, valid_bits: int) -> Path:
    """Write a WAV of WAVEFORMATEXTENSIBLE, whose samples fill ``valid_bits`` of ``bits``."""
    width = bits // 8
    form = struct.pack("<HHIIHH", 0xFFFE, 1, 44100, 44100 * width, width, bits)
    form += struct.pack("<HHI", 22, valid_bits, 4) + b"\1\0" + bytes(14)
    body = b"WAVEfmt " + struct.pack("<I", len(form)) + form + b"data" + struct.pack("<I", 0)
    path.write_bytes(b"RIFF" + struct.pack("<I", len(body)) + body)
    return path


def test_samples_that_fill_part_of_their_bytes_are_read_as_if_all_bits_counted(tmp_path):
    path = write_extensible(tmp_path / "a.wav", 32, 20)
    assert patches_for_wav(path) == {38: struct.pack("<H", 32)}


def test_other_headers_stay_as_they_are(tmp_path):
    assert patches_for_wav(write_extensible(tmp_path / "a.wav", 24, 24)) == {}
    assert patches_for_wav(write_extensible(tmp_path / "b.wav", 24, 0)) == {}
    (tmp_path / "c.wav").write_bytes(wav(1, 16, bytes(10)))
    assert patches_for_wav(tmp_path / "c.wav") == {}
    (tmp_path / "d.wav").write_bytes(b"RIFF")
    assert patches_for_wav(tmp_path / "d.wav") == {}


def test_a_chunk_is_found_behind_others_of_odd_length():
    data = wav(1, 16, bytes(10), b"LIST" + struct.pack("<I", 3) + b"abc\0")
    assert find_chunk(BytesIO(data), b"fmt ") == Chunk(20, 16)
    assert find_chunk(BytesIO(data), b"data") == Chunk(56, 10)
    assert find_chunk(BytesIO(data), b"none") is None
    assert find_chunk(BytesIO(b"RIFX" + data[4:]), b"fmt ") is None
