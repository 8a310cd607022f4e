"""Rendering a short excerpt of a film in a child process, ``excerpt_child``."""

from pathlib import Path
from subprocess import TimeoutExpired

from videos.render.audio.analysis_cache import AnalysisCache
from videos.render.errors import RenderError
from videos.render.sandbox.answers import decode_answer
from videos.render.sandbox.child_process import run_module, scratch_folder
from videos.render.sandbox.messages import (
    ERRORS,
    ExcerptRequest,
    encode_request,
)
from videos.render.scene import Scene

TIMEOUT = 30.0  # seconds, of wall-clock time
CRASHED = "The excerpt could not be made."


def render_excerpt_in_child(scene: Scene, seconds: float, cache: AnalysisCache) -> bytes:
    """Return an MP4 of the hook of the film of ``scene``, at most ``seconds`` of it.

    Raises what ``excerpt.render_excerpt`` raises, and RenderError if the child crashes or takes
    too long.
    """
    request = ExcerptRequest(scene.with_absolute_paths(), seconds, cache)
    cache.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with scratch_folder() as scratch:
            answer = run_module(
                "videos.render.sandbox.excerpt_child",
                timeout=TIMEOUT,
                data=encode_request(request).encode("ascii") + b"\n",
                scratch=Path(scratch),
            )
        fields, film = decode_answer(answer)
    except (TimeoutExpired, ValueError) as error:
        raise RenderError(CRASHED) from error
    if "error" in fields:
        kinds = {error.__name__: error for error in ERRORS}
        raise kinds.get(str(fields["error"]), RenderError)(str(fields.get("text", CRASHED)))
    if not film:
        raise RenderError(CRASHED)
    return film
