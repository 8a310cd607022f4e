"""Reads ID3 tags: those of mp3, ADTS, WAV and AIFF."""

import re
from collections.abc import Iterable

from mutagen.id3 import APIC, COMM, ID3, SYLT, TCON, TXXX, USLT

from videos.render.tags.song_tags import RawTags
from videos.render.tags.synced_lyrics import SyncedText

TEXTS = {
    "TIT2": "title",
    "TPE1": "artist",
    "TPE2": "albumartist",
    "TALB": "album",
    "TLAN": "language",
}
# Descriptions of free texts (TXXX), in lower case.
FREE_TEXTS = {
    "artists": "artists",
    "lyrics": "lyrics",
    "unsyncedlyrics": "lyrics",
    "unsynced lyrics": "lyrics",
    "syncedlyrics": "lyrics",
    "synced lyrics": "lyrics",
    "lrc": "lyrics",
    "comment": "comment",
    "description": "comment",
    "language": "language",
}
IN_MILLISECONDS = 2  # the format of SYLT whose times are in milliseconds
LYRICS, TRANSCRIPTION = 1, 2  # types of SYLT that are sung
VERSION_WITH_LISTS = (2, 4)  # of ID3: earlier ones part several values by a slash
BAND = re.compile(r"[A-Z0-9.\-]{1,4}(/[A-Z0-9.\-]{1,4})+")  # a name like AC/DC is one
MPEG_FRAME = 26.122  # milliseconds of a frame at 44.1 kHz, the other unit of SYLT


def add_id3(raw: RawTags, tags: ID3) -> None:
    """Add what ``tags`` hold to ``raw``."""
    for name, key in TEXTS.items():
        raw.add(key, (text for frame in tags.getall(name) for text in frame.text))
    if tags.version < VERSION_WITH_LISTS:
        raw.texts["artist"] = [name for text in raw.texts["artist"] for name in _split(text)]
    # ID3v1 has a number for the genre, which is often 0, "Blues", without meaning it
    genres: Iterable[TCON] = tags.getall("TCON") if tags.version[0] > 1 else []
    raw.add("genre", (genre for frame in genres for genre in frame.genres))
    uslt: Iterable[USLT] = tags.getall("USLT")
    raw.add("lyrics", (frame.text for frame in uslt))
    _add_free_texts(raw, tags.getall("TXXX"))
    _add_comments(raw, tags.getall("COMM"))
    _add_synced_lyrics(raw, tags.getall("SYLT"))
    pictures: Iterable[APIC] = tags.getall("APIC")
    raw.covers += [(int(frame.type), bytes(frame.data)) for frame in pictures]


def _split(text: str) -> list[str]:
    """Return the artists in a text of an early ID3 tag."""
    return [text] if BAND.fullmatch(text.strip()) else text.split("/")


def _add_free_texts(raw: RawTags, frames: Iterable[TXXX]) -> None:
    for frame in frames:
        if key := FREE_TEXTS.get(str(frame.desc).lower()):
            raw.add(key, frame.text)


def _add_comments(raw: RawTags, frames: Iterable[COMM]) -> None:
    raw.add("comment", (text for frame in frames for text in frame.text))


def _add_synced_lyrics(raw: RawTags, frames: Iterable[SYLT]) -> None:
    for frame in frames:
        unit = 1.0 if frame.format == IN_MILLISECONDS else MPEG_FRAME
        entries = [SyncedText(str(text), round(time * unit)) for text, time in frame.text]
        if frame.type in {LYRICS, TRANSCRIPTION} and any(each.text.strip() for each in entries):
            raw.synced.append(entries)
