"""Making a teaser of a film in a child process, ``teaser_child``, which decodes the film."""

from pathlib import Path
from subprocess import TimeoutExpired

from videos.render.errors import RenderError
from videos.render.sandbox.answers import decode_answer
from videos.render.sandbox.child_process import run_module, scratch_folder

TIMEOUT = 60.0  # seconds; the child has less processor time
FAILED = "The teaser could not be made."


def make_teaser_in_child(film: Path) -> bytes:
    """Return the teaser of ``film``, an MP4: see ``extras.teaser``.

    Raises RenderError, also where the child crashes or takes too long.
    """
    try:
        with scratch_folder() as scratch:
            module, path = "videos.render.sandbox.teaser_child", str(film.absolute())
            answer = run_module(module, path, timeout=TIMEOUT, scratch=Path(scratch))
        fields, teaser = decode_answer(answer)
    except (TimeoutExpired, ValueError) as error:
        raise RenderError(FAILED) from error
    if not teaser:
        raise RenderError(str(fields.get("error", FAILED)))
    return teaser
