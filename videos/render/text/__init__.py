"""Typesetting of lines in any script: measuring, fitting, wrapping, drawing, and signatures.

A line is processed by ``clusters`` (grapheme clusters), ``bidi`` (direction), ``runs`` (itemization
and font fallback) and ``shaping`` (positions); callers use ``Typesetter``.
"""

from videos.render.text.clusters import clean
from videos.render.text.faces import TYPEFACES, Weight
from videos.render.text.plain import single_line
from videos.render.text.signature import render_signature
from videos.render.text.typesetter import Anchor, Colour, Typesetter

__all__ = [
    "TYPEFACES",
    "Anchor",
    "Colour",
    "Typesetter",
    "Weight",
    "clean",
    "render_signature",
    "single_line",
]
