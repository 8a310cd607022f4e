"""Probing a song in a child process, which decodes and analyses it.

The child process is ``python -m videos.render.sandbox.probe FILE SECONDS FOLDER BYTES``; it prints
JSON.
"""

import json
import sys
from dataclasses import asdict, replace
from pathlib import Path
from subprocess import TimeoutExpired

from videos.render.audio.analysis_cache import AnalysisCache, load_or_analyse
from videos.render.audio.decoding import (
    MAX_SECONDS,
    UNREADABLE,
    AudioError,
    AudioInfo,
    describe_audio,
)
from videos.render.errors import StorageError, is_disk_full
from videos.render.options import FPS
from videos.render.sandbox.child_process import run_module
from videos.render.sandbox.limits import limit_memory, limit_processor_time
from videos.render.sandbox.song_tags import decode_tags, encode_tags

TIMEOUT = 120.0  # seconds, of wall-clock time and of processor time
MAX_MEMORY = 2 * 1024**3  # bytes


def probe_in_child(path: Path, cache: AnalysisCache, max_seconds: float = MAX_SECONDS) -> AudioInfo:
    """Return the properties of a song, and store its analysis in ``cache`` for films and previews.

    Raises AudioError for a song that cannot be used or is longer than ``max_seconds``, and where
    the child crashes or takes too long; StorageError if a disk is full.
    """
    folder, size = str(cache.folder.absolute()), str(cache.max_bytes)
    args = (str(path.absolute()), str(max_seconds), folder, size)
    try:
        result = json.loads(run_module("videos.render.sandbox.probe", *args, timeout=TIMEOUT))
    except (TimeoutExpired, ValueError) as error:
        raise AudioError(UNREADABLE) from error
    if "storage" in result:
        raise StorageError(result["storage"])
    if "error" in result:
        raise AudioError(result["error"])
    return AudioInfo(**{**result, "tags": decode_tags(result["tags"])})


def main(path: str, max_seconds: str, folder: str, max_bytes: str) -> None:
    """Print the ``AudioInfo``, or an error, as JSON."""
    limit_processor_time(int(TIMEOUT))
    limit_memory(MAX_MEMORY)
    cache = AnalysisCache(Path(folder), int(max_bytes))
    try:
        info = _analyse(Path(path), float(max_seconds), cache)
        result = {**asdict(info), "tags": encode_tags(info.tags)}
    except MemoryError:
        result = {"error": UNREADABLE}
    except AudioError as error:
        result = {"error": str(error)}
    except OSError as error:
        kind = "storage" if is_disk_full(error) else "error"
        result = {kind: f"There was no room to listen to this file: {error.strerror}."}
    print(json.dumps(result))


def _analyse(path: Path, max_seconds: float, cache: AnalysisCache) -> AudioInfo:
    analysis, digest = load_or_analyse(path, FPS, cache, lambda fraction: None, max_seconds)
    info = describe_audio(path, analysis.duration, analysis.loudness.integrated)
    return replace(info, digest=digest, silence=analysis.silence)


if __name__ == "__main__":
    main(*sys.argv[1:])
