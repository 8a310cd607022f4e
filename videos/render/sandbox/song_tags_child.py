"""The child process of ``read_tags_in_child``: ``python -m videos.render.sandbox.song_tags_child
FILE``.
"""

import sys
from pathlib import Path
from typing import BinaryIO

from videos.render.sandbox.answers import encode_answer
from videos.render.sandbox.confinement import confine
from videos.render.sandbox.limits import Limits
from videos.render.sandbox.song_tags import encode_tags
from videos.render.tags.reading import read_song_tags

LIMITS = Limits(memory=512, cpu_seconds=5)


def main(path: str, target: BinaryIO) -> None:
    """Write the tags of the song at ``path`` to ``target``."""
    confine(LIMITS, readable=[Path(path)])
    target.write(encode_answer(*encode_tags(read_song_tags(Path(path)))))


if __name__ == "__main__":
    main(sys.argv[1], sys.stdout.buffer)
