"""What was done to a site, so that the cause of each failure can be checked."""

import threading
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field


@dataclass
class Journal:
    """The faults so far, and whom they may have hit."""

    began: float = field(default_factory=time.monotonic)
    counts: Counter[str] = field(default_factory=Counter)
    broken_off: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    lines: list[str] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def record(self, fault: str, detail: str = "") -> None:
        """Count a fault."""
        with self._lock:
            self.counts[fault] += 1
            line = f"{time.monotonic() - self.began:6.1f} s  {fault}  {detail}".rstrip()
            self.lines.append(line)

    def record_victims(self, videos: set[str]) -> None:
        """Record that workers which held these videos were killed."""
        with self._lock:
            for video in videos:
                self.broken_off[video] += 1

    @property
    def total(self) -> int:
        return self.counts.total()
