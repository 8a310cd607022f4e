"""Chooses what moves in a window: a looping video, or pictures; of no backdrop the cover."""

import numpy as np
from numpy.typing import NDArray

from videos.render.audio.file_tables import iterate_chunks
from videos.render.backdrops.cuts import plan_cuts
from videos.render.paint.backdrop.interfaces import MovingGround, Window
from videos.render.paint.backdrop.loop import Loop
from videos.render.paint.backdrop.slides import Slides
from videos.render.paint.interfaces import LookContext

LOOP_SUFFIX = ".mp4"


def make_ground(context: LookContext, window: Window) -> MovingGround:
    """Return what moves in a window.

    Raises InputError if a picture or a video cannot be used.
    """
    scene = context.scene
    if scene.backdrop and scene.backdrop[0].suffix == LOOP_SUFFIX:
        return Loop(scene.backdrop[0], window)
    pictures = scene.backdrop or (context.picture,)
    cuts = plan_cuts(context.duration, len(pictures), _read_beats(context), scene.fps, scene.lyrics)
    return Slides(pictures, window, cuts, context.duration)


def _read_beats(context: LookContext) -> NDArray[np.floating]:
    """Return the strength of the beat in each frame."""
    return np.concatenate([rows["beat"] for rows in iterate_chunks(context.analysis.features)])
