"""How loud a sound is, by EBU R128."""

import math
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import av
from av.audio.frame import AudioFrame
from av.filter import Graph

SILENCE = -70.0
"""The absolute gate of EBU R128 in LUFS: nothing quieter is measured."""

NO_PEAK = -120.0
"""What stands for the peak of digital silence in dBTP."""

MOST_PENDING = 64
"""Frames that may wait to be measured."""


@dataclass(frozen=True)
class Measure:
    """How loud a sound is: integrated in LUFS, None for silence, and its true peak in dBTP."""

    integrated: float | None
    true_peak: float


SILENT = Measure(None, NO_PEAK)


class Loudness:
    """FFmpeg's meter, fed with the frames of one sound; three times as fast without its peaks."""

    def __init__(self, with_peaks: bool = True) -> None:
        self._options = "metadata=1:framelog=quiet" + (":peak=true" if with_peaks else "")
        self._integrated: float | None = None
        self._peak = 0.0
        self._graph: Graph | None = None

    @property
    def measure(self) -> Measure:
        """Return what was heard so far."""
        peak = 20 * math.log10(self._peak) if self._peak > 0 else NO_PEAK
        return Measure(self._integrated, max(NO_PEAK, peak))

    def hear(self, frame: AudioFrame) -> None:
        """Take the next frame into the measure."""
        self._graph = self._graph or self._meter(frame)
        self._graph.push(frame)
        while True:
            try:
                measured = self._graph.pull().metadata
            except (av.BlockingIOError, av.EOFError):
                return
            loudness = float(measured.get("lavfi.r128.I", "nan"))
            if math.isfinite(loudness):
                self._integrated = loudness if loudness > SILENCE else None
            peak = float(measured.get("lavfi.r128.true_peak", "nan"))
            if math.isfinite(peak):
                self._peak = peak

    def _meter(self, frame: AudioFrame) -> Graph:
        graph = Graph()
        source = graph.add_abuffer(
            sample_rate=frame.sample_rate, format=frame.format.name, layout=frame.layout.name
        )
        meter = graph.add("ebur128", self._options)
        graph.link_nodes(source, meter, graph.add("abuffersink")).configure()
        return graph


def metered(frames: Iterable[AudioFrame], loudness: Loudness) -> Iterator[AudioFrame]:
    """Yield `frames` while they are measured."""
    for frame in frames:
        loudness.hear(frame)
        yield frame


def metered_aside(
    frames: Iterable[AudioFrame], loudness: Loudness
) -> Generator[AudioFrame, None, None]:
    """Yield `frames` while another thread, which ends with the iterator, measures them."""
    pending: deque[Future[None]] = deque()
    with ThreadPoolExecutor(1, "meter") as meter:
        for frame in frames:
            pending.append(meter.submit(loudness.hear, frame))
            if len(pending) > MOST_PENDING:
                pending.popleft().result()
            yield frame
        for future in pending:
            future.result()
