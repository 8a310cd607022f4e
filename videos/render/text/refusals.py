"""What a face cannot draw although it has the glyphs: learned as it fails, for the next faces.

FreeType gives up on outlines that overflow its rasterizer, raqm on a run without any glyph, Pillow
on runs of too many pixels. The typesetter refuses such a text of such a face and sets its line
again: a cluster then gets the next face, and a longer run is drawn cluster by cluster.
"""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from unicodedata import name

from PIL import Image

from videos.render.text.faces import Face

logger = logging.getLogger(__name__)

MAX_REFUSED = 10_000  # texts; the typesetter learns them again where there are more
DRAWING_ERRORS = (OSError, ValueError, OverflowError, MemoryError, Image.DecompressionBombError)

_refused: set[tuple[str, str]] = set()  # font files and texts


class UndrawableText(Exception):
    """A face cannot draw a text."""

    def __init__(self, face: Face, text: str) -> None:
        super().__init__(f"{face.file} cannot draw {text!r}.")
        self.face, self.text = face, text


@contextmanager
def drawing(face: Face, text: str) -> Iterator[None]:
    """Raise UndrawableText for any error of Pillow's as it measures or draws ``text``."""
    try:
        yield
    except DRAWING_ERRORS as error:
        raise UndrawableText(face, text) from error


def is_refused(face: Face, text: str) -> bool:
    """Return whether ``face`` has failed to draw ``text``."""
    return (face.file, text) in _refused


def refuse(error: UndrawableText) -> None:
    """Remember and log what a face cannot draw."""
    if len(_refused) >= MAX_REFUSED:
        _refused.clear()
    _refused.add((error.face.file, error.text))
    logger.warning(
        "%s cannot draw %s: %s", error.face.file, describe(error.text[:20]), error.__cause__
    )


def describe(characters: Iterable[str]) -> str:
    """Return characters by their code points and names."""
    return ", ".join(f"U+{ord(c):04X} {name(c, 'unnamed')}" for c in characters)
