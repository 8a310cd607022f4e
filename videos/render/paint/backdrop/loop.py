"""A video that is played again and again."""

from collections.abc import Callable
from math import floor
from pathlib import Path

import numpy as np
from av.video.frame import VideoFrame
from av.video.reformatter import Interpolation, VideoReformatter
from numpy.typing import NDArray

from videos.render.audio.file_tables import FileTable, create_table
from videos.render.backdrops.loop_film import RATE, LoopFilm
from videos.render.paint.backdrop.fit import choose_fit, crop, lay_on_soft_copy
from videos.render.paint.backdrop.interfaces import View, Window
from videos.render.paint.canvas import read_planes
from videos.render.paint.yuv import Yuv

EPSILON = 1e-6


class Loop:
    """Shows a video that ``convert_loop`` has made: a ``MovingGround``."""

    def __init__(self, path: Path, window: Window) -> None:
        """Open the video. Raises BackdropError if it cannot be used."""
        self._film = LoopFilm(path)
        self._window = window
        self._fit = choose_fit(self._film.size, window.size, window.min_seen)
        self._scaler = VideoReformatter()
        self._stored: FileTable | None = None
        self.period = self._film.frames / RATE

    def prepare(self, on_wait: Callable[[], None]) -> None:
        """Store all frames as they are shown, in a file that all processes share."""
        width, height = self._window.size
        stored = create_table(np.dtype((np.void, height * 3 // 2 * width)))
        for number in range(self._film.frames):
            stored.append(_pack(self._make(number)))
            on_wait()
        self._stored = stored

    def view(self, time: float) -> View:
        """Return the number of the frame that is seen."""
        return View(floor(time * RATE + EPSILON) % self._film.frames)

    def picture(self, view: View) -> Yuv:
        """Return the pixels of a frame."""
        if self._stored is None:
            return self._make(view.first)
        return _unpack(self._stored[view.first : view.first + 1], *self._window.size)

    def _make(self, number: int) -> Yuv:
        """Return a frame as it is shown."""
        width, height = self._window.size
        scaled = self._scale(self._film.read(number))
        fill = lay_on_soft_copy if self._fit.is_whole else crop
        return self._window.finish(fill(scaled, width, height))

    def _scale(self, frame: VideoFrame) -> Yuv:
        width, height, _ = self._fit
        scaled = self._scaler.reformat(
            frame, width, height, "yuv420p", interpolation=Interpolation.AREA, threads=1
        )
        return read_planes(scaled)


def _pack(picture: Yuv) -> NDArray[np.void]:
    """Return a picture as one row of a table."""
    pixels = np.concatenate([plane.ravel() for plane in picture])
    return pixels.view(f"V{len(pixels)}")


def _unpack(row: NDArray[np.void], width: int, height: int) -> Yuv:
    """Return the picture of that even size in a row."""
    luma, chroma = width * height, width * height // 4
    y, u, v = np.split(row.view(np.uint8), [luma, luma + chroma])
    half = height // 2, width // 2
    return Yuv(y.reshape(height, width), u.reshape(half), v.reshape(half))
