"""Reading the tags of a song in a child process, without analysing its sound.

The child process is ``python -m videos.render.sandbox.song_tags FILE``; it prints JSON.
"""

import base64
import json
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from subprocess import TimeoutExpired
from typing import Any

from videos.render.sandbox.child_process import run_module
from videos.render.sandbox.limits import limit_memory, limit_processor_time
from videos.render.tags import SongTags, read_song_tags

TIMEOUT = 20  # seconds, of wall-clock time and of processor time
MAX_MEMORY = 1024**3  # bytes
MAX_COVER_BYTES = 20 * 1024 * 1024  # a larger picture is left out


def read_tags_in_child(path: Path) -> SongTags:
    """Return the tags of ``path``; none where the child crashes or takes too long."""
    try:
        output = run_module("videos.render.sandbox.song_tags", str(path), timeout=TIMEOUT)
        return decode_tags(json.loads(output))
    except (TimeoutExpired, ValueError):
        return SongTags()


def encode_tags(tags: SongTags) -> dict[str, object]:
    """Return the tags as what JSON can hold."""
    cover = tags.cover if tags.cover and len(tags.cover) <= MAX_COVER_BYTES else None
    return asdict(tags) | {"cover": cover and base64.b64encode(cover).decode("ascii")}


def decode_tags(fields: Mapping[str, Any]) -> SongTags:
    """Return the tags of ``encode_tags``."""
    cover = fields["cover"]
    return SongTags(**{**fields, "cover": cover and base64.b64decode(cover)})


def main(path: str) -> None:
    """Print the tags as JSON."""
    limit_processor_time(TIMEOUT)
    limit_memory(MAX_MEMORY)
    print(json.dumps(encode_tags(read_song_tags(Path(path)))))


if __name__ == "__main__":
    main(*sys.argv[1:])
