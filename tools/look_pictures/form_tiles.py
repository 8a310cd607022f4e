"""Draws the pictures of the looks for the choice in the form.

``python -m tools.look_pictures.form_tiles`` writes them to ``static/img/``; they are committed.
"""

from pathlib import Path

from PIL import Image

from videos import demo
from videos.render.film import render_still
from videos.render.lyrics import parse
from videos.render.options import Look
from videos.render.scene import Scene

FOLDER = Path(__file__).resolve().parents[2] / "static" / "img"
SIZE = (480, 270)
TIME = 44.0  # seconds: the chorus


def main() -> None:
    """Draw one frame of the demo song in each look."""
    lyrics = parse(demo.LYRICS.read_text(encoding="utf-8"), 0)
    for look in Look:
        scene = Scene(demo.AUDIO, demo.COVER, lyrics, demo.TITLE, demo.AUTHOR, look=look)
        tile = render_still(scene, TIME).resize(SIZE, Image.Resampling.LANCZOS)
        tile.save(FOLDER / f"look-{look}.jpg", quality=82, optimize=True, progressive=True)


if __name__ == "__main__":
    main()
