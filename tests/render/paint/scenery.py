"""A painter without a song: its levels are made up."""

import atexit
import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import numpy as np
from PIL import Image, ImageOps

from videos.render.audio.analysis import FRAME, Analysis
from videos.render.lyrics import Line
from videos.render.paint import Painter
from videos.render.scene import FPS, RESOLUTION, Look, Scene, VideoFormat

NO_SONG = Path("no-song.mp3")


def painter(
    form: VideoFormat = VideoFormat.WIDE,
    lyrics: tuple[Line, ...] = (),
    level: float = 0.5,
    seconds: float = 20,
    cover: Path | None = None,
    title: str = "Afterglow",
    author: str = "Mira Solène",
    domain_name: str = "music.example.com",
    look: Look = Look.GLOW,
    resolution: int = RESOLUTION,
    section_tags: bool = True,
    drawn: bool = False,
) -> Painter:
    """Return a painter; its cover is a small one unless another is given or one is `drawn`."""
    cover = None if drawn else cover or _cover()
    frames = round(seconds * FPS)
    heard = np.zeros(frames, FRAME)
    heard["levels"] = heard["beat"][:, np.newaxis] = level
    made_up = Scene(
        NO_SONG,
        cover,
        lyrics,
        title,
        author,
        domain_name,
        form,
        look,
        resolution,
        section_tags=section_tags,
    )
    return Painter(made_up, Analysis(heard, seconds, 44100, "stereo"), FPS)


@cache
def _cover() -> Path:
    """Make a small cover once: a ramp from one colour to another."""
    folder = Path(mkdtemp(prefix="suno-portal-cover-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    ramp = Image.linear_gradient("L").resize((64, 64))
    ImageOps.colorize(ramp, (40, 30, 120), (250, 150, 90)).save(folder / "cover.png")
    return folder / "cover.png"


def pixels(image: Image.Image) -> np.ndarray:
    return np.asarray(image, np.float32)


def changed(one: np.ndarray, other: np.ndarray) -> tuple[int, int, int, int] | None:
    """Return the box (left, top, right, bottom) outside of which two pictures are equal."""
    rows, columns = np.nonzero(np.abs(one - other).max(axis=2))
    if not len(rows):
        return None
    return (
        int(columns.min()),
        int(rows.min()),
        int(columns.max()) + 1,
        int(rows.max()) + 1,
    )
