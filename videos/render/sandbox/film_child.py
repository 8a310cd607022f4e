"""The child process of ``render_in_child``: it renders one film and reports in JSON lines.

The request is the first line of the standard input. The parent keeps the input open: its end, like
SIGTERM, stops the rendering.
"""

import sys
from pathlib import Path
from tempfile import gettempdir

from videos.render.__main__ import exit_code
from videos.render.errors import InputError, RenderError, Stopped
from videos.render.film import render
from videos.render.reports import JsonReporter
from videos.render.sandbox.confinement import confine
from videos.render.sandbox.limits import Limits
from videos.render.sandbox.messages import RenderRequest, decode_render_request
from videos.render.sandbox.process_control import Interruption, is_closed

# Of each process of a film; the file of a film of two hours is the largest. They may keep all
# processors busy, so pages have to go first by far.
LIMITS = Limits(memory=2048, cpu_seconds=60 * 60, file_size=8192, files=128)


def main() -> int:
    """Render the film that the parent process requests and return the exit code."""
    interruption = Interruption()
    reporter = JsonReporter(sys.stdout)
    request = decode_render_request(sys.stdin.readline())
    _confine(request)
    try:
        film = render(
            request.scene,
            request.output,
            on_progress=reporter.progress,
            should_stop=lambda: interruption() or is_closed(sys.stdin.fileno()),
            processes=request.processes,
            cache=request.cache,
        )
    except (InputError, RenderError, Stopped) as error:
        reporter.failure(error)
        return exit_code(error)
    reporter.film(film)
    return 0


def _confine(request: RenderRequest) -> None:
    """Leave this process, and those that it forks, no files but those of the film."""
    readable = request.scene.files
    writable = [request.output.parent, Path(gettempdir())]
    if request.cache:
        writable.append(request.cache.folder)
    confine(LIMITS, readable=readable, writable=writable, may_fork=True)


if __name__ == "__main__":
    sys.exit(main())
