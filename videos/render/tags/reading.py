"""Reads the tags of a song's file, of every format that is supported."""

import logging
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path

from mutagen import MutagenError
from mutagen.aiff import AIFF
from mutagen.apev2 import APEv2
from mutagen.flac import FLAC
from mutagen.id3 import ID3, ID3NoHeaderError
from mutagen.mp4 import MP4
from mutagen.oggflac import OggFLAC
from mutagen.oggopus import OggOpus
from mutagen.oggvorbis import OggVorbis
from mutagen.wave import WAVE

from videos.render.audio.demuxers import ID3_HEADER, detect_demuxer
from videos.render.audio.opening import open_audio, sound_stream
from videos.render.tags.id3 import add_id3
from videos.render.tags.id3_text import has_too_much_text
from videos.render.tags.named_values import add_ape, add_mp4, add_named_values
from videos.render.tags.song_tags import RawTags, SongTags

logger = logging.getLogger(__name__)

MAX_SHORTENED = 1024 * 1024  # bytes that are read of an ID3 tag whose length is wrong

Reader = Callable[[Path, RawTags], None]


def read_song_tags(path: Path) -> SongTags:
    """Return what the tags of ``path`` say; tags that are damaged say nothing. Raises OSError.

    Tags with too much text are not read. Untrusted files are read in a child process only: a
    compressed tag may be as large as memory.
    """
    raw = RawTags()
    if has_too_much_text(path):
        return raw.to_song_tags()
    for read in READERS.get(detect_demuxer(path) or "", ()):
        try:
            read(path, raw)
        except Exception as error:  # mutagen raises anything for a damaged tag
            logger.debug("A tag of %s cannot be read: %s", path.name, error)
    return raw.to_song_tags()


def _read_id3(path: Path, raw: RawTags) -> None:
    try:
        add_id3(raw, ID3(path))
    except ID3NoHeaderError:
        raise
    except MutagenError:  # the tag claims to be longer than the file is
        add_id3(raw, ID3(BytesIO(_shorten_id3(path))))


def _shorten_id3(path: Path) -> bytes:
    """Return the start of a file whose ID3 tag is too long, with a length that is right."""
    with path.open("rb") as file:
        data = bytearray(file.read(MAX_SHORTENED))
    length = len(data) - ID3_HEADER
    data[6:ID3_HEADER] = bytes(length >> shift & 0x7F for shift in (21, 14, 7, 0))
    return bytes(data)


def _read_ape(path: Path, raw: RawTags) -> None:
    add_ape(raw, APEv2(path))


def _read_flac(path: Path, raw: RawTags) -> None:
    file = FLAC(path)
    add_named_values(raw, _grouped(file.tags))
    raw.covers += [(int(picture.type), bytes(picture.data)) for picture in file.pictures]


def _read_ogg(path: Path, raw: RawTags) -> None:
    with path.open("rb") as file:
        start = file.read(256)
    kinds = {b"OpusHead": OggOpus, b"FLAC": OggFLAC, b"vorbis": OggVorbis}
    kind = next(kind for mark, kind in kinds.items() if mark in start)
    add_named_values(raw, _grouped(kind(path).tags))


def _read_mp4(path: Path, raw: RawTags) -> None:
    tags = MP4(path).tags
    if tags is not None:
        add_mp4(raw, tags)


def _read_chunk(path: Path, raw: RawTags) -> None:
    """Read the chunk of a WAV or AIFF that holds an ID3 tag."""
    kind = WAVE if detect_demuxer(path) == "wav" else AIFF
    tags = kind(path).tags
    if tags is not None:
        add_id3(raw, tags)


def _read_by_ffmpeg(path: Path, raw: RawTags) -> None:
    """Add what FFmpeg finds, where nothing else was found."""
    with open_audio(path, metadata_encoding="latin-1") as container:
        tags = {**sound_stream(container).metadata, **container.metadata}
    rest = RawTags()
    add_named_values(rest, {name: [text] for name, text in tags.items()})
    for name, values in rest.texts.items():
        if not raw.texts.get(name):
            raw.add(name, values)


def _grouped(tags: object) -> Mapping[str, list[str]]:
    """Return Vorbis comments by name, also those whose names differ in case."""
    grouped: dict[str, list[str]] = {}
    for name, value in tags or ():  # type: ignore[attr-defined]  # mutagen has no types
        grouped.setdefault(name.lower(), []).append(value)
    return grouped


READERS: dict[str, tuple[Reader, ...]] = {
    "mp3": (_read_id3, _read_ape),
    "aac": (_read_id3, _read_ape),
    "flac": (_read_flac, _read_id3),
    "ogg": (_read_ogg, _read_by_ffmpeg),
    "mov": (_read_mp4, _read_by_ffmpeg),
    "wav": (_read_chunk, _read_by_ffmpeg),
    "aiff": (_read_chunk, _read_by_ffmpeg),
    "matroska": (_read_by_ffmpeg,),
}
