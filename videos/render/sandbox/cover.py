"""Converting a cover in a child process, which decodes it.

The child process is ``python -m videos.render.sandbox.cover``. It reads the picture from its
standard input, and writes the JPEG, or an error as JSON.
"""

import json
import sys
from io import BytesIO
from subprocess import TimeoutExpired
from typing import BinaryIO

from videos.render.covers.jpeg import convert_to_jpeg
from videos.render.errors import CoverError
from videos.render.sandbox.child_process import run_module
from videos.render.sandbox.limits import limit_memory, limit_processor_time

TIMEOUT = 60  # seconds, of wall-clock time and of processor time
MAX_MEMORY = 2 * 1024**3  # bytes
JPEG_START = b"\xff\xd8\xff"
UNREADABLE = (
    "The cover cannot be read: its file is damaged, or takes too long. "
    "Save it as a JPEG file and use that."
)


def convert_in_child(picture: bytes) -> bytes:
    """Return ``picture`` as the JPEG of ``convert_to_jpeg``, made in a child process.

    Raises ``CoverError``, also where the child crashes or takes too long.
    """
    try:
        output = run_module("videos.render.sandbox.cover", timeout=TIMEOUT, data=picture)
        if output.startswith(JPEG_START):
            return output
        sentence = json.loads(output)["error"]
    except (TimeoutExpired, ValueError, TypeError, KeyError) as error:
        raise CoverError(UNREADABLE) from error
    raise CoverError(sentence)


def main(source: BinaryIO, target: BinaryIO) -> None:
    """Convert the picture in ``source``; write the JPEG, or an error as JSON, to ``target``."""
    limit_processor_time(TIMEOUT)
    limit_memory(MAX_MEMORY)
    try:
        output = convert_to_jpeg(BytesIO(source.read()))
    except (CoverError, MemoryError) as error:
        sentence = str(error) if isinstance(error, CoverError) else UNREADABLE
        output = json.dumps({"error": sentence}).encode("ascii")
    target.write(output)


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
