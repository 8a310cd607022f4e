"""Measures how close a film is to its own frames before they were encoded (VMAF or SSIM)."""

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
from av.error import BlockingIOError as NotReady
from av.filter import Graph
from av.filter.context import FilterContext
from av.video.format import VideoFormat
from av.video.frame import VideoFrame
from numpy.typing import NDArray

from videos.render.audio.analysis import Analysis
from videos.render.paint import Painter
from videos.render.scene import Scene

# Tells ffmpeg that both sides have the same colour space. The raw frames have no tags, and if tags
# differ, ffmpeg converts one side, and the film's score suffers from that loss.
SAME_COLOURS = "setparams=range=tv:colorspace=bt709:color_primaries=bt709:color_trc=bt709"


class Quality(NamedTuple):
    """A measure, "VMAF" (0 to 100) or "SSIM" (0 to 1): the mean of all frames, and the worst."""

    measure: str
    mean: float
    worst: float


def measure_quality(
    film: Path, scene: Scene, analysis: Analysis, frames: int, ffmpeg: str
) -> Quality:
    """Compare the first ``frames`` of ``film`` with what the painter paints.

    The measure is VMAF if the binary ``ffmpeg`` has it, otherwise SSIM.
    """
    painted = _paint_frames(scene, analysis, min(frames, analysis.frames))
    log = film.with_suffix(".log")
    if has_vmaf(ffmpeg):
        _log_vmaf(film, painted, scene, log, ffmpeg)
        scores = [frame["metrics"]["vmaf"] for frame in json.loads(log.read_text())["frames"]]
        return Quality("VMAF", sum(scores) / len(scores), min(scores))
    _log_ssim(film, painted, scene, log)
    scores = [float(score) for score in re.findall(r"All:(\S+)", log.read_text())]
    return Quality("SSIM", sum(scores) / len(scores), min(scores))


def has_vmaf(ffmpeg: str) -> bool:
    """Whether a binary is there and has the filter."""
    if not ffmpeg:
        return False
    command = [ffmpeg, "-hide_banner", "-filters"]
    result = subprocess.run(command, capture_output=True, check=True)  # noqa: S603 - user's choice
    return b"libvmaf" in result.stdout


def _paint_frames(scene: Scene, analysis: Analysis, frames: int) -> Iterator[bytes]:
    """Yield the frames as the encoder gets them: the bytes of their planes."""
    painter = Painter(scene, analysis, scene.fps)
    for index in range(frames):
        painter.paint(index)
        painter.canvas.pop_dirty_rects()
        yield b"".join(plane.tobytes() for plane in painter.canvas.planes)


def _log_vmaf(film: Path, painted: Iterator[bytes], scene: Scene, log: Path, ffmpeg: str) -> None:
    """Score the frames of the film with ffmpeg, which reads the painted ones from a pipe."""
    with av.open(str(film)) as container:
        picture = container.streams.video[0]
        size, fps = f"{picture.width}x{picture.height}", str(scene.fps)
    raw = ["-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", size, "-r", fps, "-i", "-"]
    compare = f"libvmaf=log_fmt=json:log_path={log}:n_threads=2:shortest=1"
    graph = f"[0:v]{SAME_COLOURS}[film];[1:v]{SAME_COLOURS}[painted];[film][painted]{compare}"
    command = [ffmpeg, "-v", "error", "-i", str(film), *raw, "-lavfi", graph, "-f", "null", "-"]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as process:  # noqa: S603 - as above
        assert process.stdin is not None
        for data in painted:
            process.stdin.write(data)
        process.stdin.close()
    if process.returncode:
        raise RuntimeError(f"ffmpeg could not compare: it ended with {process.returncode}.")


def _log_ssim(film: Path, painted: Iterator[bytes], scene: Scene, log: Path) -> None:
    """Score the frames of the film with FFmpeg's filter, which PyAV includes."""
    with av.open(str(film)) as container:
        picture = container.streams.video[0]
        graph, base = Graph(), Fraction(1, scene.fps)
        film_buffer, painted_buffer = (
            graph.add_buffer(
                width=picture.width,
                height=picture.height,
                format=VideoFormat("yuv420p"),
                time_base=base,
                name=name,
            )
            for name in ("film", "painted")
        )
        compare, sink = graph.add("ssim", f"stats_file={log}"), graph.add("buffersink")
        film_buffer.link_to(compare, 0, 0)
        painted_buffer.link_to(compare, 0, 1)
        compare.link_to(sink)
        graph.configure()
        frames = container.decode(picture)
        for number, data in enumerate(painted):
            pixels = np.frombuffer(data, np.uint8).reshape(-1, picture.width)
            pairs = ((film_buffer, next(frames)), (painted_buffer, _make_frame(pixels)))
            for buffer, frame in pairs:
                frame.pts, frame.time_base = number, base
                buffer.push(frame)
            _drain(sink)
        for buffer in (film_buffer, painted_buffer):
            buffer.push(None)
        _drain(sink)


def _make_frame(pixels: NDArray[np.uint8]) -> VideoFrame:
    return VideoFrame.from_ndarray(pixels, "yuv420p")


def _drain(sink: FilterContext) -> None:
    with suppress(NotReady, EOFError):
        while True:
            sink.pull()
