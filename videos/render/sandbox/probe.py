"""Probing a song in a child process, ``probe_child``, which decodes and analyses it."""

from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from subprocess import TimeoutExpired
from typing import Any

from videos.render.audio.analysis_cache import AnalysisCache
from videos.render.audio.info import MAX_SECONDS, UNREADABLE, AudioInfo
from videos.render.errors import AudioError, StorageError
from videos.render.sandbox.answers import decode_answer
from videos.render.sandbox.child_process import run_module, scratch_folder
from videos.render.sandbox.song_tags import decode_tags

TIMEOUT = 120.0  # seconds, of wall-clock time

# The types of the fields of ``AudioInfo`` that are sent as they are.
NUMBERS = (int, float)
TYPES: dict[str, tuple[type, ...]] = {
    **dict.fromkeys(("duration", "silence"), NUMBERS),
    **dict.fromkeys(("loudness", "declared_duration"), (*NUMBERS, type(None))),
    **dict.fromkeys(("channels", "sample_rate"), (int,)),
    **dict.fromkeys(("codec", "container", "title", "digest"), (str,)),
    "ends_early": (bool,),
}


def probe_in_child(path: Path, cache: AnalysisCache, max_seconds: float = MAX_SECONDS) -> AudioInfo:
    """Return the properties of a song, and store its analysis in ``cache`` for films and previews.

    Raises AudioError for a song that cannot be used or is longer than ``max_seconds``, and where
    the child crashes or takes too long; StorageError if a disk is full.
    """
    cache.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder, size = str(cache.folder.absolute()), str(cache.max_bytes)
    args = (str(path.absolute()), str(max_seconds), folder, size)
    try:
        with scratch_folder() as scratch:
            module = "videos.render.sandbox.probe_child"
            answer = run_module(module, *args, timeout=TIMEOUT, scratch=Path(scratch))
        result, cover = decode_answer(answer)
        if "storage" in result:
            raise StorageError(str(result["storage"]))
        if "error" in result:
            raise AudioError(str(result["error"]))
        return decode_info(result, cover)
    except AudioError:
        raise
    except (TimeoutExpired, ValueError) as error:
        raise AudioError(UNREADABLE) from error


def decode_info(result: Mapping[str, Any], cover: bytes) -> AudioInfo:
    """Return what the child tells of a song. Raises ValueError if it tells something odd."""
    names = {each.name for each in fields(AudioInfo)} - {"tags"}
    if not all(isinstance(result.get(name), TYPES[name]) for name in names):
        raise ValueError("These are not the properties of a song.")
    tags = decode_tags(result.get("tags") or {}, cover)
    return AudioInfo(**{name: result[name] for name in names}, tags=tags)
