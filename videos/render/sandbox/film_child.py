"""What runs in the process that `process.render_apart` starts: one film, told in JSON lines.

The order comes as the first line of the standard input, which stays open as long as the film is
wanted: its end, like SIGTERM, asks to stop.
"""

import os
import resource
import signal
import sys

from videos.render.__main__ import exit_code
from videos.render.errors import InputError, RenderError, Stopped
from videos.render.film import render
from videos.render.reports import JsonReport
from videos.render.sandbox.interruption import Interruption
from videos.render.sandbox.messages import read_order
from videos.render.sandbox.parent_death import die_with_parent, is_closed

MOST_CPU = 60 * 60
"""Seconds of processor time after which the kernel ends a process that some file drove mad."""

COURTESY = 5
"""How much the drawing gives way to the pages that the same machine serves."""


def main(parent: int) -> int:
    """Make the film that the process `parent` orders and return the exit code."""
    interruption = Interruption()
    die_with_parent(parent, signal.SIGTERM)
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_CPU, MOST_CPU))
    os.nice(COURTESY)
    report = JsonReport(sys.stdout)
    order = read_order(sys.stdin.readline())
    try:
        film = render(
            order.scene,
            order.output,
            on_progress=report.progress,
            should_stop=lambda: interruption() or is_closed(sys.stdin.fileno()),
            processes=order.processes,
            memory=order.memory,
        )
    except (InputError, RenderError, Stopped) as error:
        report.failure(error)
        return exit_code(error)
    report.film(film)
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
