"""Draws a contact sheet: the demo song in every look and format, with lyrics and without.

``python -m tools.look_pictures.contact_sheet docs/looks.jpg`` uses the painter of the films.
"""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from PIL import Image

from videos import demo
from videos.render.audio.analysis import Analysis, analyse
from videos.render.lyrics import Line, Word, parse
from videos.render.options import Look, VideoFormat
from videos.render.paint import Painter
from videos.render.scene import Scene
from videos.render.text import Typesetter, Weight

TIME = 37.0  # seconds: in the first line of the chorus

# Heights of a still, of the gap between two, and of the name of a look above its stills, in pixels.
HEIGHT, GAP, CAPTION = 360, 12, 44

BACKGROUND, TEXT_COLOUR = (16, 16, 20), (236, 234, 240)
QUALITY = 82


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the sheet to the file that is named on the command line."""
    parser = argparse.ArgumentParser(description="Draw every look and format of a film.")
    parser.add_argument("output", type=Path, help="the JPEG to write")
    args = parser.parse_args(arguments)
    draw_contact_sheet(_demo_scene()).save(args.output, "JPEG", quality=QUALITY, optimize=True)


def draw_contact_sheet(scene: Scene) -> Image.Image:
    """Return stills of a song, RGB: a row for each look."""
    analysis = analyse(scene.audio, scene.fps, lambda _: None)
    rows = [(look, list(_draw_stills(replace(scene, look=look), analysis))) for look in Look]
    width = max(sum(still.width + GAP for still in stills) for _, stills in rows) + GAP
    sheet = Image.new("RGB", (width, len(rows) * (HEIGHT + CAPTION) + GAP), BACKGROUND)
    for number, (look, stills) in enumerate(rows):
        top, left = number * (HEIGHT + CAPTION), GAP
        name = look.value.capitalize()
        Typesetter().draw(sheet, (left, top + CAPTION - 14), name, 22, Weight.BOLD, TEXT_COLOUR)
        for still in stills:
            sheet.paste(still, (left, top + CAPTION))
            left += still.width + GAP
    return sheet


def _draw_stills(scene: Scene, analysis: Analysis) -> Iterator[Image.Image]:
    for lyrics in (scene.lyrics, ()):
        for video_format in (VideoFormat.WIDE, VideoFormat.SQUARE, VideoFormat.TALL):
            painter = Painter(
                replace(scene, format=video_format, lyrics=lyrics), analysis, scene.fps
            )
            still = painter.paint_image(round(TIME * scene.fps))
            width = round(still.width * HEIGHT / still.height)
            yield still.resize((width, HEIGHT), Image.Resampling.LANCZOS)


def _demo_scene() -> Scene:
    """Return the demo song with times of words, spread evenly over their lines."""
    lines = parse(demo.LYRICS.read_text(encoding="utf-8"), 0)
    return Scene(
        demo.AUDIO,
        demo.COVER,
        tuple(map(_add_words, lines)),
        demo.TITLE,
        demo.AUTHOR,
        demo.DOMAIN_NAME,
    )


def _add_words(line: Line) -> Line:
    texts = line.text.split()
    step = (line.end - line.start) / len(texts)
    starts = [line.start + step * number for number in range(len(texts))]
    words = zip(starts, texts, strict=True)
    return replace(line, words=tuple(Word(start, start + step, text) for start, text in words))


if __name__ == "__main__":
    main()
