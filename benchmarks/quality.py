"""How close a film comes to its own frames before they were encoded."""

import json
import re
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

import av
import numpy as np
from av.error import BlockingIOError as NotYet
from av.filter import Graph
from av.filter.context import FilterContext
from av.video.format import VideoFormat
from av.video.frame import VideoFrame
from numpy.typing import NDArray

from videos.render.audio.analysis import Analysis
from videos.render.paint import Painter
from videos.render.scene import Scene

ALIKE = "setparams=range=tv:colorspace=bt709:color_primaries=bt709:color_trc=bt709"
"""Tells ffmpeg that the colours of both sides mean the same. The raw frames have no tags, and where
tags differ, ffmpeg converts one side and blames the film for what that loses.
"""


class Quality(NamedTuple):
    """A measure, "VMAF" (0 to 100) or "SSIM" (0 to 1), of all frames and of the worst."""

    measure: str
    mean: float
    worst: float


def quality(film: Path, scene: Scene, analysis: Analysis, frames: int, ffmpeg: str) -> Quality:
    """Compare the first `frames` of `film` with what the painter paints.

    By VMAF if `ffmpeg` is a binary that has it, else by SSIM.
    """
    painted = _painted(scene, analysis, min(frames, analysis.frames))
    log = film.with_suffix(".log")
    if has_vmaf(ffmpeg):
        _log_vmaf(film, painted, scene, log, ffmpeg)
        scores = [frame["metrics"]["vmaf"] for frame in json.loads(log.read_text())["frames"]]
        return Quality("VMAF", sum(scores) / len(scores), min(scores))
    _log_ssim(film, painted, scene, log)
    scores = [float(score) for score in re.findall(r"All:(\S+)", log.read_text())]
    return Quality("SSIM", sum(scores) / len(scores), min(scores))


def has_vmaf(ffmpeg: str) -> bool:
    """Tell whether a binary is there and has the filter."""
    if not ffmpeg:
        return False
    words = [ffmpeg, "-hide_banner", "-filters"]
    done = subprocess.run(words, capture_output=True, check=True)  # noqa: S603 - the user's choice
    return b"libvmaf" in done.stdout


def _painted(scene: Scene, analysis: Analysis, frames: int) -> Iterator[bytes]:
    """Yield the frames as the encoder gets them, plane after plane."""
    painter = Painter(scene, analysis, scene.fps)
    for index in range(frames):
        painter.paint(index)
        painter.canvas.take_touched()
        yield b"".join(plane.tobytes() for plane in painter.canvas.planes)


def _log_vmaf(film: Path, painted: Iterator[bytes], scene: Scene, log: Path, ffmpeg: str) -> None:
    """Pipe the painted frames into ffmpeg, which scores those of the film."""
    with av.open(str(film)) as container:
        picture = container.streams.video[0]
        size, fps = f"{picture.width}x{picture.height}", str(scene.fps)
    raw = ["-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", size, "-r", fps, "-i", "-"]
    compare = f"libvmaf=log_fmt=json:log_path={log}:n_threads=2:shortest=1"
    graph = f"[0:v]{ALIKE}[shown];[1:v]{ALIKE}[true];[shown][true]{compare}"
    words = [ffmpeg, "-v", "error", "-i", str(film), *raw, "-lavfi", graph, "-f", "null", "-"]
    with subprocess.Popen(words, stdin=subprocess.PIPE) as process:  # noqa: S603 - as above
        assert process.stdin is not None
        for data in painted:
            process.stdin.write(data)
        process.stdin.close()
    if process.returncode:
        raise RuntimeError(f"ffmpeg could not compare: it ended with {process.returncode}.")


def _log_ssim(film: Path, painted: Iterator[bytes], scene: Scene, log: Path) -> None:
    """Have FFmpeg's filter, which comes with PyAV, score the frames of the film."""
    with av.open(str(film)) as container:
        picture = container.streams.video[0]
        graph, base = Graph(), Fraction(1, scene.fps)
        shown, true = (
            graph.add_buffer(
                width=picture.width,
                height=picture.height,
                format=VideoFormat("yuv420p"),
                time_base=base,
                name=name,
            )
            for name in ("shown", "true")
        )
        compare, sink = graph.add("ssim", f"stats_file={log}"), graph.add("buffersink")
        shown.link_to(compare, 0, 0)
        true.link_to(compare, 0, 1)
        compare.link_to(sink)
        graph.configure()
        frames = container.decode(picture)
        for number, data in enumerate(painted):
            pixels = np.frombuffer(data, np.uint8).reshape(-1, picture.width)
            for buffer, frame in ((shown, next(frames)), (true, _frame(pixels))):
                frame.pts, frame.time_base = number, base
                buffer.push(frame)
            _drain(sink)
        for buffer in (shown, true):
            buffer.push(None)
        _drain(sink)


def _frame(pixels: NDArray[np.uint8]) -> VideoFrame:
    return VideoFrame.from_ndarray(pixels, "yuv420p")


def _drain(sink: FilterContext) -> None:
    with suppress(NotYet, EOFError):
        while True:
            sink.pull()
