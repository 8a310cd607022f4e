"""Encodes the sound in its own thread while other processes paint."""

from collections.abc import Generator, Iterator
from contextlib import closing
from queue import Full, Queue
from threading import Event, Thread
from typing import Self, TypeAlias

from videos.render.encode.mp4 import decode_time
from videos.render.encode.pictures import EncodedPacket

# A packet, the error that ended the encoding, or None for the end.
QueueItem: TypeAlias = "EncodedPacket | BaseException | None"

# Packets that may wait to be written, which bounds the memory: 20 seconds of sound. Pictures come
# in bursts of two groups, and the workers that paint must not wait for sound then.
MAX_QUEUED_PACKETS = 1024
POLL_TIMEOUT = 0.1  # seconds after which a blocked thread checks whether it has to stop


class SoundThread:
    """Reads packets from a generator ahead of need. A context manager: leaving ends the thread, and
    the generator with it.

    ``seconds`` is how far the sound is encoded.
    """

    def __init__(self, packets: Generator[EncodedPacket, None, None]) -> None:
        self._packets = packets
        self._queue: Queue[QueueItem] = Queue(MAX_QUEUED_PACKETS)
        self._stopping = Event()
        self.seconds = 0.0
        self._thread = Thread(target=self._run, name="soundtrack", daemon=True)

    def packets(self) -> Iterator[EncodedPacket]:
        """Yield what the generator yields, and raise what it raises."""
        while (packet := self._queue.get()) is not None:
            if isinstance(packet, BaseException):
                raise packet
            yield packet

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping.set()
        self._thread.join()

    def _run(self) -> None:
        try:
            with closing(self._packets):
                for packet in self._packets:
                    self.seconds = decode_time(packet)
                    if not self._put(packet):
                        return
            self._put(None)
        except BaseException as error:
            self._put(error)

    def _put(self, item: QueueItem) -> bool:
        """Put ``item`` into the queue as soon as there is room; return False if stopped."""
        while not self._stopping.is_set():
            try:
                self._queue.put(item, timeout=POLL_TIMEOUT)
            except Full:
                continue
            return True
        return False
