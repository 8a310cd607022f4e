"""One painter for films, posters and previews."""

import numpy as np
from PIL import Image

from videos.render.audio.analysis import Analysis
from videos.render.layout import Layout, Rect, layout_for
from videos.render.paint.artwork import load_cover
from videos.render.paint.canvas import Canvas, Sheet
from videos.render.paint.colour import Yuv, palette, to_yuv
from videos.render.paint.drawn_cover import drawn_cover
from videos.render.paint.fade import Fade, dimmed
from videos.render.paint.looks import LOOKS
from videos.render.paint.parts import Given, Moment
from videos.render.scene import Scene
from videos.render.text import Typesetter

BREATHS = 10
"""How often a second the beat is told: slow enough to cost little, quick enough to seem smooth."""


class Painter:
    """Paints any frame of a film, quickest if they come in order.

    What stands still, the stage, is drawn once in RGB; a frame changes only what moves, which is
    inside of `moving`, except in the frames of `fades`, at both ends of the film: in them, and in
    the first that is painted after one of them, the whole picture changes. After a fork every
    process has a painter of its own.
    """

    def __init__(self, scene: Scene, analysis: Analysis, fps: int) -> None:
        """Draw the stage. Raises CoverError if the cover cannot be used."""
        self._analysis = analysis
        self._fps = fps
        layout = layout_for(scene.format, bool(scene.lyrics), scene.look, scene.resolution)
        cover = _cover(scene, layout)
        self._palette = palette(cover)
        given = Given(scene, layout, cover, self._palette, analysis.duration, Typesetter())
        stage, self._parts = LOOKS[scene.look](given)
        self._fade = Fade(analysis.frames, fps)
        self._lit: Sheet | None = None
        self.canvas = Canvas(layout.width, layout.height)
        self.canvas.paste(0, 0, to_yuv(stage))

    @property
    def moving(self) -> tuple[Rect, ...]:
        """Return the parts of the picture outside which nothing changes but in a fade."""
        return tuple(part.area for part in self._parts)

    @property
    def changing_in_place(self) -> tuple[Rect, ...]:
        """Return those of them that change in every frame and yet do not travel."""
        return tuple(part.area for part in self._parts if part.changes_in_place)

    @property
    def fades(self) -> tuple[range, ...]:
        """Return the frames in which the whole picture changes."""
        return self._fade.ranges

    def paint(self, index: int) -> None:
        """Bring the canvas to frame `index`."""
        brightness = self._fade.brightness(index)
        sheet = self._sheet(brightness)
        moment = self._moment(index)
        for part in self._parts:
            part.draw(sheet, moment)
        if brightness < 1:
            self.canvas.paste(0, 0, dimmed(sheet.planes, brightness))

    def picture(self, index: int) -> Image.Image:
        """Return frame `index` in RGB."""
        self.paint(index)
        return self.canvas.picture()

    def _sheet(self, brightness: float) -> Sheet:
        """Return what parts are drawn on: in a fade a copy, which keeps its full light."""
        if brightness < 1 and self._lit is None:
            self._lit = Sheet(Yuv(*(plane.copy() for plane in self.canvas.planes)))
        elif brightness == 1 and self._lit is not None:
            self.canvas.paste(0, 0, self._lit.planes)
            self._lit = None
        return self._lit or self.canvas

    def _moment(self, index: int) -> Moment:
        last_breath = index - index % max(1, self._fps // BREATHS)
        since = self._analysis.heard[last_breath : index + 1]
        levels, wave = (since[name][-1].astype(np.float32) for name in ("levels", "wave"))
        return Moment(index / self._fps, levels, wave, float(since["beat"][0]))


def _cover(scene: Scene, layout: Layout) -> Image.Image:
    side = max(layout.cover.width, layout.cover.height)
    return load_cover(scene.cover, side) if scene.cover else drawn_cover(scene.title, side)
