"""The child process of ``convert_logo_in_child``: ``python -m videos.render.sandbox.logo_child``.

It reads the picture from its standard input.
"""

import sys
from io import BytesIO
from typing import BinaryIO

from videos.render.covers.formats import UNREADABLE_LOGO
from videos.render.errors import LogoError
from videos.render.paint.logo_file import convert_to_png
from videos.render.sandbox.answers import encode_answer
from videos.render.sandbox.confinement import confine
from videos.render.sandbox.limits import Limits

LIMITS = Limits(memory=1024, cpu_seconds=10)


def main(source: BinaryIO, target: BinaryIO, limits: Limits = LIMITS) -> None:
    """Convert the logo in ``source`` to a PNG."""
    confine(limits)
    try:
        png, (width, height) = convert_to_png(BytesIO(source.read()))
        answer = encode_answer({"width": width, "height": height}, png)
    except (LogoError, MemoryError) as error:
        sentence = str(error) if isinstance(error, LogoError) else UNREADABLE_LOGO
        answer = encode_answer({"error": sentence})
    target.write(answer)


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
