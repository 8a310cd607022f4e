"""The floor: x264 alone, encoding whole frames of the same film with the same settings.

Several processes paint and encode a group of pictures each in turn, as the renderer does, but only
the time inside the encoder counts: as if all frames had lain ready in memory.
"""

from multiprocessing import get_context
from time import perf_counter, thread_time

from benchmarks.contest import Run
from videos.render.audio.analysis import Analysis
from videos.render.encode.pictures import group_length, open_picture_encoder
from videos.render.encode.splice import groups_of
from videos.render.paint import Painter
from videos.render.scene import Scene


def floor(scene: Scene, analysis: Analysis, processes: int) -> Run:
    """Return what the slowest of `processes` spends in its encoder, and all of them together."""
    context = get_context("fork")
    with context.Pool(processes) as pool:
        shares = [(scene, analysis, number, processes) for number in range(processes)]
        runs = pool.starmap(_encode_share, shares, chunksize=1)
    return Run(max(run.seconds for run in runs), sum(run.cpu for run in runs))


def _encode_share(scene: Scene, analysis: Analysis, number: int, processes: int) -> Run:
    painter = Painter(scene, analysis, scene.fps)
    frame, watch = painter.canvas.frame, _Watch()
    groups = groups_of(analysis.frames, painter.fades, group_length(scene.fps))
    for group in groups[number::processes]:
        with watch:
            encoder = open_picture_encoder(frame.width, frame.height, scene.fps)
        for index in group.frames:
            painter.paint(index)
            painter.canvas.take_touched()
            frame.pts = index
            with watch:
                for packet in encoder.encode(frame):
                    bytes(packet)
    return Run(watch.seconds, watch.cpu)


class _Watch:
    """A stopwatch: runs while it is entered."""

    def __init__(self) -> None:
        self.seconds = self.cpu = 0.0

    def __enter__(self) -> None:
        self.seconds -= perf_counter()
        self.cpu -= thread_time()

    def __exit__(self, *_: object) -> None:
        self.seconds += perf_counter()
        self.cpu += thread_time()
