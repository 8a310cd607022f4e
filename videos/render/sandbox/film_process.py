"""Rendering a film in a child process, ``film_child``."""

import logging
import os
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from selectors import EVENT_READ, DefaultSelector
from time import monotonic
from typing import IO

from videos.render.audio.analysis_cache import AnalysisCache
from videos.render.encode.processors import default_processes
from videos.render.errors import RenderError, Stopped
from videos.render.files import discard_parts, poster_path
from videos.render.sandbox.child_process import scratch_folder, start_module
from videos.render.sandbox.messages import Message, RenderRequest, decode_message, encode_request
from videos.render.scene import Film, Progress, Scene

logger = logging.getLogger(__name__)

POLL_INTERVAL = 0.1  # seconds between two calls of ``should_stop``
TERMINATE_TIMEOUT = 1.0  # seconds between SIGTERM and SIGKILL
SILENCE_TIMEOUT = 60.0  # seconds without a message after which the child counts as hung
MAX_LINE_BYTES = 64 * 1024


def render_in_child(
    scene: Scene,
    output: Path,
    *,
    on_progress: Callable[[Progress], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
    processes: int | None = None,
    cache: AnalysisCache | None = None,
) -> Film:
    """Call ``film.render`` in a child process: the same arguments, result and exceptions.

    Any thread may call it. The child ends when this process ends, also when it is killed. If the
    child crashes, RenderError is raised, and no file is left.
    """
    scene = scene.with_absolute_paths()
    if cache:
        cache.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    processes = processes or default_processes(scene.size)  # the child cannot look
    request = encode_request(RenderRequest(scene, output.absolute(), processes, cache))
    with (
        scratch_folder() as scratch,
        tempfile.TemporaryFile() as stderr,
        _start_child(request, output, Path(scratch), stderr) as child,
    ):
        for message in _read_messages(child, should_stop):
            if isinstance(message, Exception):
                raise message
            if isinstance(message, Film):
                _log_warnings(stderr)
                return replace(message, path=output, poster=poster_path(output))
            if on_progress:
                on_progress(message)
        raise RenderError(_describe_exit(child, stderr))


@contextmanager
def _start_child(
    request: str, output: Path, scratch: Path, stderr: IO[bytes]
) -> Iterator[subprocess.Popen[bytes]]:
    """Start the child and send its request; on exit, stop it and remove its unfinished files."""
    module = "videos.render.sandbox.film_child"
    with start_module(module, scratch=scratch, stderr=stderr, buffered=False) as child:
        try:
            with suppress(BrokenPipeError):
                _stdin(child).write(request.encode("ascii") + b"\n")
            yield child
        finally:
            _stop(child)
            discard_parts(output, child.pid)


def _stop(child: subprocess.Popen[bytes]) -> None:
    """Terminate the child, then kill its process group."""
    if child.poll() is None:
        child.terminate()
        with suppress(subprocess.TimeoutExpired):
            child.wait(TERMINATE_TIMEOUT)
    with suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()
    with suppress(BrokenPipeError):
        _stdin(child).close()


def _read_messages(
    child: subprocess.Popen[bytes], should_stop: Callable[[], bool] | None
) -> Iterator[Message]:
    """Yield the child's messages until it ends. Raises Stopped, and RenderError if it hangs."""
    assert child.stdout is not None
    last_output, rest = monotonic(), b""
    with DefaultSelector() as selector:
        selector.register(child.stdout, EVENT_READ)
        while True:
            if should_stop and should_stop():
                raise Stopped
            if selector.select(POLL_INTERVAL):
                data = os.read(child.stdout.fileno(), MAX_LINE_BYTES)
                if not data:
                    return
                last_output = monotonic()
                *lines, rest = (rest + data).split(b"\n")
                yield from map(decode_message, lines)
            if monotonic() - last_output > SILENCE_TIMEOUT or len(rest) > MAX_LINE_BYTES:
                raise RenderError("The renderer no longer answers.")


def _log_warnings(stderr: IO[bytes]) -> None:
    """Log what the child and its workers wrote to their standard error: each sentence once."""
    stderr.seek(0)
    lines = stderr.read(MAX_LINE_BYTES).decode("utf-8", "replace").splitlines()
    for line in dict.fromkeys(filter(None, map(str.strip, lines))):
        logger.warning("The renderer: %s", line)


def _describe_exit(child: subprocess.Popen[bytes], stderr: IO[bytes]) -> str:
    """Return a sentence about a child that ended without a result: its status, its last error."""
    code = child.wait()
    status = f"signal {-code}" if code < 0 else f"code {code}"
    stderr.seek(0)
    lines = stderr.read()[-2000:].decode("utf-8", "replace").split("\n")
    last_line = next((line for line in reversed(lines) if line.strip()), "it said nothing")
    return f"The renderer ended with {status}: {last_line.strip()}"


def _stdin(child: subprocess.Popen[bytes]) -> IO[bytes]:
    assert child.stdin is not None
    return child.stdin
