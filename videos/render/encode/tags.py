"""What a film says of itself: the tags, the chapters and the picture inside its MP4."""

from fractions import Fraction
from io import BytesIO
from typing import NamedTuple

from videos.render.lyrics import Line
from videos.render.paint.artwork import load_cover
from videos.render.paint.drawn_cover import drawn_cover
from videos.render.scene import Scene

COVER_SIDE = 600
"""Pixels: more would only delay the first frame, before which the picture stands in the file."""

LONGEST_CHAPTER = 80  # characters
MOST_CHAPTERS = 200  # of the 255 that a player's list can hold

MILLISECONDS = Fraction(1, 1000)


class Chapter(NamedTuple):
    """A part of the film: when it begins and ends, in seconds, and what it is called."""

    start: float
    end: float
    title: str


def tags_of(scene: Scene) -> dict[str, str]:
    """Return the tags of the film, of characters that a tag can hold."""
    tags = {
        "title": scene.title,
        "artist": scene.author,
        "comment": f"Made with Suno {scene.model_name}" if scene.model_name else "",
        "description": scene.domain_name,
    }
    return {key: plain for key, text in tags.items() if (plain := _printable(text))}


def chapters_of(lines: tuple[Line, ...], duration: float) -> tuple[Chapter, ...]:
    """Return a chapter for each section of the lyrics, and one for what comes before the first.

    There are none where no section is named. The last ends with the film, after `duration`.
    """
    starts = [
        (line.start, title[:LONGEST_CHAPTER])
        for line in lines
        if line.start < duration and (title := _printable(line.section))
    ][:MOST_CHAPTERS]
    if starts and starts[0][0] > 0:
        starts.insert(0, (0.0, "Intro"))
    ends = [*(start for start, _ in starts[1:]), duration]
    return tuple(
        Chapter(start, end, title)
        for (start, title), end in zip(starts, ends, strict=False)
        if end > start
    )


def cover_of(scene: Scene) -> bytes:
    """Return the picture that lists show for the film, as a JPEG of `COVER_SIDE` square.

    Raises CoverError if the cover cannot be used.
    """
    if scene.cover:
        cover = load_cover(scene.cover, COVER_SIDE)
    else:
        cover = drawn_cover(scene.title, COVER_SIDE)
    target = BytesIO()
    cover.save(target, "JPEG", quality=85)
    return target.getvalue()


def _printable(text: str) -> str:
    return "".join(each if each.isprintable() else " " for each in text).strip()
