"""What a moving ground is to those who show it, above the words or behind them."""

from collections.abc import Callable
from typing import NamedTuple, Protocol

from videos.render.paint.yuv import Yuv


class View(NamedTuple):
    """What a ground shows at a time: equal views are equal pictures."""

    first: int
    first_at: int = 0
    second: int = -1
    second_at: int = 0
    share: int = 0  # of the second picture, 0 to 128


class Window(NamedTuple):
    """Where a ground is seen: the even size in pixels, and which share of a picture is seen at
    least where it fills the window. ``finish`` makes what is shown of the pixels in the window.
    With ``drifts_across`` pictures move to the sides only: then no vector leaves their band.
    Pictures are darkened as a whole to a mean luma of at most ``max_brightness``, 0 to 255.
    """

    size: tuple[int, int]
    min_seen: float
    finish: Callable[[Yuv], Yuv]
    drifts_across: bool = False
    max_brightness: float = 255.0


class MovingGround(Protocol):
    """A picture that moves by the time alone: nothing in it answers the sound."""

    @property
    def period(self) -> float | None:
        """The seconds after which it repeats, None if it does not."""

    def view(self, time: float) -> View:
        """Return what is seen ``time`` seconds after the start of the film."""

    def picture(self, view: View) -> Yuv:
        """Return the pixels of a view, in the size of the ground's window."""

    def prepare(self, on_wait: Callable[[], None]) -> None:
        """Make what all processes share, before they are forked. A single frame needs none.

        ``on_wait`` is called often.
        """
