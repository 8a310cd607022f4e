"""The child process of ``probe_in_child``: ``python -m videos.render.sandbox.probe_child FILE
SECONDS FOLDER BYTES``, of which the last two are the analysis cache.
"""

import sys
from dataclasses import asdict, replace
from pathlib import Path
from tempfile import gettempdir
from typing import BinaryIO

from videos.render.audio.analysis import load_or_analyse
from videos.render.audio.analysis_cache import AnalysisCache
from videos.render.audio.decoding import UNREADABLE, AudioError, AudioInfo, describe_audio
from videos.render.audio.opening import open_parts
from videos.render.errors import is_disk_full
from videos.render.options import FPS
from videos.render.sandbox.answers import encode_answer
from videos.render.sandbox.confinement import confine
from videos.render.sandbox.limits import Limits, allow_processor_time
from videos.render.sandbox.song_tags import encode_tags

LIMITS = Limits(memory=1024, cpu_seconds=120, file_size=256)
HEADERS_SECONDS = 5.0  # of processor time, to open a song, and as much again to read its tags


def main(path: str, max_seconds: str, folder: str, max_bytes: str, target: BinaryIO) -> None:
    """Write the ``AudioInfo``, or an error, to ``target``."""
    cache = AnalysisCache(Path(folder), int(max_bytes))
    writable = [cache.folder, Path(gettempdir())]
    confine(LIMITS, readable=[Path(path)], writable=writable)
    target.write(probe(Path(path), float(max_seconds), cache))


def probe(path: Path, max_seconds: float, cache: AnalysisCache) -> bytes:
    """Return the answer: the ``AudioInfo`` of a song, or an error."""
    cover = b""
    try:
        info = _analyse(path, max_seconds, cache)
        tags, cover = encode_tags(info.tags)
        result = {**asdict(info), "tags": tags}
    except MemoryError:
        result = {"error": UNREADABLE}
    except AudioError as error:
        result = {"error": str(error)}
    except OSError as error:
        kind = "storage" if is_disk_full(error) else "error"
        result = {kind: f"There was no room to listen to this file: {error.strerror}."}
    return encode_answer(result, cover)


def _analyse(path: Path, max_seconds: float, cache: AnalysisCache) -> AudioInfo:
    allow_processor_time(HEADERS_SECONDS)
    for container in open_parts(path):
        del container
    allow_processor_time(LIMITS.cpu_seconds)
    analysis, digest = load_or_analyse(path, FPS, cache, lambda fraction: None, max_seconds)
    allow_processor_time(HEADERS_SECONDS)
    info = describe_audio(path, analysis.duration, analysis.loudness.integrated)
    return replace(info, digest=digest, silence=analysis.silence)


if __name__ == "__main__":
    path, max_seconds, folder, max_bytes = sys.argv[1:]
    main(path, max_seconds, folder, max_bytes, sys.stdout.buffer)
