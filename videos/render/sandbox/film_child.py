"""The child process of ``render_in_child``: it renders one film and reports in JSON lines.

The request is the first line of the standard input. The parent keeps the input open: its end, like
SIGTERM, stops the rendering.
"""

import os
import signal
import sys

from videos.render.__main__ import exit_code
from videos.render.errors import InputError, RenderError, Stopped
from videos.render.film import render
from videos.render.reports import JsonReporter
from videos.render.sandbox.limits import limit_processor_time
from videos.render.sandbox.messages import decode_render_request
from videos.render.sandbox.process_control import (
    Interruption,
    is_closed,
    set_parent_death_signal,
)

MAX_CPU_SECONDS = 60 * 60  # of processor time; then the kernel ends the process
NICENESS = 5  # lets the web server on the same machine go first


def main(parent: int) -> int:
    """Render the film that the process ``parent`` requests and return the exit code."""
    interruption = Interruption()
    set_parent_death_signal(parent, signal.SIGTERM)
    limit_processor_time(MAX_CPU_SECONDS)
    os.nice(NICENESS)
    reporter = JsonReporter(sys.stdout)
    request = decode_render_request(sys.stdin.readline())
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


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
