"""How loud a sound is, by EBU R128."""

import math

import av
from av.audio.frame import AudioFrame
from av.filter import Graph

SILENCE = -70.0
"""The absolute gate of EBU R128 in LUFS: nothing quieter is measured."""


class Loudness:
    """FFmpeg's meter, fed with the frames of one sound.

    `integrated` is the loudness so far in LUFS, or None as long as there is only silence.
    """

    def __init__(self) -> None:
        self.integrated: float | None = None
        self._graph: Graph | None = None

    def hear(self, frame: AudioFrame) -> None:
        """Take the next frame into the measure."""
        self._graph = self._graph or self._meter(frame)
        self._graph.push(frame)
        while True:
            try:
                measured = self._graph.pull()
            except (av.BlockingIOError, av.EOFError):
                return
            loudness = float(measured.metadata.get("lavfi.r128.I", "nan"))
            if math.isfinite(loudness):
                self.integrated = loudness if loudness > SILENCE else None

    def _meter(self, frame: AudioFrame) -> Graph:
        graph = Graph()
        source = graph.add_abuffer(
            sample_rate=frame.sample_rate, format=frame.format.name, layout=frame.layout.name
        )
        graph.link_nodes(
            source, graph.add("ebur128", "metadata=1:framelog=quiet"), graph.add("abuffersink")
        ).configure()
        return graph
