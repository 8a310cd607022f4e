"""One painter for films, posters and previews."""

import numpy as np
from PIL import Image

from videos.render.analysis import Analysis
from videos.render.colour import Pixels, palette, to_yuv
from videos.render.layout import Layout, Rect, layout_for
from videos.render.paint.artwork import load_cover
from videos.render.paint.background import background
from videos.render.paint.bars import Bars
from videos.render.paint.canvas import Canvas
from videos.render.paint.card import draw_card
from videos.render.paint.drawn import drawn_cover
from videos.render.paint.heading import draw_heading, draw_watermark
from videos.render.paint.lyrics_window import LyricsWindow
from videos.render.paint.timeline import Clock, TimeLine, draw_total
from videos.render.scene import Scene
from videos.render.text import Typesetter


class Painter:
    """Paints any frame of a film, quickest if they come in order.

    What stands still, the stage, is drawn once in RGB; a frame changes only what moves. After a
    fork every process has a painter of its own.
    """

    def __init__(self, scene: Scene, analysis: Analysis, fps: int) -> None:
        """Draw the stage. Raises CoverError if the cover cannot be used."""
        self._analysis = analysis
        self._fps = fps
        self._typesetter = Typesetter()
        self._layout = layout = layout_for(scene.format, with_lyrics=bool(scene.lyrics))
        side = layout.cover.width
        cover = load_cover(scene.cover, side) if scene.cover else drawn_cover(scene.title, side)
        self._palette = palette(cover)
        stage = self._stage(scene, layout, cover)
        pixels = np.asarray(stage, np.float32)
        self.canvas = Canvas(layout.width, layout.height)
        self.canvas.paste(0, 0, to_yuv(pixels))
        self._bars = Bars(layout.bars, pixels, self._palette)
        self._line = TimeLine(layout.time, pixels, self._palette, analysis.duration)
        self._clock = Clock(layout.time, stage, self._typesetter)
        self._lyrics = self._window(scene, layout, pixels)

    @property
    def moving(self) -> tuple[Rect, ...]:
        """Return the parts of the picture outside which nothing ever changes."""
        layout = self._layout
        parts = [layout.bars.area, layout.time.line, layout.time.elapsed]
        return (*parts, layout.lyrics.area) if layout.lyrics else tuple(parts)

    def paint(self, index: int) -> None:
        """Bring the canvas to frame `index`."""
        time = index / self._fps
        self._bars.draw(self.canvas, self._analysis.levels[index].astype(np.float32))
        self._line.draw(self.canvas, time)
        self._clock.draw(self.canvas, time)
        if self._lyrics:
            self._lyrics.draw(self.canvas, time)

    def picture(self, index: int) -> Image.Image:
        """Return frame `index` in RGB."""
        self.paint(index)
        return self.canvas.picture()

    def _stage(self, scene: Scene, layout: Layout, cover: Image.Image) -> Image.Image:
        """Return everything that stands still, in RGB."""
        pixels = background(cover, self._palette, layout.width, layout.height)
        stage = Image.fromarray(np.rint(pixels).astype(np.uint8))
        draw_card(stage, cover, layout, scene.author)
        draw_heading(
            stage, layout.heading, scene.title, scene.author, self._palette, self._typesetter
        )
        draw_total(stage, layout.time, self._analysis.duration, self._typesetter)
        size = round(layout.watermark.height * 0.7)
        draw_watermark(stage, layout.watermark, scene.domain_name, size, self._typesetter)
        return stage

    def _window(self, scene: Scene, layout: Layout, stage: Pixels) -> LyricsWindow | None:
        if layout.lyrics is None:
            return None
        return LyricsWindow(layout.lyrics, scene.lyrics, stage, self._typesetter)
