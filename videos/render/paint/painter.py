"""The painter: paints any frame of a film, for films, posters and previews alike."""

import numpy as np
from PIL import Image

from videos.render.audio.analysis import Analysis
from videos.render.layout import Layout, Rect, get_layout
from videos.render.options import TextSize
from videos.render.paint.accents import accentuate
from videos.render.paint.canvas import Canvas, Surface
from videos.render.paint.cover_file import limit_aspect, load_cover, scale_cover
from videos.render.paint.fade import Fade, dim
from videos.render.paint.generated_cover import generate_cover
from videos.render.paint.interfaces import FrameInput, LookContext, MovingPart
from videos.render.paint.looks import LOOKS
from videos.render.paint.palette import extract_palette
from videos.render.paint.yuv import Yuv, to_yuv
from videos.render.scene import Scene
from videos.render.text import TYPEFACES, Typesetter

# New values of the beat and of calm levels a second: few enough to cost little, enough to look
# smooth.
BEAT_RATE, CALM_RATE = 10, 15

WORD_SCALES = {TextSize.SMALL: 0.8, TextSize.MEDIUM: 1.0, TextSize.LARGE: 1.22}


class Painter:
    """Paints any frame of a film; frames in order are the fastest.

    The still stage is drawn once, in RGB. A frame changes only what is inside ``moving_areas``. The
    exceptions are the frames in ``fade_ranges`` and the first that is painted after one of them: in
    these the whole picture changes. After a fork every process has a painter of its own.
    """

    def __init__(self, scene: Scene, analysis: Analysis, fps: int) -> None:
        """Draw the stage. Raises ``CoverError`` if the cover cannot be used."""
        self.analysis = analysis
        self._fps = fps
        layout = get_layout(scene.format, bool(scene.lyrics), scene.look, scene.resolution)
        layout = layout.scale_words(WORD_SCALES[scene.text_size])
        picture = _make_cover(scene, layout)
        layout = layout.fit_card(limit_aspect(*picture.size))
        cover = scale_cover(picture, layout.cover.width, layout.cover.height)
        self.palette = accentuate(
            extract_palette(cover, scene.title), scene.accent, scene.second_accent
        )
        typesetter = Typesetter(TYPEFACES[scene.typeface])
        stage, self.parts, self.backdrop = LOOKS[scene.look](
            LookContext(
                scene,
                layout,
                cover,
                self.palette,
                analysis.duration,
                typesetter,
                picture,
                analysis,
            )
        )
        # A clip begins and ends in the midst of a song: it does not fade
        self._fade = Fade(0 if scene.clip else analysis.frames, fps)
        self._painted = -1  # the frame that is on the canvas
        self._undimmed: Surface | None = None  # the picture at full brightness, during a fade
        self.canvas = Canvas(layout.width, layout.height)
        self.canvas.paste(0, 0, to_yuv(stage))

    @property
    def moving_areas(self) -> tuple[Rect, ...]:
        """The rectangles outside of which nothing changes, except in a fade."""
        return tuple(part.area for part in self.parts)

    @property
    def areas_changing_in_place(self) -> tuple[Rect, ...]:
        """Those ``moving_areas`` whose pixels change in every frame without moving across it."""
        return tuple(part.area for part in self.parts if part.changes_in_place)

    @property
    def period(self) -> int | None:
        """The frames after which the backdrop repeats; None if it does not, or if there is none."""
        if self.backdrop is None or self.backdrop.period is None:
            return None
        return round(self.backdrop.period * self._fps)

    @property
    def fade_ranges(self) -> tuple[range, ...]:
        """The frames in which the whole picture changes."""
        return self._fade.ranges

    def paint(self, index: int, without: MovingPart | None = None) -> None:
        """Paint frame ``index`` on the canvas, ``without`` a part that nobody will look at."""
        held = self._fade.hold(index)
        if held != index and held == self._painted:
            return
        index, self._painted = held, -1 if without else held
        brightness = self._fade.brightness(index)
        surface = self._choose_surface(brightness)
        frame = self._frame_input(index)
        for part in self.parts:
            if part is not without:
                part.draw(surface, frame)
        if brightness < 1:
            self.canvas.paste(0, 0, dim(surface.planes, brightness))

    def paint_backdrop(self, index: int) -> None:
        """Paint nothing but the backdrop of frame ``index``, in its full light."""
        if self.backdrop:
            self._painted = -1
            self.backdrop.draw(self._choose_surface(1), self._frame_input(index))

    def paint_image(self, index: int) -> Image.Image:
        """Paint frame ``index`` and return it in RGB."""
        self.paint(index)
        return self.canvas.to_image()

    def _choose_surface(self, brightness: float) -> Surface:
        """Return what the parts draw on: the canvas, or in a fade a copy at full brightness."""
        if brightness < 1 and self._undimmed is None:
            self._undimmed = Surface(Yuv(*(plane.copy() for plane in self.canvas.planes)))
        elif brightness == 1 and self._undimmed is not None:
            self.canvas.paste(0, 0, self._undimmed.planes)
            self._undimmed = None
        return self._undimmed or self.canvas

    def _frame_input(self, index: int) -> FrameInput:
        last_beat, last_calm = (
            index - index % max(1, self._fps // rate) for rate in (BEAT_RATE, CALM_RATE)
        )
        first = min(last_beat, last_calm)
        rows = self.analysis.features[first : index + 1]
        levels, wave = (rows[name][-1].astype(np.float32) for name in ("levels", "wave"))
        calm_levels = rows["levels"][last_calm - first].astype(np.float32)
        beat = float(rows["beat"][last_beat - first])
        return FrameInput(index / self._fps, levels, wave, beat, calm_levels)


def _make_cover(scene: Scene, layout: Layout) -> Image.Image:
    side = max(*layout.cover[2:], *(layout.backdrop[2:] if layout.backdrop else ()))
    if scene.cover:
        return load_cover(scene.cover, side)
    return generate_cover(scene.title, side, scene.genre)
