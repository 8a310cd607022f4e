import numpy as np
import pytest

from tests.render.films import cut
from tests.render.paint.scenery import painter
from videos.render.layout import layout_for
from videos.render.scene import VideoFormat

PLACE = layout_for(VideoFormat.WIDE, False).time


@pytest.mark.parametrize("share", [0.05, 0.25, 0.5, 0.9])
def test_the_knob_stands_where_the_song_is(share: float) -> None:
    each = painter(seconds=20)
    each.paint(round(share * 600))
    line = cut(each.canvas.planes.y, PLACE.line)
    above = line[2:4].mean(axis=0)  # only the knob is so high
    columns = np.nonzero(above > 150)[0]
    assert columns.mean() / line.shape[1] == pytest.approx(share, abs=0.01)
