"""The layouts of the look Kinetic."""

import pytest

from videos.render.layout.kinetic import KINETIC


@pytest.mark.parametrize(("key", "layout"), KINETIC.items())
def test_the_words_are_the_picture(key, layout):
    words = layout.lyrics.area if layout.lyrics else layout.heading.area
    assert words.width * words.height >= 0.12 * layout.width * layout.height
    for other in (layout.cover, layout.visualiser.area):
        assert other.width * other.height < words.width * words.height or not layout.lyrics


@pytest.mark.parametrize(("key", "layout"), KINETIC.items())
def test_bars_are_whole_and_clocks_stand_below_the_ends_of_the_timeline(key, layout):
    assert layout.visualiser.area.width % layout.visualiser.pitch == 0
    line, time = layout.time.line, layout.time
    assert (time.elapsed.x, time.total.right) == (line.x, line.right)
