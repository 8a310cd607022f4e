"""The child process of ``render_excerpt_in_child``: it renders one excerpt of a film.

The request is a line of JSON on the standard input; the answer is the MP4, or an error.
"""

import sys
from pathlib import Path
from tempfile import gettempdir
from typing import BinaryIO

from videos.render.errors import InputError, RenderError
from videos.render.extras.excerpt import render_excerpt
from videos.render.sandbox.answers import encode_answer
from videos.render.sandbox.confinement import confine
from videos.render.sandbox.limits import Limits
from videos.render.sandbox.messages import ExcerptRequest, decode_excerpt_request

LIMITS = Limits(memory=1536, cpu_seconds=20, file_size=256)


def main(request_line: str, target: BinaryIO) -> None:
    """Write the excerpt that the line requests, or an error, to ``target``."""
    request = decode_excerpt_request(request_line)
    scratch = Path(gettempdir())
    confine(LIMITS, readable=request.scene.files, writable=[request.cache.folder, scratch])
    target.write(render(request, scratch / "excerpt.mp4"))


def render(request: ExcerptRequest, output: Path) -> bytes:
    """Return the answer: the excerpt, which is written to ``output`` first, or an error."""
    try:
        render_excerpt(request.scene, output, request.cache, request.seconds)
    except (InputError, RenderError) as error:
        return encode_answer({"error": type(error).__name__, "text": str(error)})
    return encode_answer({}, output.read_bytes())


if __name__ == "__main__":
    main(sys.stdin.readline(), sys.stdout.buffer)
