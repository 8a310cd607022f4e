"""The pictures of a film: a still stage, and the few parts that move on it."""

from videos.render.paint.painter import Painter

__all__ = ["Painter"]
