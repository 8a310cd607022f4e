"""A contact sheet: the demo song in every look and format, with lyrics and without.

`python -m tools.look_pictures.contact_sheet docs/looks.jpg` draws it with the painter that
makes films.
"""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from PIL import Image

from videos import demo
from videos.render.audio.analysis import Analysis, analyse
from videos.render.lyrics import Line, Word, parse
from videos.render.paint import Painter
from videos.render.scene import Look, Scene, VideoFormat
from videos.render.text import Typesetter, Weight

MOMENT = 37.0
"""Seconds: amid the first line of the chorus."""

HEIGHT, GAP, CAPTION = 360, 12, 44
"""Pixels of a still, of the room between two, and of a look's name above its own."""

GROUND, INK = (16, 16, 20), (236, 234, 240)
QUALITY = 86


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the sheet to the file that the command line names."""
    parser = argparse.ArgumentParser(description="Draw every look and format of a film.")
    parser.add_argument("output", type=Path, help="the JPEG to write")
    wanted = parser.parse_args(arguments)
    contact_sheet(_scene()).save(wanted.output, "JPEG", quality=QUALITY, optimize=True)


def contact_sheet(scene: Scene) -> Image.Image:
    """Return stills of a song in a row for each look, RGB."""
    analysis = analyse(scene.audio, scene.fps, lambda _: None)
    rows = [(look, list(_stills(replace(scene, look=look), analysis))) for look in Look]
    width = max(sum(still.width + GAP for still in stills) for _, stills in rows) + GAP
    sheet = Image.new("RGB", (width, len(rows) * (HEIGHT + CAPTION) + GAP), GROUND)
    for number, (look, stills) in enumerate(rows):
        top, left = number * (HEIGHT + CAPTION), GAP
        name = look.value.capitalize()
        Typesetter().draw(sheet, (left, top + CAPTION - 14), name, 22, Weight.BOLD, INK)
        for still in stills:
            sheet.paste(still, (left, top + CAPTION))
            left += still.width + GAP
    return sheet


def _stills(scene: Scene, analysis: Analysis) -> Iterator[Image.Image]:
    for lyrics in (scene.lyrics, ()):
        for form in (VideoFormat.WIDE, VideoFormat.SQUARE, VideoFormat.TALL):
            painter = Painter(replace(scene, format=form, lyrics=lyrics), analysis, scene.fps)
            still = painter.picture(round(MOMENT * scene.fps))
            width = round(still.width * HEIGHT / still.height)
            yield still.resize((width, HEIGHT), Image.Resampling.LANCZOS)


def _scene() -> Scene:
    """Return the demo song, its words spread evenly over their lines."""
    lines = parse(demo.LYRICS.read_text(encoding="utf-8"), 0)
    return Scene(
        demo.AUDIO,
        demo.COVER,
        tuple(map(_worded, lines)),
        demo.TITLE,
        demo.AUTHOR,
        demo.DOMAIN_NAME,
    )


def _worded(line: Line) -> Line:
    texts = line.text.split()
    step = (line.end - line.start) / len(texts)
    starts = [line.start + step * number for number in range(len(texts))]
    words = zip(starts, texts, strict=True)
    return replace(line, words=tuple(Word(start, start + step, text) for start, text in words))


if __name__ == "__main__":
    main()
