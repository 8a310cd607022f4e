"""Several processes that draw and encode a film side by side, a group of pictures each in turn."""

import os
import signal
from collections import deque
from collections.abc import Callable, Iterator
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkProcess
from typing import Self, TypeAlias

from videos.render.encode import Picture, group_length
from videos.render.errors import RenderError
from videos.render.lifeline import die_with_parent
from videos.render.paint import Painter
from videos.render.splice import Group, Splicer, groups_of

Results: TypeAlias = "Connection[list[Picture], list[Picture]]"

PATIENCE = 0.1
"""Seconds to wait for pictures before looking whether the caller wants to stop."""

SENT_AT_ONCE = 15
"""Pictures that a process hands over together, which costs both sides less than each alone."""

MOST_WAITING = 2
"""Groups of pictures of one process that may wait for their turn; then it has to wait itself."""


class Crew:
    """Forked processes with a copy each of the same painter; if it would be one, this one.

    A context manager: entering it forks, which is for a time when no other thread runs and no
    output is open; leaving it ends the processes, whatever they are at.
    """

    def __init__(
        self, painter: Painter, frames: int, fps: int, header: bytes, processes: int
    ) -> None:
        """Prepare to draw `frames` frames, encoded under the parameter sets of `header`."""
        self._painter = painter
        self._frames, self._drawn_so_far = frames, 0
        self._length = group_length(fps)
        self._groups = groups_of(frames, painter.fades, self._length)
        self._fps = fps
        self._header = header
        self._wanted = min(processes, len(self._groups))
        self._processes: list[ForkProcess] = []
        self._connections: list[Results] = []
        self._arrived: list[deque[Picture]] = []

    @property
    def share(self) -> float:
        """Return how much of the film is drawn, whether its turn has come or not: 0 to 1."""
        return self._drawn_so_far / self._frames

    def pictures(self, while_waiting: Callable[[], None]) -> Iterator[Picture]:
        """Yield all pictures in order, calling `while_waiting` at least ten times a second.

        Raises RenderError if a process does not finish its part.
        """
        if self._processes:
            for group in self._groups:
                process = group.number % len(self._processes)
                yield from self._received(process, len(group.frames), while_waiting)
        else:
            for picture in self._drawn(self._groups):
                self._drawn_so_far += 1
                while_waiting()
                yield picture

    def __enter__(self) -> Self:
        for number in range(self._wanted if self._wanted > 1 else 0):
            self._fork(self._groups[number :: self._wanted])
        return self

    def __exit__(self, *_: object) -> None:
        for process in self._processes:
            process.kill()
        for process, connection in zip(self._processes, self._connections, strict=True):
            process.join()
            process.close()
            connection.close()

    def _fork(self, groups: list[Group]) -> None:
        ours, theirs = get_context("fork").Pipe(duplex=False)
        self._connections.append(ours)
        self._arrived.append(deque())
        process = get_context("fork").Process(
            target=self._work, args=(groups, theirs, os.getpid()), daemon=True
        )
        self._processes.append(process)
        process.start()
        theirs.close()

    def _work(self, groups: list[Group], results: Results, parent: int) -> None:
        """Draw and encode `groups` in a forked process; a broken pipe ends it with the parent."""
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # a Ctrl-C is for the parent to handle
        die_with_parent(parent, signal.SIGKILL)
        for connection in self._connections:
            connection.close()  # held open here, they would hide the parent's death from others
        try:
            drawn = self._drawn(groups)
            while pictures := list(islice(drawn, SENT_AT_ONCE)):
                results.send(pictures)
        except BrokenPipeError:
            os._exit(1)

    def _drawn(self, groups: list[Group]) -> Iterator[Picture]:
        splicer = Splicer(self._painter, self._fps, self._header)
        for group in groups:
            yield from splicer.pictures(group)

    def _received(
        self, number: int, count: int, while_waiting: Callable[[], None]
    ) -> Iterator[Picture]:
        """Yield the next `count` pictures of process `number`."""
        arrived, connection = self._arrived[number], self._connections[number]
        for _ in range(count):
            while not arrived:
                if connection.closed:
                    raise RenderError("A process that drew the film ended too soon.")
                while_waiting()
                self._receive()
            yield arrived.popleft()

    def _receive(self) -> None:
        """Take what the processes have ready, so that none has to wait for another's turn."""
        listening = {
            connection: number
            for number, connection in enumerate(self._connections)
            if not connection.closed and len(self._arrived[number]) < MOST_WAITING * self._length
        }
        ready = wait(list(listening), PATIENCE)
        for connection in [each for each in listening if each in ready]:
            number = listening[connection]
            try:
                pictures = connection.recv()
            except EOFError:
                connection.close()
                continue
            self._arrived[number].extend(pictures)
            self._drawn_so_far += len(pictures)
