"""The child process of ``make_teaser_in_child``: ``python -m …sandbox.teaser_child FILM``."""

import sys
from pathlib import Path
from tempfile import gettempdir
from typing import BinaryIO

from videos.render.errors import InputError, RenderError
from videos.render.extras.teaser import write_teaser
from videos.render.sandbox.answers import encode_answer
from videos.render.sandbox.confinement import confine
from videos.render.sandbox.limits import Limits

LIMITS = Limits(memory=1536, cpu_seconds=40, file_size=32)


def main(film: str, target: BinaryIO) -> None:
    """Write the teaser, or an error, to ``target``."""
    scratch = Path(gettempdir())
    confine(LIMITS, readable=[Path(film)], writable=[scratch])
    try:
        write_teaser(Path(film), scratch / "teaser.mp4")
        answer = encode_answer({}, (scratch / "teaser.mp4").read_bytes())
    except (InputError, RenderError) as error:
        answer = encode_answer({"error": str(error)})
    target.write(answer)


if __name__ == "__main__":
    main(sys.argv[1], sys.stdout.buffer)
