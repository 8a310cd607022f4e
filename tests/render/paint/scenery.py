"""A painter without a song: its levels are made up."""

import atexit
import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import numpy as np
from PIL import Image, ImageOps

from tests.render.samples import scene
from videos.render.analysis import Analysis
from videos.render.lyrics import Line
from videos.render.paint import Painter
from videos.render.scene import FPS, VideoFormat
from videos.render.spectrum import BANDS
from videos.render.waveform import POINTS

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
) -> Painter:
    cover = cover or _cover()
    frames = round(seconds * FPS)
    levels = np.full((frames, BANDS), level, np.float16)
    waves = np.zeros((frames, POINTS), np.int8)
    made_up = scene(
        NO_SONG,
        cover=cover,
        lyrics=lyrics,
        title=title,
        author=author,
        domain_name=domain_name,
        form=form,
    )
    return Painter(made_up, Analysis(levels, waves, levels[:, 0], seconds, 44100, "stereo"), FPS)


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
