"""Reads tags that are names with values: Vorbis comments, APEv2, MP4 atoms, and FFmpeg's."""

import base64
import binascii
from collections.abc import Iterable, Mapping

from mutagen.apev2 import APEv2
from mutagen.flac import Picture
from mutagen.flac import error as PictureError
from mutagen.mp4 import MP4Tags

from videos.render.tags.song_tags import FRONT_COVER, RawTags

# Names in lower case, without spaces and signs.
NAMES = {
    "title": "title",
    "artist": "artist",
    "artists": "artists",
    "author": "artist",
    "performer": "albumartist",
    "albumartist": "albumartist",
    "album": "album",
    "genre": "genre",
    "language": "language",
    "comment": "comment",
    "description": "comment",
    "lyrics": "lyrics",
    "unsyncedlyrics": "lyrics",
    "syncedlyrics": "lyrics",
    "lrc": "lyrics",
}
LYRICS_PREFIX = "lyrics"  # FFmpeg calls ID3's lyrics "lyrics-eng" and the like
ATOMS = {
    "\xa9nam": "title",
    "\xa9ART": "artist",
    "aART": "albumartist",
    "\xa9alb": "album",
    "\xa9gen": "genre",
    "\xa9cmt": "comment",
    "desc": "comment",
    "\xa9lyr": "lyrics",
}
FREE_ATOM = "----:com.apple.itunes:"
APE_COVER = "cover art (front)"


def add_named_values(raw: RawTags, tags: Mapping[str, Iterable[str]]) -> None:
    """Add Vorbis comments or tags like them; ``tags`` are the values by their names."""
    for name, values in tags.items():
        plain = "".join(filter(str.isalnum, name.lower()))
        if plain in {"metadatablockpicture", "coverart"}:
            _add_encoded_pictures(raw, values, is_block=plain != "coverart")
        elif plain in NAMES or plain.startswith(LYRICS_PREFIX):
            raw.add(NAMES.get(plain, "lyrics"), values)


def add_ape(raw: RawTags, tags: APEv2) -> None:
    """Add an APEv2 tag."""
    for name, value in tags.items():
        if name.lower() == APE_COVER:
            raw.covers.append((FRONT_COVER, bytes(value.value).partition(b"\0")[2]))
        elif value.kind == 0:  # text
            add_named_values(raw, {name: list(value)})


def add_mp4(raw: RawTags, tags: MP4Tags) -> None:
    """Add the atoms of an MP4."""
    for name, values in tags.items():
        if name in ATOMS:
            raw.add(ATOMS[name], values)
        elif name == "covr":
            raw.covers += [(FRONT_COVER, bytes(picture)) for picture in values]
        elif name.lower().startswith(FREE_ATOM):
            texts = [bytes(value).decode("utf-8", "replace") for value in values]
            add_named_values(raw, {name[len(FREE_ATOM) :]: texts})


def _add_encoded_pictures(raw: RawTags, values: Iterable[str], *, is_block: bool) -> None:
    """Add pictures in base 64: whole picture blocks of FLAC, or only the files of pictures."""
    for value in values:
        try:
            data = base64.b64decode(value)
            picture = Picture(data) if is_block else None
        except (binascii.Error, ValueError, PictureError):
            continue
        kind = picture.type if picture else FRONT_COVER
        raw.covers.append((int(kind), bytes(picture.data) if picture else data))
