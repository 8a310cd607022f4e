"""The layouts of the look Drift."""

import pytest

from videos.render.layout.drift import DRIFT
from videos.render.layout.stage import STAGE


@pytest.mark.parametrize(("key", "layout"), DRIFT.items())
def test_the_pictures_fill_the_frame_and_the_words_are_larger_than_elsewhere(key, layout) -> None:
    assert layout.backdrop == (0, 0, layout.width, layout.height)
    if layout.lyrics:
        assert layout.lyrics.font_size > STAGE[key].lyrics.font_size
