"""A pool of processes that paint and encode a film in parallel, a group of pictures at a time."""

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
from tempfile import TemporaryFile
from typing import BinaryIO, Self, TypeAlias

from videos.render.encode.pictures import EncodedPicture, group_length
from videos.render.encode.splice import (
    FallbackEncoder,
    Group,
    GroupEncoder,
    Round,
    remember_round,
    split_into_groups,
)
from videos.render.errors import RenderError
from videos.render.paint import Painter
from videos.render.sandbox.process_control import set_mmap_threshold, set_parent_death_signal

# The number of a group, and some pictures of it.
Message: TypeAlias = tuple[int, list[EncodedPicture]]
# None is the last message.
Results: TypeAlias = "Connection[Message | None, Message | None]"

POLL_TIMEOUT = 0.1  # seconds to wait for pictures before the caller may stop the work
NUMBER_SIZE = 4  # bytes of the number of a group in the file of those that are not claimed
PICTURES_PER_MESSAGE = 15  # that a worker sends together, which costs less than one by one
MAX_QUEUED_GROUPS = 2  # groups of one worker that may wait for their turn; then it has to wait


@dataclass
class Worker:
    """A process that paints and encodes, and how many of its pictures wait for their turn."""

    process: ForkProcess
    results: Results
    queued: int = 0
    is_done: bool = False


class EncoderPool:
    """Forked workers with a copy each of the same painter; with one process, this process works.

    Each worker takes the next group of pictures as soon as it is done with one, so that none is
    idle while there is work. A context manager: entering forks, so no other thread may run and no
    output may be open then; leaving kills the workers, whatever they are doing.
    """

    def __init__(
        self,
        painter: Painter,
        frames: int,
        fps: int,
        header: bytes,
        processes: int,
        on_wait: Callable[[], None] = lambda: None,
    ) -> None:
        """Prepare to encode ``frames`` frames under the parameter sets of ``header``.

        ``on_wait`` is called often while what all processes share is made.
        """
        self._painter = painter
        self._frames, self._frames_done = frames, 0
        self._groups = split_into_groups(
            frames, painter.fade_ranges, group_length(fps), processes, painter.period
        )
        self._on_wait = on_wait
        self._round: Round | None = None
        self._fps = fps
        self._header = header
        self._processes = min(processes, len(self._groups))
        self._unclaimed: BinaryIO | None = None
        self._workers: list[Worker] = []
        self._queues: defaultdict[int, deque[tuple[EncodedPicture, Worker]]] = defaultdict(deque)
        self._max_queued = MAX_QUEUED_GROUPS * group_length(fps)

    @property
    def fraction_done(self) -> float:
        """The fraction of the frames that is encoded, whether its turn has come or not: 0 to 1."""
        return self._frames_done / self._frames

    def encode_pictures(self, on_wait: Callable[[], None]) -> Iterator[EncodedPicture]:
        """Yield all pictures in order, calling ``on_wait`` at least ten times a second.

        Raises RenderError if a worker does not finish its part.
        """
        if self._workers:
            for group in self._groups:
                yield from self._receive_group(group, on_wait)
            return
        encoder = self._make_encoder()
        for group in self._groups:
            for picture in encoder.encode_group(group):
                self._frames_done += 1
                on_wait()
                yield picture

    def __enter__(self) -> Self:
        self._prepare_backdrop()
        if self._processes > 1:
            self._unclaimed = self._write_group_numbers()
            gc.freeze()  # a garbage collection of these objects would copy them into every worker
            for _ in range(self._processes):
                self._fork_worker()
            gc.unfreeze()
            set_mmap_threshold()  # this process only writes the film from now on
        return self

    def __exit__(self, *_: object) -> None:
        if self._unclaimed:
            self._unclaimed.close()
        for worker in self._workers:
            worker.process.kill()
        for worker in self._workers:
            worker.process.join()
            worker.process.close()
            worker.results.close()

    def _fork_worker(self) -> None:
        receiver, sender = get_context("fork").Pipe(duplex=False)
        process = get_context("fork").Process(
            target=self._run_worker, args=(receiver, sender, os.getpid()), daemon=True
        )
        self._workers.append(Worker(process, receiver))
        process.start()
        sender.close()

    def _run_worker(self, receiver: Results, sender: Results, parent: int) -> None:
        """Encode groups in a forked process; a broken pipe ends it together with the parent."""
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent handles a Ctrl-C
        set_parent_death_signal(parent, signal.SIGKILL)
        for connection in [receiver, *(worker.results for worker in self._workers)]:
            connection.close()  # held open here, they would hide the parent's death from others
        encoder = self._make_encoder()
        try:
            while (group := self._claim_group()) is not None:
                encoded = encoder.encode_group(group)
                while pictures := list(islice(encoded, PICTURES_PER_MESSAGE)):
                    sender.send((group.number, pictures))
            sender.send(None)
        except BrokenPipeError:
            os._exit(1)

    def _claim_group(self) -> Group | None:
        """Claim the next group that no worker has claimed; None if there is none."""
        assert self._unclaimed
        number = os.read(self._unclaimed.fileno(), NUMBER_SIZE)
        return self._groups[int.from_bytes(number)] if number else None

    def _write_group_numbers(self) -> BinaryIO:
        """Return a file of the numbers of all groups.

        Forked processes share its position, and Linux lets one read at a time: so each number is
        read once. A lock of ``multiprocessing`` has a name that all processes of an account see.
        """
        file = TemporaryFile(prefix="groups-")  # noqa: SIM115 - open as long as the pool
        file.write(b"".join(group.number.to_bytes(NUMBER_SIZE) for group in self._groups))
        file.seek(0)
        return file

    def _prepare_backdrop(self) -> None:
        """Make what all processes share of a backdrop: its pictures, or the slices of one round."""
        if self._painter.backdrop is None:
            return
        self._painter.backdrop.prepare(self._on_wait)
        self._round = remember_round(
            self._painter,
            self._fps,
            self._header,
            self._groups,
            group_length(self._fps),
            self._on_wait,
        )

    def _make_encoder(self) -> GroupEncoder:
        return FallbackEncoder(self._painter, self._fps, self._header, backdrop=self._round)

    def _receive_group(self, group: Group, on_wait: Callable[[], None]) -> Iterator[EncodedPicture]:
        """Yield the pictures of a group as they arrive.

        The worker that encodes it has no earlier pictures that wait, since groups are claimed in
        order: so it is never the one that has to wait for another.
        """
        queue = self._queues[group.number]
        for _ in group.frames:
            while not queue:
                on_wait()
                self._receive_messages()
            picture, worker = queue.popleft()
            worker.queued -= 1
            yield picture
        del self._queues[group.number]

    def _receive_messages(self) -> None:
        """Receive what the workers have ready. Raises RenderError if one has ended too soon."""
        senders = {
            worker.results: worker
            for worker in self._workers
            if not worker.is_done and worker.queued < self._max_queued
        }
        ready = wait(list(senders), POLL_TIMEOUT)
        for worker in [senders[results] for results in senders if results in ready]:
            try:
                message = worker.results.recv()
            except (EOFError, OSError) as error:  # at its end, or in the middle of a message
                worker.process.join(POLL_TIMEOUT)
                code = worker.process.exitcode
                raise RenderError(
                    f"A process that drew the film ended too soon, with {code}."
                ) from error
            if message is None:
                worker.is_done = True
                continue
            number, pictures = message
            worker.queued += len(pictures)
            self._frames_done += len(pictures)
            self._queues[number].extend((picture, worker) for picture in pictures)
