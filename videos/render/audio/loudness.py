"""Measures how loud a sound is (EBU R128)."""

import math
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Protocol

import av
from av.audio.frame import AudioFrame
from av.filter import Graph

SILENCE_GATE = -70.0  # LUFS, the absolute gate of EBU R128: nothing quieter is measured
MAX_PENDING_FRAMES = 8  # frames that may wait to be measured


class Meter(Protocol):
    """Measures something in the frames of a sound."""

    def add_frame(self, frame: AudioFrame) -> None:
        """Measure the next frame."""


class LoudnessMeter:
    """FFmpeg's EBU R128 meter for the frames of one sound.

    ``integrated`` is the loudness so far in LUFS, None for silence.
    """

    def __init__(self) -> None:
        self.integrated: float | None = None
        self._graph: Graph | None = None

    def add_frame(self, frame: AudioFrame) -> None:
        """Measure the next frame."""
        self._graph = self._graph or self._build_graph(frame)
        self._graph.push(frame)
        measured = None
        while True:
            try:
                measured = self._graph.pull()
            except (av.BlockingIOError, av.EOFError):
                break
        loudness = float(measured.metadata.get("lavfi.r128.I", "nan")) if measured else math.nan
        if math.isfinite(loudness):
            self.integrated = loudness if loudness > SILENCE_GATE else None

    def _build_graph(self, frame: AudioFrame) -> Graph:
        graph = Graph()
        source = graph.add_abuffer(
            sample_rate=frame.sample_rate, format=frame.format.name, layout=frame.layout.name
        )
        meter = graph.add("ebur128", "metadata=1:framelog=quiet")
        graph.link_nodes(source, meter, graph.add("abuffersink")).configure()
        return graph


def meter_frames(frames: Iterable[AudioFrame], *meters: Meter) -> Iterator[AudioFrame]:
    """Yield ``frames`` and measure each of them on the way."""
    for frame in frames:
        _measure_frame(frame, meters)
        yield frame


def meter_frames_in_thread(
    frames: Iterable[AudioFrame], *meters: Meter
) -> Generator[AudioFrame, None, None]:
    """Yield ``frames`` and measure them in another thread, which ends with the iterator."""
    pending: deque[Future[None]] = deque()
    with ThreadPoolExecutor(1, "meter") as pool:
        for frame in frames:
            pending.append(pool.submit(_measure_frame, frame, meters))
            if len(pending) > MAX_PENDING_FRAMES:
                pending.popleft().result()
            yield frame
        for future in pending:
            future.result()


def _measure_frame(frame: AudioFrame, meters: Iterable[Meter]) -> None:
    for meter in meters:
        meter.add_frame(frame)
