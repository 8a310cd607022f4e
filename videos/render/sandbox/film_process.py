"""Rendering in a process of its own, so that a hostile file can crash nothing but that."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from selectors import EVENT_READ, DefaultSelector
from time import monotonic
from typing import IO

from videos.render.audio.analysis_cache import Memory
from videos.render.errors import RenderError, Stopped
from videos.render.files import discard_parts, poster_beside
from videos.render.sandbox.messages import Message, Order, order_line, read_message
from videos.render.scene import Film, Progress, Scene

ROOT = Path(__file__).resolve().parents[3]

KEPT = ("LANG", "LC_ALL", "PATH", "RENDER_PROCESSES", "TMPDIR")
"""All that the child sees of the environment: the rest holds secrets that are not its business."""

LOOK_EVERY = 0.1
GRACE = 1.0
SILENCE = 60.0
"""Seconds: between two looks whether to stop, from the request to stop to the kill, and without
a word until the child is given up."""

LONGEST_LINE = 64 * 1024


def render_apart(
    scene: Scene,
    output: Path,
    *,
    on_progress: Callable[[Progress], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
    processes: int | None = None,
    memory: Memory | None = None,
) -> Film:
    """Do what `film.render` does, in a child process, and raise what it raises.

    Any thread may call it. The child ends with this process, however this one ends. Whatever
    happens to the child, RenderError says so, and no file is left.
    """
    cover = scene.cover and scene.cover.absolute()
    scene = replace(scene, audio=scene.audio.absolute(), cover=cover)
    order = order_line(Order(scene, output.absolute(), processes, memory))
    with tempfile.TemporaryFile() as complaints, _child(order, output, complaints) as child:
        for message in _messages(child, should_stop):
            if isinstance(message, Exception):
                raise message
            if isinstance(message, Film):
                return replace(message, path=output, poster=poster_beside(output))
            if on_progress:
                on_progress(message)
        raise RenderError(_last_words(child, complaints))


def bare_environment() -> dict[str, str]:
    """Return the environment of a process that handles what people upload."""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    return {**kept, "OPENBLAS_NUM_THREADS": "1"}


@contextmanager
def _child(order: str, output: Path, complaints: IO[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    """Start the child with its order; in the end, stop it and sweep up what it had to leave."""
    command = [sys.executable, "-m", "videos.render.sandbox.film_child", str(os.getpid())]
    with subprocess.Popen(  # noqa: S603 - our own interpreter and module, no word of the user's
        command,
        bufsize=0,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=complaints,
        cwd=ROOT,
        env=bare_environment(),
        start_new_session=True,
    ) as child:
        try:
            with suppress(BrokenPipeError):
                _input(child).write(order.encode("ascii") + b"\n")
            yield child
        finally:
            _stop(child)
            discard_parts(output, child.pid)


def _stop(child: subprocess.Popen[bytes]) -> None:
    """End the child and its own children: politely, then not."""
    if child.poll() is None:
        child.terminate()
        with suppress(subprocess.TimeoutExpired):
            child.wait(GRACE)
    with suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()
    with suppress(BrokenPipeError):
        _input(child).close()


def _messages(
    child: subprocess.Popen[bytes], should_stop: Callable[[], bool] | None
) -> Iterator[Message]:
    """Yield what the child tells until it ends. Raises Stopped, and RenderError if it hangs."""
    assert child.stdout is not None
    heard, rest = monotonic(), b""
    with DefaultSelector() as selector:
        selector.register(child.stdout, EVENT_READ)
        while True:
            if should_stop and should_stop():
                raise Stopped
            if selector.select(LOOK_EVERY):
                piece = os.read(child.stdout.fileno(), LONGEST_LINE)
                if not piece:
                    return
                heard = monotonic()
                *lines, rest = (rest + piece).split(b"\n")
                yield from map(read_message, lines)
            if monotonic() - heard > SILENCE or len(rest) > LONGEST_LINE:
                raise RenderError("The renderer no longer answers.")


def _last_words(child: subprocess.Popen[bytes], complaints: IO[bytes]) -> str:
    """Return a sentence on a child that ended without a result."""
    code = child.wait()
    how = f"signal {-code}" if code < 0 else f"code {code}"
    complaints.seek(0)
    lines = complaints.read()[-2000:].decode("utf-8", "replace").split("\n")
    last = next((line for line in reversed(lines) if line.strip()), "it said nothing")
    return f"The renderer ended with {how}: {last.strip()}"


def _input(child: subprocess.Popen[bytes]) -> IO[bytes]:
    assert child.stdin is not None
    return child.stdin
