"""Bringing a sound to the loudness at which streaming services play, without clipping it."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import av
from av.audio.frame import AudioFrame
from av.filter import Graph
from av.filter.context import FilterContext

from videos.render.loudness import Measure

TARGET = -14.0
"""LUFS, as most streaming services play."""

CEILING = -1.0
"""The true peak in dBTP that a film may have."""

CODING = 1.0
"""Decibels that AAC may add to a peak: the limiter stays so far below the ceiling."""

MOST_GAIN = 30.0
"""Decibels that a sound is lifted at most: what is quieter than that is hiss rather than music."""

MOST_LIMITED = 10.0
"""Decibels that peaks are held down at most: a song with more is left quieter than the target."""

MADE_UP = 0.1
"""Decibels more for each by which peaks are held down: music loses about as much loudness by it."""

NEAR = 0.5
"""LU from the target at which a sound is as good as there."""


class Levelling(NamedTuple):
    """The decibels by which a sound is lifted, and whether its peaks are then held down."""

    gain: float
    is_limited: bool

    @property
    def changes(self) -> bool:
        """Whether anything changes at all."""
        return bool(self.gain) or self.is_limited


AS_IT_IS = Levelling(0.0, False)


def levelling_of(measure: Measure) -> Levelling:
    """Return what brings a sound that was measured to the target."""
    if measure.integrated is None:
        return AS_IT_IS
    gain = min(MOST_GAIN, TARGET - measure.integrated)
    over = measure.true_peak + gain - (CEILING - CODING)
    if over <= 0:
        return Levelling(gain, is_limited=False)
    return Levelling(gain + min(MADE_UP * over, MOST_LIMITED - over), is_limited=True)


def is_there(measure: Measure) -> bool:
    """Whether a sound is as good as at the target already."""
    if measure.integrated is None:
        return True
    return abs(measure.integrated - TARGET) <= NEAR and measure.true_peak <= CEILING


def levelled(frames: Iterable[AudioFrame], levelling: Levelling) -> Iterator[AudioFrame]:
    """Yield `frames` of planar floats, all of one kind, at their new level: as many samples."""
    graph: Graph | None = None
    for frame in frames:
        graph = graph or _graph(frame, levelling)
        graph.push(frame)
        yield from _pulled(graph)
    if graph:
        graph.push(None)
        yield from _pulled(graph)


def _pulled(graph: Graph) -> Iterator[AudioFrame]:
    while True:
        try:
            frame = graph.pull()
        except (av.BlockingIOError, av.EOFError):
            return
        assert isinstance(frame, AudioFrame)
        frame.pts = None
        yield frame


def _graph(frame: AudioFrame, levelling: Levelling) -> Graph:
    graph, rate = Graph(), frame.sample_rate
    source = graph.add_abuffer(sample_rate=rate, format=frame.format.name, layout=frame.layout.name)
    nodes = [source, graph.add("volume", f"volume={levelling.gain}dB:precision=float")]
    if levelling.is_limited:
        nodes += _limiter(graph, rate)
    as_before = f"sample_fmts=fltp:sample_rates={rate}:channel_layouts={frame.layout.name}"
    nodes += [graph.add("aformat", as_before), graph.add("abuffersink")]
    graph.link_nodes(*nodes).configure()
    return graph


def _limiter(graph: Graph, rate: int) -> list[FilterContext]:
    """Return a limiter that sees the peaks between samples, too: it hears four times as many."""
    limit = 10 ** ((CEILING - CODING) / 20)
    return [
        graph.add("aresample", str(4 * rate)),
        graph.add("alimiter", f"limit={limit:.4f}:attack=5:release=50:level=0:latency=1"),
        graph.add("aresample", str(rate)),
    ]
