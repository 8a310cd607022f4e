"""Encoding a picture in bands that rest: each has an encoder of its own, which is left alone as
long as nothing in the band changes.
"""

from videos.render.encode.splice.bands import Band, bands_around
from videos.render.encode.splice.groups import Group, groups_of
from videos.render.encode.splice.splicer import Splicer

__all__ = ["Band", "Group", "Splicer", "bands_around", "groups_of"]
