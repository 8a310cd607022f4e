"""Detects which of our few trusted demuxers fits a file, by its first bytes alone.

Without this, FFmpeg guesses among hundreds of formats, and some of them (HLS, concat, SDP) make it
open any other files and addresses that the file names.
"""

from pathlib import Path
from typing import BinaryIO

ID3_HEADER = 10  # bytes
# Bytes from the start of an mp3, or from the end of its ID3 tag, within which its first frame is.
FIRST_FRAME_WINDOW = 64 * 1024
# How the header of an mp3 begins that declares its number of frames.
LENGTH_MARKS = (b"Xing", b"Info", b"VBRI")
LENGTH_WINDOW = 2 * 1024  # bytes after the ID3 tags within which that header is
BIT_RATES = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
LOW_BIT_RATES = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
SAMPLE_RATES = (44100, 48000, 32000)


def detect_demuxer(path: Path) -> str | None:
    """Return FFmpeg's name of the demuxer for ``path``, None if its format is not supported."""
    with path.open("rb") as file:
        start = file.read(12)
        if start[:4] in {b"RIFF", b"RF64"} and start[8:12] == b"WAVE":
            return "wav"
        if start[:4] == b"OggS":
            return "ogg"
        if start[4:8] == b"ftyp":
            return "mov"
        _skip_id3(file, start)
        window = file.read(FIRST_FRAME_WINDOW)
    if window[:4] == b"fLaC":
        return "flac"
    return "mp3" if _has_mp3_frames(window) else None


def has_declared_length(path: Path, demuxer: str) -> bool:
    """Whether a file of that format declares its length: an mp3 need not."""
    if demuxer != "mp3":
        return True
    with path.open("rb") as file:
        _skip_id3(file, file.read(ID3_HEADER))
        start = file.read(LENGTH_WINDOW)
    return any(mark in start for mark in LENGTH_MARKS)


def _skip_id3(file: BinaryIO, start: bytes) -> None:
    """Seek ``file`` to the end of its ID3v2 tags, each of which gives its length in 4 × 7 bits."""
    position = 0
    while start[:3] == b"ID3" and len(start) >= ID3_HEADER:
        length = 0
        for byte in start[6:ID3_HEADER]:
            length = length << 7 | byte & 0x7F
        position += ID3_HEADER + length
        file.seek(position)
        start = file.read(ID3_HEADER)
    file.seek(position)


def _has_mp3_frames(data: bytes) -> bool:
    """Whether ``data`` has an MPEG audio frame that is followed by another one, or by the end."""
    position = data.find(b"\xff")
    while 0 <= position <= len(data) - 4:
        length = _mp3_frame_length(data[position : position + 4])
        following = data[position + length : position + length + 4]
        if length and (len(following) < 4 or _mp3_frame_length(following)):
            return True
        position = data.find(b"\xff", position + 1)
    return False


def _mp3_frame_length(header: bytes) -> int:
    """Return the bytes of the frame that begins with the 4 bytes ``header``, 0 if none does.

    The bits are those of ISO/IEC 11172-3, 2.4.1.3, and 13818-3; MPEG 2.5 halves the rates again.
    """
    version, layer = header[1] >> 3 & 3, header[1] >> 1 & 3
    bit_rate, sample_rate = header[2] >> 4, header[2] >> 2 & 3
    if header[0] != 0xFF or header[1] < 0xE0 or version == 1 or layer != 1:
        return 0
    if bit_rate in {0, 15} or sample_rate == 3:
        return 0
    if version == 3:
        length = 144_000 * BIT_RATES[bit_rate] // SAMPLE_RATES[sample_rate]
    else:
        halvings = 1 if version == 2 else 2
        length = 72_000 * LOW_BIT_RATES[bit_rate] // (SAMPLE_RATES[sample_rate] >> halvings)
    return length + (header[2] >> 1 & 1)
