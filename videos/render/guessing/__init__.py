"""Guesses when untimed lines are sung, from what is heard: where somebody begins to time them.

No guess is good enough to light a line as the one that is sung: its lines stay marked as guessed.
"""

from videos.render.guessing.placement import guess_lines

__all__ = ["guess_lines"]
