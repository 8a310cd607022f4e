"""Several processes that draw and encode a film side by side, a group of pictures each in turn."""

import gc
import os
import signal
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkProcess
from typing import Self, TypeAlias

from videos.render.encode.pictures import Picture, group_length
from videos.render.encode.splice import Group, Splicer, groups_of
from videos.render.errors import RenderError
from videos.render.paint import Painter
from videos.render.sandbox.heap import keep_large_blocks_apart
from videos.render.sandbox.parent_death import die_with_parent

Part: TypeAlias = tuple[int, list[Picture]]
"""The number of a group, and pictures of it."""

Results: TypeAlias = "Connection[Part | None, Part | None]"
"""Ends with None."""

PATIENCE = 0.1
"""Seconds to wait for pictures before looking whether the caller wants to stop."""

SENT_AT_ONCE = 15
"""Pictures that a process hands over together, which costs both sides less than each alone."""

MOST_WAITING = 2
"""Groups of pictures of one process that may wait for their turn; then it has to wait itself."""


@dataclass
class Member:
    """A process that draws, where its pictures come from, and how many of them wait."""

    process: ForkProcess
    results: Results
    waiting: int = 0
    is_done: bool = False


class Crew:
    """Forked processes with a copy each of the same painter; if it would be one, this one.

    Each takes the next group of pictures as soon as it is done with one, so that none is idle as
    long as there is work. A context manager: entering it forks, which is for a time when no other
    thread runs and no output is open; leaving it ends the processes, whatever they are at.
    """

    def __init__(
        self, painter: Painter, frames: int, fps: int, header: bytes, processes: int
    ) -> None:
        """Prepare to draw `frames` frames, encoded under the parameter sets of `header`."""
        self._painter = painter
        self._frames, self._drawn_so_far = frames, 0
        self._groups = groups_of(frames, painter.fades, group_length(fps))
        self._fps = fps
        self._header = header
        self._wanted = min(processes, len(self._groups))
        self._taken = get_context("fork").Value("i", 0)
        self._members: list[Member] = []
        self._arrived: defaultdict[int, deque[tuple[Picture, Member]]] = defaultdict(deque)
        self._most_waiting = MOST_WAITING * group_length(fps)

    @property
    def share(self) -> float:
        """Return how much of the film is drawn, whether its turn has come or not: 0 to 1."""
        return self._drawn_so_far / self._frames

    def pictures(self, while_waiting: Callable[[], None]) -> Iterator[Picture]:
        """Yield all pictures in order, calling `while_waiting` at least ten times a second.

        Raises RenderError if a process does not finish its part.
        """
        if self._members:
            for group in self._groups:
                yield from self._received(group, while_waiting)
            return
        splicer = self._splicer()
        for group in self._groups:
            for picture in splicer.pictures(group):
                self._drawn_so_far += 1
                while_waiting()
                yield picture

    def __enter__(self) -> Self:
        if self._wanted > 1:
            gc.freeze()  # looking for garbage in what lies here would copy it into every process
            for _ in range(self._wanted):
                self._fork()
            gc.unfreeze()
            keep_large_blocks_apart()  # this process only writes the film from now on
        return self

    def __exit__(self, *_: object) -> None:
        for member in self._members:
            member.process.kill()
        for member in self._members:
            member.process.join()
            member.process.close()
            member.results.close()

    def _fork(self) -> None:
        ours, theirs = get_context("fork").Pipe(duplex=False)
        process = get_context("fork").Process(
            target=self._work, args=(ours, theirs, os.getpid()), daemon=True
        )
        self._members.append(Member(process, ours))
        process.start()
        theirs.close()

    def _work(self, ours: Results, theirs: Results, parent: int) -> None:
        """Draw and encode groups in a forked process; a broken pipe ends it with the parent."""
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # a Ctrl-C is for the parent to handle
        die_with_parent(parent, signal.SIGKILL)
        for connection in [ours, *(member.results for member in self._members)]:
            connection.close()  # held open here, they would hide the parent's death from others
        splicer = self._splicer()
        try:
            while (group := self._next()) is not None:
                drawn = splicer.pictures(group)
                while pictures := list(islice(drawn, SENT_AT_ONCE)):
                    theirs.send((group.number, pictures))
            theirs.send(None)
        except BrokenPipeError:
            os._exit(1)

    def _next(self) -> Group | None:
        """Return a group that no process has taken, and take it."""
        with self._taken.get_lock():
            number = self._taken.value
            self._taken.value += 1
        return self._groups[number] if number < len(self._groups) else None

    def _splicer(self) -> Splicer:
        return Splicer(self._painter, self._fps, self._header)

    def _received(self, group: Group, while_waiting: Callable[[], None]) -> Iterator[Picture]:
        """Yield the pictures of a group as they arrive.

        Whoever draws it has no earlier pictures that wait, since groups are taken in their order:
        so it is never the one that has to wait for another.
        """
        arrived = self._arrived[group.number]
        for _ in group.frames:
            while not arrived:
                while_waiting()
                self._receive()
            picture, member = arrived.popleft()
            member.waiting -= 1
            yield picture
        del self._arrived[group.number]

    def _receive(self) -> None:
        """Take what the processes have ready. Raises RenderError if one has ended too soon."""
        listening = {
            member.results: member
            for member in self._members
            if not member.is_done and member.waiting < self._most_waiting
        }
        ready = wait(list(listening), PATIENCE)
        for member in [listening[each] for each in listening if each in ready]:
            try:
                part = member.results.recv()
            except (EOFError, OSError) as error:  # at its end, or in the middle of a message
                member.process.join(PATIENCE)
                code = member.process.exitcode
                raise RenderError(
                    f"A process that drew the film ended too soon, with {code}."
                ) from error
            if part is None:
                member.is_done = True
                continue
            number, pictures = part
            member.waiting += len(pictures)
            self._drawn_so_far += len(pictures)
            self._arrived[number].extend((picture, member) for picture in pictures)
