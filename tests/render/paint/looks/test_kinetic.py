"""The stage and the moving parts of the look Kinetic."""

import numpy as np
import pytest

from tests.render.paint.factories import make_painter
from tests.render.samples import lines
from videos.render.options import Look, VideoFormat


def names_of(parts: object) -> list[str]:
    return [type(part).__name__ for part in parts]


def test_its_parts_are_the_same_with_lyrics_and_without():
    names = ["Bars", "Timeline", "Clock", "KineticWords"]
    assert names_of(make_painter(look=Look.KINETIC).parts) == names
    assert names_of(make_painter(look=Look.KINETIC, lyrics=lines(3)).parts) == names


@pytest.mark.parametrize("video_format", list(VideoFormat))
def test_no_part_leaves_the_picture(video_format):
    painter = make_painter(video_format, look=Look.KINETIC, lyrics=lines(3))
    height, width = painter.canvas.planes.y.shape
    for area in painter.moving_areas:
        assert min(area.x, area.y) >= 0
        assert area.right <= width
        assert area.bottom <= height


def test_without_lyrics_its_cover_is_signed():
    signed, bare = (
        np.asarray(make_painter(look=Look.KINETIC, author=author).canvas.planes.y, int)
        for author in ("Mira", "")
    )
    assert (np.abs(signed - bare) > 20).any()
