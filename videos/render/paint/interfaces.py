"""What painter and looks exchange: the context of a look, its moving parts, and a frame's input."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from videos.render.audio.features import Analysis
from videos.render.layout import Layout, Rect
from videos.render.paint.canvas import Surface
from videos.render.paint.palette import Palette
from videos.render.paint.yuv import Pixels
from videos.render.scene import Scene
from videos.render.text import Typesetter


class FrameInput(NamedTuple):
    """What a frame shows: its time in seconds, and of the sound at that time the levels of the
    bands and the strength of the beat, 0 to 1, and the oscilloscope's line, -127 to 127. The
    ``calm_levels`` are new 15 times a second only, for what may cost little.
    """

    time: float
    levels: NDArray[np.float32]
    wave: NDArray[np.float32]
    beat: float
    calm_levels: NDArray[np.float32]


class MovingPart(Protocol):
    """A part of the picture that moves. It remembers what it drew and redraws what has changed."""

    # The part never draws outside of this rectangle.
    area: Rect

    # Whether its pixels change in every frame without moving across the picture, as bars do.
    changes_in_place: bool

    def draw(self, surface: Surface, frame: FrameInput) -> None:
        """Draw the part as it is in this frame."""


class Backdrop(MovingPart, Protocol):
    """The part that shows moving pictures of the creator's own: nothing in it answers the sound."""

    @property
    def period(self) -> float | None:
        """The seconds after which its pixels repeat, None if they do not."""

    def prepare(self, on_wait: Callable[[], None]) -> None:
        """Make what all processes share, before they are forked. A single frame needs none.

        ``on_wait`` is called often.
        """


class StagedLook(NamedTuple):
    """What a look makes of its context: the still stage in RGB, and the parts that move on it.

    The ``backdrop`` is one of the parts.
    """

    stage: Pixels
    parts: tuple[MovingPart, ...]
    backdrop: Backdrop | None = None


@dataclass(frozen=True)
class LookContext:
    """What a look works with: ``cover`` is RGB and just covers its box in the layout, ``picture``
    is all of it; ``duration`` is in seconds.
    """

    scene: Scene
    layout: Layout
    cover: Image.Image
    palette: Palette
    duration: float
    typesetter: Typesetter
    picture: Image.Image
    analysis: Analysis
