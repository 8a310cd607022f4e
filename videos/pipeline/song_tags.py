"""Fills the row of a song with what its file says of it."""

import logging
from collections.abc import Collection
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from videos.models import Track
from videos.render.audio.info import AudioInfo
from videos.render.errors import CoverError, RenderError
from videos.render.lyrics import LyricsError, parse_lyrics
from videos.render.sandbox.cover import MAX_SIDE, convert_in_child
from videos.render.tags.song_tags import SongTags
from videos.render.text import single_line

logger = logging.getLogger(__name__)

MAX_TITLE_LENGTH = 200  # characters, of a title that the address gives
# Characters that the columns of a track hold
MAX_LENGTHS = {"title": 200, "artist": 200, "tags": 1000, "language": 50, "comment": 300}


def sound_fields(info: AudioInfo) -> dict[str, object]:
    """Return the columns of a track that its sound decides."""
    return {
        "duration": info.duration,
        "channels": info.channels,
        "sample_rate": info.sample_rate,
        "loudness": info.loudness,
        "audio_digest": info.digest,
        "declared_duration": info.declared_duration,
        "ends_early": info.ends_early,
        "silence": info.silence,
    }


def text_fields(tags: SongTags, duration: float) -> dict[str, str]:
    """Return the columns of a track that tags can fill, cut to what they can hold.

    Lyrics of which nothing can be read are left out.
    """
    values = {**vars(tags), "tags": tags.genre}
    fields = {name: single_line(values[name], length) for name, length in MAX_LENGTHS.items()}
    return {**fields, "lyrics": usable_lyrics(tags.lyrics, duration)}


def usable_lyrics(lyrics: str, duration: float) -> str:
    """Return lyrics from tags as they are, "" where they are too long or cannot be read."""
    if len(lyrics.encode()) > settings.MAX_LYRICS_BYTES:
        return ""
    try:
        parse_lyrics(lyrics, duration)
    except LyricsError as error:
        logger.info("The lyrics in a file cannot be read: %s", error)
        return ""
    return lyrics


def unused_tags(tags: SongTags, duration: float, ignored: Collection[str] = ()) -> list[str]:
    """Return a sentence for the lyrics and the cover in tags that cannot be used.

    Nothing is told of those that are ``ignored``.
    """
    warnings = []
    if tags.lyrics and "lyrics" not in ignored and not usable_lyrics(tags.lyrics, duration):
        warnings.append(_("The lyrics in this file cannot be read; they are left out."))
    if tags.cover and "cover" not in ignored and cover_file(tags) is None:
        warnings.append(_("The cover in this file cannot be read; it is left out."))
    return warnings


def cover_file(tags: SongTags, max_side: int = MAX_SIDE) -> "ContentFile[bytes] | None":
    """Return the cover in the tags as a JPEG, None where there is none that can be used.

    No side of it is longer than ``max_side`` pixels.
    """
    if not tags.cover or len(tags.cover) > settings.MAX_COVER_BYTES:
        return None
    try:
        return ContentFile(convert_in_child(tags.cover, max_side), "cover.jpg")
    except (CoverError, RenderError) as error:
        logger.info("The cover in a file cannot be used: %s", error)
        return None


def title_from(url: str) -> str:
    """Return the name of the file at ``url`` as a title, "" where it has none."""
    try:
        name = unquote(PurePosixPath(urlsplit(url).path).stem, errors="ignore")
    except ValueError:  # not an address: fetching it will say so
        return ""
    return single_line(name.replace("_", " "), MAX_TITLE_LENGTH)


def fill_blanks(track: Track, info: AudioInfo, *, replaced_title: str = "") -> dict[str, str]:
    """Return the columns of ``track`` that are empty and that its file fills.

    A title that is ``replaced_title``, such as the name of the file, counts as empty.
    """
    fields = text_fields(info.tags, info.duration)
    if track.title and track.title != replaced_title:
        del fields["title"]
    return {
        name: value
        for name, value in fields.items()
        if value and (name == "title" or not getattr(track, name))
    }
