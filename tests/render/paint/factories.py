"""Makes painters without a song, and the input of single frames."""

import atexit
import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import numpy as np
from PIL import Image, ImageOps

from tests.render.films import crop
from videos.render.audio.analysis import FRAME_DTYPE, Analysis
from videos.render.audio.spectrum import BANDS
from videos.render.audio.waveform import POINTS
from videos.render.lyrics import Line
from videos.render.options import FPS, RESOLUTION, Look, VideoFormat
from videos.render.paint import Painter
from videos.render.paint.interfaces import FrameInput
from videos.render.scene import Scene

NO_SONG = Path("no-song.mp3")


def make_painter(
    video_format: VideoFormat = VideoFormat.WIDE,
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
    is_cover_generated: bool = False,
    backdrop: tuple[Path, ...] = (),
    **style: Any,
) -> Painter:
    """Return a painter of a song whose levels and beats are all ``level``.

    Without a ``cover`` it has a small one, unless that ``is_cover_generated`` from the title.
    """
    rows = np.zeros(round(seconds * FPS), FRAME_DTYPE)
    rows["levels"] = rows["beat"][:, np.newaxis] = level
    scene = Scene(
        audio=NO_SONG,
        cover=None if is_cover_generated else cover or _small_cover(),
        backdrop=backdrop,
        lyrics=lyrics,
        title=title,
        author=author,
        domain_name=domain_name,
        format=video_format,
        look=look,
        resolution=resolution,
        section_tags=section_tags,
        **style,
    )
    return Painter(scene, Analysis(rows, seconds, 44100, "stereo"), FPS)


@cache
def _small_cover() -> Path:
    """Make a small cover once: a ramp from one colour to another."""
    folder = Path(mkdtemp(prefix="suno-portal-cover-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    ramp = Image.linear_gradient("L").resize((64, 64))
    ImageOps.colorize(ramp, (40, 30, 120), (250, 150, 90)).save(folder / "cover.png")
    return folder / "cover.png"


def make_frame_input(
    time: float = 3.0, level: float = 0.0, wave: np.ndarray | float = 0.0, beat: float = 0.0
) -> FrameInput:
    levels = np.full(BANDS, level, np.float32)
    line = np.zeros(POINTS, np.float32) + np.float32(wave)
    return FrameInput(time, levels, line, beat, levels)


def draw_first_part(painter: Painter, frame: FrameInput) -> np.ndarray:
    """Return the luma of the first moving part of a look, drawn for this frame."""
    part = painter.parts[0]
    part.draw(painter.canvas, frame)
    return crop(painter.canvas.planes.y, part.area)


def to_pixels(image: Image.Image) -> np.ndarray:
    return np.asarray(image, np.float32)


def changed_box(one: np.ndarray, other: np.ndarray) -> tuple[int, int, int, int] | None:
    """Return the box (left, top, right, bottom) outside of which two pictures are equal."""
    differs = one != other
    rows, columns = np.nonzero(differs[..., 0] | differs[..., 1] | differs[..., 2])
    if not len(rows):
        return None
    return (
        int(columns.min()),
        int(rows.min()),
        int(columns.max()) + 1,
        int(rows.max()) + 1,
    )
