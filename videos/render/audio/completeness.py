"""Finds files that end before they should, also where FFmpeg does not notice."""

import mmap
import struct
from pathlib import Path

from videos.render.audio.demuxers import SoundSource
from videos.render.audio.ogg_links import CAPTURE, HEADER_SIZE
from videos.render.audio.wav_header import UNCOMPRESSED, find_chunk
from videos.render.errors import gettext_noop as _

CONTINUED = b"\xff"  # size of the last segment of an Ogg page whose packet goes on in the next
SEGMENT = b"\x18\x53\x80\x67"  # name of the part of a Matroska that follows its header
MAX_EBML_HEADER = 256  # bytes within which that is
BOX_HEADER = 16  # bytes of the header of a box of an MP4, with a long size
# Sizes of the samples of a WAV that stand for "not known": recorders that stream write them.
UNKNOWN_SIZE = 0x7FFF_0000
NO_INDEX = _(
    "This file is not complete: its index, which comes last, is missing. Copy or download it again."
)


def ends_early(path: Path, source: SoundSource) -> bool:
    """Whether ``path`` ends in the middle of its sound, as if its copying had broken off."""
    if source.demuxer == "ogg":
        return not _has_whole_page_last(path)
    if source.demuxer == "matroska":
        return _has_broken_segment(path)
    return source.demuxer == "mov" and _has_broken_box(path)


def declared_wav_seconds(path: Path) -> float | None:
    """Return the seconds that the header of a WAV declares, None if it does not tell."""
    with path.open("rb") as file:
        format_chunk, data_chunk = find_chunk(file, b"fmt "), find_chunk(file, b"data")
        if format_chunk is None or data_chunk is None or data_chunk.length >= UNKNOWN_SIZE:
            return None
        file.seek(format_chunk.position)
        tag, _channels, rate, _bytes_per_second, frame_size = struct.unpack(
            "<HHIIH", file.read(14).ljust(14, b"\0")
        )
    if tag not in UNCOMPRESSED or not rate * frame_size:
        return None
    return float(data_chunk.length / (rate * frame_size))


def lacks_index(path: Path) -> bool:
    """Whether an MP4 breaks off before its index, without which nothing can be read."""
    boxes, is_complete = _read_boxes(path)
    return not is_complete and not {b"moov", b"moof"} & boxes


def _has_whole_page_last(path: Path) -> bool:
    """Whether the last page of an Ogg is complete, and the last packet ends in it."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        position = data.rfind(CAPTURE)
        page = data[position : position + HEADER_SIZE]
        if position < 0 or len(page) < HEADER_SIZE:
            return False
        segments = data[position + HEADER_SIZE : position + HEADER_SIZE + page[26]]
        end = position + HEADER_SIZE + page[26] + sum(segments)
        return segments[-1:] != CONTINUED and end <= len(data)


def _has_broken_box(path: Path) -> bool:
    """Whether an MP4 in fragments breaks off within one; others have their length in the index."""
    boxes, is_complete = _read_boxes(path)
    return not is_complete and b"moof" in boxes


def _has_broken_segment(path: Path) -> bool:
    """Whether a Matroska is shorter than its segment, which has all but the header, says."""
    with path.open("rb") as file:
        start = file.read(MAX_EBML_HEADER)
    size_at = start.find(SEGMENT) + len(SEGMENT)
    if size_at < len(SEGMENT) or not start[size_at : size_at + 1].strip(b"\0"):
        return False
    length = 9 - start[size_at].bit_length()  # bytes of the size: one more than its leading zeros
    mask = (1 << 7 * length) - 1
    size = int.from_bytes(start[size_at : size_at + length], "big") & mask
    return size != mask and size_at + length + size > path.stat().st_size


def _read_boxes(path: Path) -> tuple[set[bytes], bool]:
    """Return the names of the outer boxes of an MP4, and whether the last one is complete."""
    names: set[bytes] = set()
    size, position = path.stat().st_size, 0
    with path.open("rb") as file:
        while position < size:
            file.seek(position)
            header = file.read(BOX_HEADER)
            length, name = int.from_bytes(header[:4], "big"), header[4:8]
            if length == 1:
                length = int.from_bytes(header[8:16], "big")
            if length == 0:  # up to the end of the file
                length = size - position
            if length < 8 or position + length > size:
                return names, False
            names.add(name)
            position += length
    return names, True
