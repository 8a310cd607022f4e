"""Encodes pictures in bands: each band has its own encoder, which is not used as long as nothing in
the band changes.
"""

from videos.render.encode.splice.bands import Band, cut_bands
from videos.render.encode.splice.fallback import FallbackEncoder, GroupEncoder
from videos.render.encode.splice.groups import Group, cut_groups, split_into_groups
from videos.render.encode.splice.remembered import Round, remember_round
from videos.render.encode.splice.splicer import Splicer

__all__ = [
    "Band",
    "FallbackEncoder",
    "Group",
    "GroupEncoder",
    "Round",
    "Splicer",
    "cut_bands",
    "cut_groups",
    "remember_round",
    "split_into_groups",
]
