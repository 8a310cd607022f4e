"""Which of the few demuxers that we trust fits a file, judged by its first bytes alone.

FFmpeg left to itself guesses among hundreds of formats, and some of them (HLS, concat, SDP)
make it open whatever other files and addresses the file names.
"""

from pathlib import Path
from typing import BinaryIO

ID3_HEADER = 10
WINDOW = 64 * 1024
"""How far from its start, or from the end of its ID3 tag, an mp3 may hide its first frame."""

LENGTHS = (b"Xing", b"Info", b"VBRI")
"""How the frame before the first one of an mp3 begins that tells how many there are."""

LENGTH_WITHIN = 2 * 1024
"""How far behind the ID3 tags that frame may lie."""

BIT_RATES = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
LOW_BIT_RATES = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
SAMPLE_RATES = (44100, 48000, 32000)


def demuxer_for(path: Path) -> str | None:
    """Return FFmpeg's name of the demuxer for `path`, or None if it is not a kind we take."""
    with path.open("rb") as file:
        start = file.read(12)
        if start[:4] in {b"RIFF", b"RF64"} and start[8:12] == b"WAVE":
            return "wav"
        if start[:4] == b"OggS":
            return "ogg"
        if start[4:8] == b"ftyp":
            return "mov"
        _skip_id3(file, start)
        window = file.read(WINDOW)
    if window[:4] == b"fLaC":
        return "flac"
    return "mp3" if _has_mp3_frames(window) else None


def tells_its_length(path: Path, demuxer: str) -> bool:
    """Whether a file of that kind says itself how long it is: an mp3 need not."""
    if demuxer != "mp3":
        return True
    with path.open("rb") as file:
        _skip_id3(file, file.read(ID3_HEADER))
        start = file.read(LENGTH_WITHIN)
    return any(mark in start for mark in LENGTHS)


def _skip_id3(file: BinaryIO, start: bytes) -> None:
    """Leave `file` behind its ID3v2 tags, each of which tells its length in 4 × 7 bits."""
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
    """Tell whether `data` holds an MPEG audio frame that is followed by another, or by its end."""
    at = data.find(b"\xff")
    while 0 <= at <= len(data) - 4:
        length = _mp3_frame_length(data[at : at + 4])
        following = data[at + length : at + length + 4]
        if length and (len(following) < 4 or _mp3_frame_length(following)):
            return True
        at = data.find(b"\xff", at + 1)
    return False


def _mp3_frame_length(header: bytes) -> int:
    """Return the bytes in the frame that the 4 of `header` begin, 0 if they begin none.

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
