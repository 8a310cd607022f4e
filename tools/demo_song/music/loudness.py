"""Measuring loudness by EBU R 128 with FFmpeg."""

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.filter import Graph

from tools.demo_song.music.synth import SAMPLE_RATE, Signal


def measure_loudness(signal: Signal) -> float:
    """Return the integrated loudness of a stereo signal in LUFS."""
    graph = Graph()
    source = graph.add_abuffer(sample_rate=SAMPLE_RATE, format="fltp", layout="stereo")
    meter = graph.add("ebur128", "metadata=1")
    sink = graph.add("abuffersink")
    source.link_to(meter)
    meter.link_to(sink)
    graph.configure()
    frame = AudioFrame.from_ndarray(signal.astype(np.float32), format="fltp", layout="stereo")
    frame.sample_rate = SAMPLE_RATE
    frame.pts = 0
    source.push(frame)
    source.push(None)
    measured = float("-inf")
    while True:
        try:
            measured = float(sink.pull().metadata["lavfi.r128.I"])
        except (av.BlockingIOError, av.EOFError):
            return measured
