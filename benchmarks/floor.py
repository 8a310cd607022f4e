"""Measures the floor: x264 alone, encoding whole frames of the same film with the same settings.

Several processes take turns to paint and encode a group of pictures, as the renderer does, but only
the time inside the encoder counts: as if all frames had been ready in memory.
"""

from multiprocessing import get_context
from time import perf_counter, thread_time

from benchmarks.contest import Run
from videos.render.audio.analysis import Analysis
from videos.render.encode.pictures import group_length, open_picture_encoder
from videos.render.encode.splice import split_into_groups
from videos.render.paint import Painter
from videos.render.scene import Scene


def measure_floor(scene: Scene, analysis: Analysis, processes: int) -> Run:
    """Return the time of the slowest of ``processes`` in its encoder, and the sum of all."""
    context = get_context("fork")
    with context.Pool(processes) as pool:
        shares = [(scene, analysis, number, processes) for number in range(processes)]
        runs = pool.starmap(_encode_share, shares, chunksize=1)
    return Run(max(run.seconds for run in runs), sum(run.cpu for run in runs))


def _encode_share(scene: Scene, analysis: Analysis, number: int, processes: int) -> Run:
    painter = Painter(scene, analysis, scene.fps)
    frame, stopwatch = painter.canvas.frame, _Stopwatch()
    groups = split_into_groups(analysis.frames, painter.fade_ranges, group_length(scene.fps))
    for group in groups[number::processes]:
        with stopwatch:
            encoder = open_picture_encoder(frame.width, frame.height, scene.fps)
        for index in group.frames:
            painter.paint(index)
            painter.canvas.pop_dirty_rects()
            frame.pts = index
            with stopwatch:
                for packet in encoder.encode(frame):
                    bytes(packet)
    return Run(stopwatch.seconds, stopwatch.cpu)


class _Stopwatch:
    """A stopwatch that runs inside its ``with`` blocks."""

    def __init__(self) -> None:
        self.seconds = self.cpu = 0.0

    def __enter__(self) -> None:
        self.seconds -= perf_counter()
        self.cpu -= thread_time()

    def __exit__(self, *_: object) -> None:
        self.seconds += perf_counter()
        self.cpu += thread_time()
