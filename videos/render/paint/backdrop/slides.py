"""Pictures of the creator's own: each drifts slowly, and dissolves into the next one."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import pairwise
from math import ceil, floor
from pathlib import Path

import numpy as np
from PIL import Image

from videos.render.covers.reading import read_picture
from videos.render.paint.backdrop.drift import RATE, step_size, swing, take_window
from videos.render.paint.backdrop.fit import Fit, choose_fit, crop, lay_on_soft_copy
from videos.render.paint.backdrop.interfaces import View, Window
from videos.render.paint.yuv import LUMA_WEIGHTS, OPAQUE, Yuv, mix_pictures, to_yuv

SPARE = 1.12  # the side of a picture along which it drifts, as a share of the window's, at least
MAX_LENGTH = 1.5  # the same, at most
MAX_STEPS = 120  # of a single picture, which then drifts back
DISSOLVE = 8 / RATE  # seconds, half of them before the cut
EPSILON = 1e-6


class Slides:
    """Shows pictures one after the other, again and again: a ``MovingGround``."""

    def __init__(
        self,
        pictures: Sequence[Path | Image.Image],
        window: Window,
        cuts: Sequence[float],
        duration: float,
    ) -> None:
        """Prepare for a film of ``duration`` seconds in which the next picture comes at each of the
        ``cuts``. Of one picture there are none.
        """
        self._pictures, self._window = pictures, window
        self._cuts = list(cuts)
        self._spans = list(pairwise([0.0, *self._cuts, duration]))
        self._step = step_size(*window.size)
        self._sheets: dict[int, Yuv] = {}

    @property
    def period(self) -> float | None:
        """The seconds in which a single picture drifts there and back."""
        if self._cuts:
            return None
        reach = min(sum(self._room(0)), MAX_STEPS * self._step)
        return 2 * ceil(reach / self._step) / RATE

    def prepare(self, on_wait: Callable[[], None]) -> None:
        """Load all pictures that are seen."""
        for number in range(min(len(self._pictures), len(self._spans))):
            self._sheet(number)
            on_wait()

    def view(self, time: float) -> View:
        """Return which pictures are seen, and how far, in pixels, each of them has drifted."""
        time = floor(time * RATE + EPSILON) / RATE
        number = bisect_right(self._cuts, time + EPSILON)
        for before in (number - 1, number):
            if 0 <= before < len(self._cuts) and abs(time - self._cuts[before]) < DISSOLVE / 2:
                share = (time - self._cuts[before]) / DISSOLVE + 0.5
                one, other = (self._picture_at(each, time) for each in (before, before + 1))
                return View(*one, *other, round(share * OPAQUE))
        return View(*self._picture_at(number, time))

    def picture(self, view: View) -> Yuv:
        """Return the pixels of a view."""
        shown = self._look_at(view.first, view.first_at)
        if view.share:
            shown = mix_pictures(shown, self._look_at(view.second, view.second_at), view.share)
        return self._window.finish(shown)

    def _picture_at(self, number: int, time: float) -> tuple[int, int]:
        """Return the picture in the span with this number, and where its window is at a time."""
        picture = number % len(self._pictures)
        start, end = self._spans[number]
        if self._cuts:
            start, end = start - DISSOLVE / 2, end + DISSOLVE / 2
            max_steps = ceil((end - start) * RATE)
        else:
            max_steps = MAX_STEPS
        room = sum(self._room(picture))
        reach = min(room, max_steps * self._step) // self._step * self._step
        steps = floor(time * RATE + EPSILON) - floor(start * RATE + EPSILON)
        place = swing(max(0, steps) * self._step, reach)
        return picture, (room - reach) // 2 + (reach - place if number % 2 else place)

    def _look_at(self, picture: int, at: int) -> Yuv:
        width, height = self._window.size
        across, _ = self._room(picture)
        x, y = (at, 0) if across else (0, at)
        return take_window(self._sheet(picture), x, y, width, height)

    def _room(self, picture: int) -> tuple[int, int]:
        """Return how far a window can move across and down: one of them is 0."""
        tall, wide = self._sheet(picture).y.shape
        return wide - self._window.size[0], tall - self._window.size[1]

    def _sheet(self, picture: int) -> Yuv:
        """Return a picture that is larger than the window in one direction."""
        if picture not in self._sheets:
            source = self._pictures[picture]
            if isinstance(source, Path):
                source = read_picture(source, 2 * max(self._window.size))
            self._sheets[picture] = make_sheet(source, self._window)
        return self._sheets[picture]


def make_sheet(image: Image.Image, window: Window) -> Yuv:
    """Return an RGB picture that fills a window, with room to drift in one direction: in that which
    shows more of it.
    """
    width, height = window.size
    fit = choose_fit(image.size, window.size, window.min_seen, SPARE)
    is_across = image.width * height > image.height * width
    if window.drifts_across and not is_across and not fit.is_whole:
        wide = width + _room(width)
        fit, is_across = Fit(wide, -(-fit.height * wide // fit.width // 2) * 2, False), True
    scaled = image.resize((fit.width, fit.height), Image.Resampling.LANCZOS)
    pixels = np.asarray(scaled, np.float32)
    brightness = float((pixels @ LUMA_WEIGHTS).mean())
    planes = to_yuv(pixels * np.float32(min(1.0, window.max_brightness / max(1.0, brightness))))
    if fit.is_whole:
        # Along the side that it fills there is nothing beyond it: it drifts along the other
        room = (0, _room(height)) if is_across else (_room(width), 0)
        return lay_on_soft_copy(planes, width + room[0], height + room[1])
    if is_across:
        return crop(planes, min(fit.width, round(width * MAX_LENGTH / 2) * 2), height)
    return crop(planes, width, min(fit.height, round(height * MAX_LENGTH / 2) * 2))


def _room(side: int) -> int:
    return round(side * (SPARE - 1) / 2) * 2
