"""Stores the words that stand below the lines of a film, and reads them."""

import hashlib

from django.core.files.base import ContentFile

from videos.models import Asset, Track, User
from videos.pipeline.assets import find_assets, store_asset
from videos.render import lyrics
from videos.render.lyrics import Line
from videos.render.lyrics.translation import add_translation

TRANSLATION_NAME = "translation.txt"


def store_translation(owner: User, text: str) -> Asset:
    """Store a translation, the text of a lyrics file; the same text is stored once.

    Raises ``QuotaReached`` where there is no room for it.
    """
    data = text.encode()
    file = ContentFile(data, TRANSLATION_NAME)
    return store_asset(
        owner,
        Asset.Kind.TRANSLATION,
        hashlib.sha256(data).hexdigest(),
        lambda: Asset(file=file, width=0, height=0, size=len(data)),
    )


def read_translation(asset: Asset) -> str:
    """Return the text of a stored translation."""
    with asset.file.open("rb") as file:
        return str(file.read(), "utf-8")


def lyrics_of(track: Track, translation: str = "") -> tuple[Line, ...]:
    """Return the lines of a song as its film shows them, with the asset ``translation`` below.

    Raises ``MediaError`` where that was deleted, and ``LyricsError`` where it does not fit.
    """
    aligned = lyrics.parse_aligned_words(track.active_aligned_words)
    lines = aligned or lyrics.parse(track.lyrics, track.duration or 0)
    if translation:
        (asset,) = find_assets(track.music_task.owner, translation)
        rows = lyrics.parse(read_translation(asset), track.duration or 0)
        lines = add_translation(lines, rows)
    return tuple(lyrics.shift_lines(lines, track.lyrics_offset / 1000))
