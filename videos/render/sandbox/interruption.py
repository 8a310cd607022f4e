"""Noticing that this process is asked to end, so that it can leave nothing half done."""

import signal
from types import FrameType


class Interruption:
    """True when called, once SIGINT or SIGTERM has come. The second one ends the process."""

    def __init__(self) -> None:
        self._came = False
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._note)

    def __call__(self) -> bool:
        """Tell whether a signal has come."""
        return self._came

    def _note(self, number: int, frame: FrameType | None) -> None:
        self._came = True
        signal.signal(number, signal.SIG_DFL)
