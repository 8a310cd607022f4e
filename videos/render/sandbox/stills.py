"""Rendering single frames in a child process, ``stills_child``, which is reused.

To start Python and to load the fonts takes longer than to draw a frame.
"""

import atexit
import shutil
import subprocess
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from videos.render.errors import InputError, RenderError
from videos.render.errors import gettext_noop as _
from videos.render.sandbox.answers import decode_answer
from videos.render.sandbox.child_process import scratch_folder, start_module
from videos.render.sandbox.messages import StillRequest, encode_request

TIMEOUT = 10.0  # seconds for one frame, and to wait for those of others
MAX_LINE, MAX_JPEG = 1 << 16, 16 << 20  # bytes of an answer

# Callers at the same time: one is served, the others wait. More would block too many threads.
MAX_CALLERS = 4


class BusyError(RenderError):
    """Too many frames are requested at the moment."""


class StillRenderer:
    """Renders frames, one at a time; any thread may call it. The first call starts the process."""

    def __init__(self) -> None:
        self._slots = threading.Semaphore(MAX_CALLERS)
        self._lock = threading.Lock()
        self._starter = ThreadPoolExecutor(1, thread_name_prefix="stills")
        self._scratch: TemporaryDirectory[str] | None = None
        self._cache = Path()
        self.child: subprocess.Popen[bytes] | None = None
        atexit.register(self.close)

    def render(self, request: StillRequest) -> bytes:
        """Return the requested frame as a JPEG.

        Raises InputError if a picture cannot be used, BusyError if too many callers wait, and
        RenderError if the process crashes or takes too long.
        """
        if not self._slots.acquire(blocking=False):
            raise BusyError(_("Too many frames are asked for at the moment."))
        try:
            if not self._lock.acquire(timeout=TIMEOUT):
                raise BusyError(_("Too many frames are asked for at the moment."))
            try:
                return self._exchange(request)
            finally:
                self._lock.release()
        finally:
            self._slots.release()

    def close(self) -> None:
        """End the process."""
        with self._lock:
            self._stop()
            if self._scratch:
                self._scratch.cleanup()
                self._scratch = None

    def _exchange(self, request: StillRequest) -> bytes:
        # A child that starts before the folder is there could never read it
        request.cache.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        child, is_reused = self._ensure_started(request.cache.folder)
        timer = threading.Timer(TIMEOUT, child.kill)
        timer.start()
        try:
            with self._copy_pictures(request) as copied:
                return _send(child, encode_request(copied).encode("ascii") + b"\n")
        except InputError:
            raise
        except (OSError, ValueError) as error:
            self._stop()
            if is_reused and timer.is_alive():  # it may have exited after IDLE_TIMEOUT
                return self._exchange(request)
            raise RenderError(_("The frame could not be drawn.")) from error
        finally:
            timer.cancel()

    def _ensure_started(self, cache: Path) -> tuple["subprocess.Popen[bytes]", bool]:
        """Return the process, and whether it was running already.

        It can read the ``cache`` of analyses that it was started with, and no other.
        """
        if self.child and self.child.poll() is None and self._cache == cache:
            return self.child, True
        self._stop()
        self._cache = cache
        if self._scratch is None:
            self._scratch = scratch_folder()
        # The child ends with the thread that started it, and a request's may be gone soon
        start = self._starter.submit(
            start_module,
            *("videos.render.sandbox.stills_child", str(cache.absolute())),
            scratch=Path(self._scratch.name),
        )
        self.child = start.result()
        return self.child, False

    @contextmanager
    def _copy_pictures(self, request: StillRequest) -> Iterator[StillRequest]:
        """Yield the request with copies of its pictures in a folder that the child can read."""
        scene = request.scene
        if self._scratch is None or scene.files == [scene.audio]:
            yield request
            return
        with TemporaryDirectory(dir=self._scratch.name) as folder:
            cover = scene.cover and _copy(scene.cover, Path(folder), "cover")
            logo = scene.logo and _copy(scene.logo, Path(folder), "logo")
            backdrop = tuple(
                _copy(path, Path(folder), str(number)) for number, path in enumerate(scene.backdrop)
            )
            yield request._replace(scene=replace(scene, cover=cover, logo=logo, backdrop=backdrop))

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


def _copy(path: Path, folder: Path, name: str) -> Path:
    """Return a copy of a file; where there is none, the child says so."""
    copy = folder / f"{name}{path.suffix}"
    with suppress(OSError):
        shutil.copyfile(path, copy)
    return copy


def _send(child: subprocess.Popen[bytes], line: bytes) -> bytes:
    """Send a request and return the JPEG. Raises InputError, OSError or ValueError."""
    requests, responses = _pipes(child)
    requests.write(line)
    requests.flush()
    header, _body = decode_answer(responses.readline(MAX_LINE))
    if "error" in header:
        raise InputError(str(header["error"]))
    size = header.get("bytes")
    if not isinstance(size, int) or not 0 < size <= MAX_JPEG:
        raise ValueError("The child process announces no picture.")
    jpeg = responses.read(size)
    if len(jpeg) < size:
        raise ValueError("The picture came in part only.")
    return jpeg


def _pipes(child: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    assert child.stdin is not None
    assert child.stdout is not None
    return child.stdin, child.stdout
