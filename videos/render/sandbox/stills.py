"""Rendering single frames in a child process, ``stills_child``, which is reused.

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
from videos.render.sandbox.child_process import ROOT, child_environment
from videos.render.sandbox.messages import StillRequest, encode_request

TIMEOUT = 10.0  # seconds for one frame

# Callers at the same time: one is served, the others wait. More would block too many threads.
MAX_CALLERS = 4


class BusyError(RenderError):
    """Too many frames are requested at the moment."""


class StillRenderer:
    """Renders frames, one at a time; any thread may call it. The first call starts the process."""

    def __init__(self) -> None:
        self._slots = threading.Semaphore(MAX_CALLERS)
        self._lock = threading.Lock()
        self.child: subprocess.Popen[bytes] | None = None
        atexit.register(self.close)

    def render(self, request: StillRequest) -> bytes:
        """Return the requested frame as a JPEG.

        Raises CoverError if the cover cannot be used, BusyError if too many callers wait, and
        RenderError if the process crashes or takes too long.
        """
        if not self._slots.acquire(blocking=False):
            raise BusyError("Too many frames are asked for at the moment.")
        try:
            with self._lock:
                return self._exchange(encode_request(request).encode("ascii") + b"\n")
        finally:
            self._slots.release()

    def close(self) -> None:
        """End the process."""
        with self._lock:
            self._stop()

    def _exchange(self, line: bytes) -> bytes:
        child, is_reused = self._ensure_started()
        timer = threading.Timer(TIMEOUT, child.kill)
        timer.start()
        try:
            return _send(child, line)
        except CoverError:
            raise
        except (OSError, ValueError) as error:
            self._stop()
            if is_reused and timer.is_alive():  # it may have exited after IDLE_TIMEOUT
                return self._exchange(line)
            raise RenderError("The frame could not be drawn.") from error
        finally:
            timer.cancel()

    def _ensure_started(self) -> tuple[subprocess.Popen[bytes], bool]:
        """Return the process, and whether it was running already."""
        if self.child and self.child.poll() is None:
            return self.child, True
        self._stop()
        self.child = subprocess.Popen(
            [sys.executable, "-m", "videos.render.sandbox.stills_child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            env=child_environment(),
            start_new_session=True,
        )
        return self.child, False

    def _stop(self) -> None:
        child, self.child = self.child, None
        if child is None:
            return
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe:
                with suppress(OSError):
                    pipe.close()


def _send(child: subprocess.Popen[bytes], line: bytes) -> bytes:
    """Send a request and return the JPEG. Raises CoverError, OSError or ValueError."""
    requests, responses = _pipes(child)
    requests.write(line)
    requests.flush()
    header = json.loads(responses.readline())
    if "error" in header:
        raise CoverError(header["error"])
    jpeg = responses.read(header["bytes"])
    if len(jpeg) < header["bytes"]:
        raise ValueError("The picture came in part only.")
    return jpeg


def _pipes(child: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    assert child.stdin is not None
    assert child.stdout is not None
    return child.stdin, child.stdout
