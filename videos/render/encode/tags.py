"""Makes the tags, the chapters and the cover picture inside the MP4 of a film."""

from fractions import Fraction
from io import BytesIO
from typing import NamedTuple

from PIL import Image, ImageOps

from videos.render.lyrics.chapters import Chapter, make_chapters, printable_line
from videos.render.paint.cover_file import limit_aspect, load_cover
from videos.render.paint.generated_cover import generate_cover
from videos.render.scene import Scene

__all__ = ["Chapter", "CoverPicture", "make_chapters", "make_cover", "make_tags"]

# Pixels of its longer side: more would only delay the first frame, which comes after this picture
# in the file.
COVER_SIDE = 600
MILLISECONDS = Fraction(1, 1000)


def make_tags(scene: Scene) -> dict[str, str]:
    """Return the tags of the film, without characters that a tag cannot hold."""
    tags = {
        "title": scene.title,
        "artist": scene.author,
        "comment": f"Made with Suno {scene.model_name}" if scene.model_name else scene.comment,
        "description": scene.domain_name,
    }
    return {key: line for key, text in tags.items() if (line := printable_line(text))}


class CoverPicture(NamedTuple):
    """A JPEG, and its size in pixels."""

    jpeg: bytes
    width: int
    height: int


def make_cover(scene: Scene) -> CoverPicture:
    """Return the picture that file lists show for the film, ``COVER_SIDE`` pixels long.

    Raises CoverError if the cover cannot be used.
    """
    if scene.cover:
        cover = _scale(load_cover(scene.cover, COVER_SIDE))
    else:
        cover = generate_cover(scene.title, COVER_SIDE, scene.genre)
    target = BytesIO()
    cover.save(target, "JPEG", quality=85)
    return CoverPicture(target.getvalue(), *cover.size)


def _scale(cover: Image.Image) -> Image.Image:
    """Return the cover with a longer side of ``COVER_SIDE`` pixels."""
    aspect = limit_aspect(*cover.size)
    size = round(COVER_SIDE * min(1, aspect)), round(COVER_SIDE * min(1, 1 / aspect))
    return ImageOps.fit(cover, size, Image.Resampling.LANCZOS)
