"""Finds where the frames of an mp3 or of a raw AAC stream (ADTS) begin, behind any junk."""

import re
from collections.abc import Callable
from typing import NamedTuple

BIT_RATES = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
LOW_BIT_RATES = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
SAMPLE_RATES = (44100, 48000, 32000)
ADTS_RATES = 13  # sample rates that ADTS has numbers for
MIN_ADTS_FRAME = 8  # bytes
HEADER_SIZE = 7  # bytes that tell the length of a frame: 4 of an mp3, 7 of ADTS
# Frames in a row that cannot be chance; a file that ends before may have fewer.
MIN_FRAMES = 3
# What may follow the last frame of an mp3: tags.
TRAILERS = (b"TAG", b"APETAGEX", b"LYRICSBEGIN", b"ID3", b"3DI")
# A frame's first two bytes: those of MPEG 1, 2 and 2.5, layer III, and those of ADTS.
FRAME_STARTS = re.compile(rb"(?=\xff[\xe2\xe3\xf2\xf3\xfa\xfb\xf0\xf1\xf8\xf9])")


class FirstFrame(NamedTuple):
    """The position of the first frame in bytes, and FFmpeg's name of the demuxer for it."""

    position: int
    demuxer: str


def find_first_frame(data: bytes) -> FirstFrame | None:
    """Return the first frame in ``data`` that others follow, None if there is none.

    ``data`` is the start of a file that goes on only if ``data`` is longer than any frame.
    """
    for match in FRAME_STARTS.finditer(data):
        for demuxer, measure in (("mp3", _mp3_frame_length), ("aac", _adts_frame_length)):
            if _has_frames_at(data, match.start(), measure):
                return FirstFrame(match.start(), demuxer)
    return None


def _has_frames_at(data: bytes, position: int, measure: Callable[[bytes], int]) -> bool:
    """Whether enough frames follow each other from ``position`` on."""
    for number in range(MIN_FRAMES):
        rest = data[position : position + HEADER_SIZE]
        if number and (len(rest) < HEADER_SIZE or data.startswith(TRAILERS, position)):
            return True
        length = measure(rest) if len(rest) == HEADER_SIZE else 0
        if not length:
            return False
        position += length
    return True


def _mp3_frame_length(header: bytes) -> int:
    """Return the bytes of the frame that begins with ``header``, 0 if none does.

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


def _adts_frame_length(header: bytes) -> int:
    """Return the bytes of the ADTS frame that begins with ``header``, 0 if none does.

    The bits are those of ISO/IEC 13818-7, 6.2.
    """
    if header[0] != 0xFF or header[1] & 0xF6 != 0xF0 or header[2] >> 2 & 15 >= ADTS_RATES:
        return 0
    length = (header[3] & 3) << 11 | header[4] << 3 | header[5] >> 5
    return length if length >= MIN_ADTS_FRAME else 0
