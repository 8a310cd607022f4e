"""The layouts of the look Stage."""

import pytest

from videos.render.layout.stage import STAGE, STILL_ROWS
from videos.render.options import VideoFormat


@pytest.mark.parametrize(("key", "layout"), STAGE.items())
def test_below_the_pictures_rows_are_still(key, layout) -> None:
    pictures = layout.backdrop
    assert (pictures.x, pictures.y, pictures.width) == (0, 0, layout.width)
    assert pictures.height % 16 == 0
    moving = [layout.visualiser.area, layout.time.line, layout.time.elapsed]
    moving += [layout.lyrics.area] if layout.lyrics else []
    assert min(area.y for area in moving) >= pictures.bottom + STILL_ROWS
    assert layout.cover.y >= pictures.bottom


@pytest.mark.parametrize("video_format", list(VideoFormat))
def test_without_lyrics_the_pictures_are_larger(video_format) -> None:
    small, large = (STAGE[video_format, with_lyrics].backdrop for with_lyrics in (True, False))
    assert large.height > small.height
