"""Encoding a picture in bands that rest: each has an encoder of its own, which is left alone as
long as nothing in the band changes.
"""

from videos.render.splice.bands import Band, bands_around
from videos.render.splice.splicer import Splicer

__all__ = ["Band", "Splicer", "bands_around"]
