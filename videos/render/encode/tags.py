"""Makes the tags, the chapters and the cover picture inside the MP4 of a film."""

import re
from fractions import Fraction
from io import BytesIO
from typing import NamedTuple

from PIL import Image, ImageOps

from videos.render.lyrics import Line
from videos.render.lyrics.section_labels import OPENING
from videos.render.paint.cover_file import limit_aspect, load_cover
from videos.render.paint.generated_cover import generate_cover
from videos.render.scene import Scene
from videos.render.text import single_line

# Pixels of its longer side: more would only delay the first frame, which comes after this picture
# in the file.
COVER_SIDE = 600
CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
MAX_CHAPTER_TITLE = 80  # characters
MAX_CHAPTERS = 200  # of the 255 that a player's list can hold
MILLISECONDS = Fraction(1, 1000)


class Chapter(NamedTuple):
    """A part of the film: its start and end in seconds, and its title."""

    start: float
    end: float
    title: str


def make_tags(scene: Scene) -> dict[str, str]:
    """Return the tags of the film, without characters that a tag cannot hold."""
    tags = {
        "title": scene.title,
        "artist": scene.author,
        "comment": f"Made with Suno {scene.model_name}" if scene.model_name else scene.comment,
        "description": scene.domain_name,
    }
    return {key: line for key, text in tags.items() if (line := _printable_line(text))}


def make_chapters(
    lines: tuple[Line, ...], duration: float, opening: str = OPENING
) -> tuple[Chapter, ...]:
    """Return a chapter for each section of the lyrics, and ``opening`` for what comes before them.

    There are none if no section has a name. The last one ends with the film, at ``duration``
    seconds.
    """
    starts = [
        (line.start, title)
        for line in lines
        if line.start < duration and (title := _printable_line(line.section, MAX_CHAPTER_TITLE))
    ][:MAX_CHAPTERS]
    if starts and starts[0][0] > 0:
        starts.insert(0, (0.0, opening))
    ends = [*(start for start, _ in starts[1:]), duration]
    return tuple(
        Chapter(start, end, title)
        for (start, title), end in zip(starts, ends, strict=False)
        if end > start
    )


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


def _printable_line(text: str, max_length: int | None = None) -> str:
    """Return ``text`` on one line, with a space where a control character parted two words."""
    return single_line(CONTROLS.sub(" ", text), max_length)
