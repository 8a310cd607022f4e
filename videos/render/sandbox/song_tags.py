"""Reading the tags of a song in a child process, ``song_tags_child``, without its sound."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from pathlib import Path
from subprocess import TimeoutExpired
from typing import Any

from videos.render.sandbox.answers import decode_answer
from videos.render.sandbox.child_process import ChildKilled, run_module
from videos.render.tags.song_tags import SongTags

TIMEOUT = 10  # seconds; the child has less processor time
MAX_COVER_BYTES = 20 * 1024 * 1024  # a larger picture is left out


def read_tags_in_child(path: Path) -> SongTags:
    """Return the tags of ``path``; none where the child crashes or takes too long."""
    module = "videos.render.sandbox.song_tags_child"
    try:
        answer = run_module(module, str(path.absolute()), timeout=TIMEOUT)
        return decode_tags(*decode_answer(answer))
    except (ChildKilled, TimeoutExpired, ValueError):
        return SongTags()


def encode_tags(tags: SongTags) -> tuple[dict[str, object], bytes]:
    """Return the tags as what JSON can hold, and their cover."""
    cover = tags.cover if tags.cover and len(tags.cover) <= MAX_COVER_BYTES else b""
    return asdict(tags) | {"cover": None}, cover


def decode_tags(texts: Mapping[str, Any], cover: bytes) -> SongTags:
    """Return the tags of ``encode_tags``. Raises ValueError if they are none."""
    names = {each.name for each in fields(SongTags)} - {"cover"}
    if not all(isinstance(texts.get(name), str) for name in names):
        raise ValueError("These are not the tags of a song.")
    return SongTags(**{name: texts[name] for name in names}, cover=cover or None)
