"""What requests cost a web server: memory of each process, processor time, and the clock."""

import contextlib
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import psutil

INTERVAL = 0.02  # seconds between two looks at the memory
MEBIBYTE = 1024 * 1024


@dataclass
class Cost:
    """What was measured: of the web processes, and of the children that they started."""

    growth: dict[int, int] = field(default_factory=dict)  # bytes of memory, by web process
    children: dict[int, int] = field(default_factory=dict)  # bytes of memory at most, by child
    seconds: float = 0.0  # by the clock
    own_seconds: float = 0.0  # of processor, of the web processes
    child_seconds: dict[int, float] = field(default_factory=dict)  # of processor, by child

    @property
    def processor_seconds(self) -> float:
        """The processor time of all processes."""
        return self.own_seconds + sum(self.child_seconds.values())

    def __str__(self) -> str:
        grown, child = max(self.growth.values()), max(self.children.values(), default=0)
        return (
            f"{self.seconds:.1f} s, {self.processor_seconds:.1f} s of processor; "
            f"a web process grew by {grown / MEBIBYTE:.0f} MB; "
            f"{len(self.children)} children with at most {child / MEBIBYTE:.0f} MB each"
        )


class Meter:
    """Watches the processes of one web server."""

    def __init__(self, processes: list[psutil.Process]) -> None:
        self.web = processes
        self._own = {process.pid for process in processes}

    @contextlib.contextmanager
    def watching(self) -> Iterator[Cost]:
        """Measure what happens meanwhile; the cost is complete at the end."""
        cost, ended = Cost(), threading.Event()
        before = {process.pid: process.memory_info().rss for process in self.web}
        started, processor = time.monotonic(), self._own_seconds()

        def watch() -> None:
            while not ended.wait(INTERVAL):
                self._look(cost, before)

        thread = threading.Thread(target=watch)
        thread.start()
        try:
            yield cost
        finally:
            ended.set()
            thread.join()
            self._look(cost, before)
            cost.seconds = time.monotonic() - started
            cost.own_seconds = self._own_seconds() - processor

    def _look(self, cost: Cost, before: dict[int, int]) -> None:
        for process in self.web:
            growth = process.memory_info().rss - before[process.pid]
            cost.growth[process.pid] = max(cost.growth.get(process.pid, 0), growth)
            for child in process.children(recursive=True):
                with contextlib.suppress(psutil.Error):
                    if child.pid not in self._own:
                        memory, times = child.memory_info().rss, child.cpu_times()
                        cost.children[child.pid] = max(cost.children.get(child.pid, 0), memory)
                        # The kernel adds it to the parent's at the end only, and not all do
                        cost.child_seconds[child.pid] = times.user + times.system

    def _own_seconds(self) -> float:
        times = (process.cpu_times() for process in self.web)
        return sum(each.user + each.system for each in times)
