"""The looks: each draws its stage and says which parts move on it."""

from collections.abc import Callable

from videos.render.paint.looks.glow import glow
from videos.render.paint.looks.orbit import orbit
from videos.render.paint.looks.wave import wave
from videos.render.paint.parts import Given, Staged
from videos.render.scene import Look

__all__ = ["LOOKS"]

LOOKS: dict[Look, Callable[[Given], Staged]] = {
    Look.GLOW: glow,
    Look.ORBIT: orbit,
    Look.WAVE: wave,
}
