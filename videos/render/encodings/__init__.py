"""Tells in which encoding bytes were written, by a detector and by how natural the text is."""

from videos.render.encodings.detection import Reading, rank_readings
from videos.render.encodings.mojibake import mend_mojibake
from videos.render.encodings.names import ENCODINGS, Encoding, find_encoding, unknown_encoding

__all__ = [
    "ENCODINGS",
    "Encoding",
    "Reading",
    "find_encoding",
    "mend_mojibake",
    "rank_readings",
    "unknown_encoding",
]
