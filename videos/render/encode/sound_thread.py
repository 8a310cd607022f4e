"""The sound, encoded in a thread of its own while other processes draw."""

from collections.abc import Generator, Iterator
from contextlib import closing
from queue import Full, Queue
from threading import Event, Thread
from typing import Self, TypeAlias

from videos.render.encode.mp4 import seconds_of
from videos.render.encode.pictures import Coded

Handed: TypeAlias = "Coded | BaseException | None"
"""A packet, what went wrong on the way to it, or the end."""

PACKETS = 1024
"""Packets that may wait to be written, which bounds the memory. They last for 20 seconds: pictures
come in bursts of two chunks, and who draws must not wait for sound then.
"""

PATIENCE = 0.1
"""Seconds after which a thread that cannot go on looks whether it is still wanted."""


class Soundtrack:
    """Draws packets from a generator ahead of need. A context manager: leaving ends the thread, and
    the generator with it.
    """

    def __init__(self, packets: Generator[Coded, None, None]) -> None:
        self._packets = packets
        self._queue: Queue[Handed] = Queue(PACKETS)
        self._unwanted = Event()
        self.seconds = 0.0
        self._thread = Thread(target=self._run, name="soundtrack", daemon=True)

    def packets(self) -> Iterator[Coded]:
        """Yield what the generator yields, and raise what it raises."""
        while (packet := self._queue.get()) is not None:
            if isinstance(packet, BaseException):
                raise packet
            yield packet

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._unwanted.set()
        self._thread.join()

    def _run(self) -> None:
        try:
            with closing(self._packets):
                for packet in self._packets:
                    self.seconds = seconds_of(packet)
                    if not self._put(packet):
                        return
            self._put(None)
        except BaseException as error:
            self._put(error)

    def _put(self, packet: Handed) -> bool:
        """Hand on `packet` as soon as there is room; tell whether it is wanted at all."""
        while not self._unwanted.is_set():
            try:
                self._queue.put(packet, timeout=PATIENCE)
            except Full:
                continue
            return True
        return False
