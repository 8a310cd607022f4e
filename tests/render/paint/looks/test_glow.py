"""The stage and the moving parts of the look Glow."""

import numpy as np
import pytest

from tests.render.paint.factories import make_painter
from tests.render.samples import lines
from videos.render.options import Look, VideoFormat


def names_of(parts: object) -> list[str]:
    return [type(part).__name__ for part in parts]


def test_its_parts_are_drawn_in_their_order():
    assert names_of(make_painter(look=Look.GLOW).parts) == ["Halo", "Bars", "Timeline", "Clock"]
    with_lyrics = make_painter(look=Look.GLOW, lyrics=lines(3))
    assert names_of(with_lyrics.parts) == ["Halo", "Bars", "Timeline", "Clock", "LyricsWindow"]


@pytest.mark.parametrize("video_format", list(VideoFormat))
def test_no_part_leaves_the_picture(video_format):
    painter = make_painter(video_format, look=Look.GLOW, lyrics=lines(3))
    height, width = painter.canvas.planes.y.shape
    for area in painter.moving_areas:
        assert min(area.x, area.y) >= 0
        assert area.right <= width
        assert area.bottom <= height


def test_its_signature_is_in_the_picture_only_where_there_is_an_author():
    signed, bare = (
        np.asarray(make_painter(look=Look.GLOW, author=author, title="").canvas.planes.y, int)
        for author in ("Mira", "")
    )
    assert (np.abs(signed - bare) > 20).any()
