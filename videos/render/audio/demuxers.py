"""Detects which of our few trusted demuxers fits a file, by its first bytes alone.

Without this, FFmpeg guesses among hundreds of formats, and some of them (HLS, concat, SDP) make it
open any other files and addresses that the file names.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from videos.render.audio.formats import unsupported_message
from videos.render.audio.mpeg_frames import find_first_frame
from videos.render.audio.ogg_links import find_ogg_links
from videos.render.audio.wav_header import patches_for_wav

ID3_HEADER = 10  # bytes
# Bytes from the start of a file, or from the end of its ID3 tag, within which an mp3 begins.
FIRST_FRAME_WINDOW = 1024 * 1024
# How the header of an mp3 begins that declares its number of frames.
LENGTH_MARKS = (b"Xing", b"Info", b"VBRI")
LENGTH_WINDOW = 2 * 1024  # bytes after the ID3 tags within which that header is
MATROSKA_TYPE = re.compile(rb"\x42\x82[\x84\x88](matroska|webm)")  # DocType in the EBML header
MATROSKA_WINDOW = 128  # bytes within which that is
# The demuxers whose durations are guesses from the bit rate where the file declares none.
GUESSING_DEMUXERS = {"mp3", "aac"}


@dataclass(frozen=True)
class SoundSource:
    """How FFmpeg is to read a file: the name of the demuxer, and of which bytes.

    ``parts`` are the starts and ends in bytes of what is read one after the other; none stand for
    the file as it is. ``patches`` replace bytes of the file.
    """

    demuxer: str
    parts: tuple[tuple[int, int | None], ...] = ()
    patches: Mapping[int, bytes] = field(default_factory=dict)


def locate_sound(path: Path) -> SoundSource | None:
    """Return how to read the sound of ``path``, None if its format is not supported.

    Raises OSError.
    """
    with path.open("rb") as file:
        start = file.read(MATROSKA_WINDOW)
        if demuxer := _detect_by_signature(start):
            return _locate_parts(path, demuxer)
        if unsupported_message(start):
            return None
        tags_end = _skip_id3(file, start)
        source = _locate_frames(file, tags_end)
        if source is None and tags_end:  # a tag that claims to be longer than it is
            source = _locate_frames(file, ID3_HEADER)
    return source


def detect_demuxer(path: Path) -> str | None:
    """Return FFmpeg's name of the demuxer for ``path``, None if its format is not supported."""
    source = locate_sound(path)
    return source.demuxer if source else None


def has_declared_length(path: Path, source: SoundSource) -> bool:
    """Whether a file of that format declares its length: an mp3 need not."""
    if source.demuxer not in GUESSING_DEMUXERS:
        return True
    with path.open("rb") as file:
        if source.parts:
            file.seek(source.parts[0][0])
        else:
            _skip_id3(file, file.read(ID3_HEADER))
        start = file.read(LENGTH_WINDOW)
    return source.demuxer == "mp3" and any(mark in start for mark in LENGTH_MARKS)


def _detect_by_signature(start: bytes) -> str | None:
    """Return the demuxer of a file that begins with ``start``, None if the start does not tell."""
    if start[:4] in {b"RIFF", b"RF64", b"BW64", b"RIFX"} and start[8:12] == b"WAVE":
        return "wav"
    if start[:4] == b"OggS":
        return "ogg"
    if start[4:8] in {b"ftyp", b"moov", b"mdat", b"wide", b"free"}:
        return "mov"
    if start[:4] == b"FORM" and start[8:12] in {b"AIFF", b"AIFC"}:
        return "aiff"
    if start[:4] == b"\x1aE\xdf\xa3" and MATROSKA_TYPE.search(start):
        return "matroska"
    return None


def _locate_parts(path: Path, demuxer: str) -> SoundSource:
    """Return how to read a file for ``demuxer`` whose sound does not begin late."""
    if demuxer == "wav":
        return SoundSource(demuxer, patches=patches_for_wav(path))
    links = find_ogg_links(path) if demuxer == "ogg" else []
    return SoundSource(demuxer, tuple(links) if len(links) > 1 else ())


def _locate_frames(file: BinaryIO, position: int) -> SoundSource | None:
    """Return how to read what a tag precedes at ``position``, or an mp3 or AAC that is near it."""
    file.seek(position)
    window = file.read(FIRST_FRAME_WINDOW)
    if window[:4] == b"fLaC":
        return SoundSource("flac")
    if demuxer := _detect_by_signature(window[:MATROSKA_WINDOW]):
        return SoundSource(demuxer, ((position, None),))
    frame = find_first_frame(window)
    if frame is None:
        return None
    # What precedes the first frame would hide the header that tells how much silence is padding
    is_plain = frame.position == 0 and position != ID3_HEADER
    return SoundSource(frame.demuxer, () if is_plain else ((position + frame.position, None),))


def _skip_id3(file: BinaryIO, start: bytes) -> int:
    """Seek ``file`` to the end of its ID3v2 tags, each of which gives its length in 4 × 7 bits.

    Returns that position in bytes.
    """
    position = 0
    while start[:3] == b"ID3" and len(start) >= ID3_HEADER:
        length = 0
        for byte in start[6:ID3_HEADER]:
            length = length << 7 | byte & 0x7F
        position += ID3_HEADER + length
        file.seek(position)
        start = file.read(ID3_HEADER)
    file.seek(position)
    return position
