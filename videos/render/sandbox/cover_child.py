"""The child process of ``convert_in_child``: ``python -m videos.render.sandbox.cover_child SIDE``.

It reads the picture from its standard input.
"""

import sys
from io import BytesIO
from typing import BinaryIO

from videos.render.covers.jpeg import convert_to_jpeg
from videos.render.errors import CoverError
from videos.render.sandbox.answers import encode_answer
from videos.render.sandbox.confinement import confine
from videos.render.sandbox.cover import UNREADABLE
from videos.render.sandbox.limits import Limits

# The largest picture that is taken, with transparency and a profile, needs a third of this
LIMITS = Limits(memory=1024, cpu_seconds=10)


def main(side: str, source: BinaryIO, target: BinaryIO, limits: Limits = LIMITS) -> None:
    """Convert the picture in ``source`` to a JPEG with sides of at most ``side`` pixels."""
    confine(limits)
    try:
        answer = encode_answer({}, convert_to_jpeg(BytesIO(source.read()), int(side)))
    except (CoverError, MemoryError) as error:
        sentence = str(error) if isinstance(error, CoverError) else UNREADABLE
        answer = encode_answer({"error": sentence})
    target.write(answer)


if __name__ == "__main__":
    main(sys.argv[1], sys.stdin.buffer, sys.stdout.buffer)
