"""Single frames, drawn in a process that is kept warm, so that a hostile text crashes only that.

To start Python and to load the fonts takes longer than to draw a frame.
"""

import atexit
import json
import subprocess
import sys
import threading
from contextlib import suppress
from typing import IO

from videos.render.errors import CoverError, RenderError
from videos.render.sandbox.film_process import ROOT, bare_environment
from videos.render.sandbox.messages import StillOrder, order_line

PATIENCE = 10.0
"""Seconds after which no frame deserves to be drawn on."""

MOST_AT_ONCE = 4
"""Callers, one of whom is served while the others wait, so that no more threads are held up."""


class BusyError(RenderError):
    """Too many frames are asked for at the moment."""


class Darkroom:
    """Draws frames one after the other; any thread may ask. The process starts with the first."""

    def __init__(self) -> None:
        self._places = threading.Semaphore(MOST_AT_ONCE)
        self._turn = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        atexit.register(self.close)

    def still(self, order: StillOrder) -> bytes:
        """Return the frame that is asked for as a JPEG.

        Raises CoverError if the cover cannot be used, BusyError if too many ask, and RenderError
        if the process breaks or takes too long.
        """
        if not self._places.acquire(blocking=False):
            raise BusyError("Too many frames are asked for at the moment.")
        try:
            with self._turn:
                return self._drawn(order_line(order).encode("ascii") + b"\n")
        finally:
            self._places.release()

    def close(self) -> None:
        """End the process."""
        with self._turn:
            self._end()

    def _drawn(self, line: bytes) -> bytes:
        child, is_kept = self._started()
        watch = threading.Timer(PATIENCE, child.kill)
        watch.start()
        try:
            return _asked(child, line)
        except CoverError:
            raise
        except (OSError, ValueError) as error:
            self._end()
            if is_kept and watch.is_alive():  # it may have ended for want of orders
                return self._drawn(line)
            raise RenderError("The frame could not be drawn.") from error
        finally:
            watch.cancel()

    def _started(self) -> tuple[subprocess.Popen[bytes], bool]:
        """Return the process, and whether it was there already."""
        if self._child and self._child.poll() is None:
            return self._child, True
        self._end()
        self._child = subprocess.Popen(
            [sys.executable, "-m", "videos.render.sandbox.stills_child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            env=bare_environment(),
            start_new_session=True,
        )
        return self._child, False

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe:
                with suppress(OSError):
                    pipe.close()


def _asked(child: subprocess.Popen[bytes], line: bytes) -> bytes:
    """Send an order and return the picture that comes. Raises CoverError, OSError, ValueError."""
    orders, answers = _pipes(child)
    orders.write(line)
    orders.flush()
    told = json.loads(answers.readline())
    if "error" in told:
        raise CoverError(told["error"])
    jpeg = answers.read(told["bytes"])
    if len(jpeg) < told["bytes"]:
        raise ValueError("The picture came in part only.")
    return jpeg


def _pipes(child: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    assert child.stdin is not None
    assert child.stdout is not None
    return child.stdin, child.stdout
