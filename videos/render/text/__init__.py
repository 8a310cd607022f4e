"""Setting lines of text in any script: measuring, fitting, wrapping, drawing, signing.

A line goes through `clusters` (what is one character), `bidi` (which way it runs), `runs` (which
face draws it) and `shaping` (where it stands); `typesetter` is what callers use.
"""

from videos.render.text.clusters import clean
from videos.render.text.faces import Weight
from videos.render.text.signature import signature
from videos.render.text.typesetter import Anchor, Colour, Typesetter

__all__ = ["Anchor", "Colour", "Typesetter", "Weight", "clean", "signature"]
