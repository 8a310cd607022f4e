"""Backdrops: the creator's own pictures and looping videos, as moving parts of a picture."""

from videos.render.paint.backdrop.calm import CalmPart
from videos.render.paint.backdrop.interfaces import Window
from videos.render.paint.backdrop.overlay import Overlay
from videos.render.paint.backdrop.part import BackdropPart, MeltingEdge
from videos.render.paint.backdrop.shade import Shade
from videos.render.paint.backdrop.sources import make_ground

__all__ = ["BackdropPart", "CalmPart", "MeltingEdge", "Overlay", "Shade", "Window", "make_ground"]
