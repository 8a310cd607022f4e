"""Paints the frames of a film: a still stage, drawn once, and the parts that move on it.

Start at ``painter``. A look of ``looks/`` draws the stage and makes the moving parts, which are in
the modules named after what you see: ``bars``, ``ring``, ``oscilloscope``, ``halo``, ``timeline``,
``circular_timeline``, ``clock`` and ``lyrics_window``. ``palette`` chooses their two colours.
"""

from videos.render.paint.painter import Painter

__all__ = ["Painter"]
