"""The moving picture of the look Drift, and the words on it."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.render.films import crop
from tests.render.paint.factories import make_painter
from tests.render.samples import lines
from videos.render.layout import LAYOUTS
from videos.render.options import Look, VideoFormat

MIN_CONTRAST = 4.5


def contrast_with_white(luma: np.ndarray) -> float:
    grey = (np.percentile(luma, 98) - 16) / 219
    return 1.05 / (grey**2.2 + 0.05)


@pytest.mark.parametrize("video_format", list(VideoFormat))
@pytest.mark.parametrize("with_lyrics", [True, False])
def test_on_a_white_picture_every_text_can_be_read(
    tmp_path: Path, video_format, with_lyrics: bool
) -> None:
    Image.new("RGB", (64, 64), "white").save(tmp_path / "white.png")
    texts = make_painter(
        video_format,
        look=Look.DRIFT,
        lyrics=lines(3) if with_lyrics else (),
        backdrop=(tmp_path / "white.png",),
    )
    layout = LAYOUTS[Look.DRIFT][video_format, with_lyrics]
    texts.paint(30)
    planes = texts.canvas.planes.y
    areas = [layout.heading.area, layout.time.elapsed, layout.time.total]
    areas += [layout.lyrics.area] if layout.lyrics else []
    for area in areas:
        edge = area._replace(x=area.x - 10, width=8)  # beside the letters, where the ground is seen
        assert contrast_with_white(crop(planes, edge)) >= MIN_CONTRAST


def test_the_whole_picture_moves_as_one_part() -> None:
    painter = make_painter(look=Look.DRIFT, lyrics=lines(3))
    (area,) = painter.moving_areas
    assert (area.width, area.height) == (1280, 720)
    assert painter.period is None


def test_a_frame_does_not_depend_on_those_before(tmp_path: Path) -> None:
    one, other = (make_painter(look=Look.DRIFT, lyrics=lines(3)) for _ in range(2))
    for index in range(50, 62):
        one.paint(index)
        other.canvas.pop_dirty_rects()
    assert one.paint_image(61) == other.paint_image(61)
