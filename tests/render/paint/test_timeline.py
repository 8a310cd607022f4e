import numpy as np
import pytest

from tests.render.films import crop
from tests.render.paint.factories import make_painter
from videos.render.layout import get_layout
from videos.render.options import VideoFormat

BOX = get_layout(VideoFormat.WIDE, False).time


@pytest.mark.parametrize("share", [0.05, 0.25, 0.5, 0.9])
def test_the_knob_stands_where_the_song_is(share: float) -> None:
    painter = make_painter(seconds=20)
    painter.paint(round(share * 600))
    line = crop(painter.canvas.planes.y, BOX.line)
    above = line[2:4].mean(axis=0)  # only the knob is so high
    columns = np.nonzero(above > 150)[0]
    assert columns.mean() / line.shape[1] == pytest.approx(share, abs=0.01)
