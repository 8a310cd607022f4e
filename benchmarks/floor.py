"""The floor: x264 alone, encoding whole frames of the same film with the same settings.

Several processes paint and encode a group of pictures each in turn, as the renderer does, but only
the time inside the encoder counts: as if all frames had lain ready in memory.
"""

from multiprocessing import get_context
from time import perf_counter

from videos.render.analysis import Analysis
from videos.render.encode import group_length, open_picture_encoder
from videos.render.paint import Painter
from videos.render.scene import Scene


def floor(scene: Scene, analysis: Analysis, processes: int) -> float:
    """Return the seconds that the slowest of `processes` spends in its encoder."""
    context = get_context("fork")
    with context.Pool(processes) as pool:
        shares = [(scene, analysis, number, processes) for number in range(processes)]
        return max(pool.starmap(_encode_share, shares, chunksize=1))


def _encode_share(scene: Scene, analysis: Analysis, number: int, processes: int) -> float:
    painter = Painter(scene, analysis, scene.fps)
    frame = painter.canvas.frame
    length, spent = group_length(scene.fps), 0.0
    for start in range(number * length, analysis.frames, processes * length):
        began = perf_counter()
        encoder = open_picture_encoder(frame.width, frame.height, scene.fps)
        spent += perf_counter() - began
        for index in range(start, min(start + length, analysis.frames)):
            painter.paint(index)
            painter.canvas.take_touched()
            frame.pts = index
            began = perf_counter()
            for packet in encoder.encode(frame):
                bytes(packet)
            spent += perf_counter() - began
    return spent
