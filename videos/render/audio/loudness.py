"""How loud a sound is, by EBU R128."""

import math
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol

import av
from av.audio.frame import AudioFrame
from av.filter import Graph

from videos.render.audio.true_peaks import NO_PEAK

SILENCE = -70.0
"""The absolute gate of EBU R128 in LUFS: nothing quieter is measured."""

MOST_PENDING = 8
"""Frames that may wait to be measured."""


@dataclass(frozen=True)
class Measure:
    """How loud a sound is: integrated in LUFS, None for silence, its true peak in dBTP, and that
    without the few that stand out.
    """

    integrated: float | None
    true_peak: float
    usual_peak: float


SILENT = Measure(None, NO_PEAK, NO_PEAK)


class Meter(Protocol):
    """Measures something of a sound."""

    def hear(self, frame: AudioFrame) -> None:
        """Take the next frame into the measure."""


class Loudness:
    """FFmpeg's meter, fed with the frames of one sound.

    `integrated` is what was heard so far in LUFS, None for silence.
    """

    def __init__(self) -> None:
        self.integrated: float | None = None
        self._graph: Graph | None = None

    def hear(self, frame: AudioFrame) -> None:
        """Take the next frame into the measure."""
        self._graph = self._graph or self._meter(frame)
        self._graph.push(frame)
        measured = None
        while True:
            try:
                measured = self._graph.pull()
            except (av.BlockingIOError, av.EOFError):
                break
        loudness = float(measured.metadata.get("lavfi.r128.I", "nan")) if measured else math.nan
        if math.isfinite(loudness):
            self.integrated = loudness if loudness > SILENCE else None

    def _meter(self, frame: AudioFrame) -> Graph:
        graph = Graph()
        source = graph.add_abuffer(
            sample_rate=frame.sample_rate, format=frame.format.name, layout=frame.layout.name
        )
        meter = graph.add("ebur128", "metadata=1:framelog=quiet")
        graph.link_nodes(source, meter, graph.add("abuffersink")).configure()
        return graph


def metered(frames: Iterable[AudioFrame], *meters: Meter) -> Iterator[AudioFrame]:
    """Yield `frames` while they are measured."""
    for frame in frames:
        _hear(frame, meters)
        yield frame


def metered_aside(
    frames: Iterable[AudioFrame], *meters: Meter
) -> Generator[AudioFrame, None, None]:
    """Yield `frames` while another thread, which ends with the iterator, measures them."""
    pending: deque[Future[None]] = deque()
    with ThreadPoolExecutor(1, "meter") as pool:
        for frame in frames:
            pending.append(pool.submit(_hear, frame, meters))
            if len(pending) > MOST_PENDING:
                pending.popleft().result()
            yield frame
        for future in pending:
            future.result()


def _hear(frame: AudioFrame, meters: Iterable[Meter]) -> None:
    for meter in meters:
        meter.hear(frame)
