"""What looks are composed of: parts that move, each told what is heard at a moment."""

from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from videos.render.layout import Layout, Rect
from videos.render.paint.canvas import Sheet
from videos.render.paint.colour import Palette, Pixels
from videos.render.scene import Scene
from videos.render.text import Typesetter


class Moment(NamedTuple):
    """A time in seconds and what is heard then: the levels of the bands and the strength of the
    beat, 0 to 1, and the line of an oscilloscope, -127 to 127.
    """

    time: float
    levels: NDArray[np.float32]
    wave: NDArray[np.float32]
    beat: float


class Part(Protocol):
    """Something that moves. It keeps what it drew last and touches only what has changed."""

    area: Rect
    """Outside of it the part never draws."""

    changes_in_place: bool
    """Whether it changes in every frame and yet does not travel over the picture."""

    def draw(self, sheet: Sheet, moment: Moment) -> None:
        """Bring the part to a moment."""


class Staged(NamedTuple):
    """A look at work: what stands still, in RGB, and the parts that move on it."""

    stage: Pixels
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Given:
    """What a look has to work with; the cover is RGB and as large as the layout has it."""

    scene: Scene
    layout: Layout
    cover: Image.Image
    palette: Palette
    duration: float
    typesetter: Typesetter
