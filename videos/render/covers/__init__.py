"""Covers: which pictures are taken, and how each becomes one that is upright, opaque and sRGB."""

from videos.render.covers.formats import ACCEPT, FORMAT_NAMES, FORMATS
from videos.render.covers.reading import MAX_PIXELS, read_picture

__all__ = ["ACCEPT", "FORMATS", "FORMAT_NAMES", "MAX_PIXELS", "read_picture"]
