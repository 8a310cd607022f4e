"""The stage and the moving parts of the look Stage."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.pairwise import one_in
from tests.render.paint.factories import make_painter
from tests.render.samples import lines
from videos.render.encode.splice.remembered import find_band
from videos.render.layout import LAYOUTS
from videos.render.options import Look, Resolution, VideoFormat


@pytest.mark.each_value
@pytest.mark.parametrize("video_format", list(VideoFormat))
@pytest.mark.parametrize("resolution", one_in(3, Resolution))
@pytest.mark.parametrize("count", [0, 3])
def test_its_pictures_can_be_encoded_by_themselves(video_format, resolution, count: int) -> None:
    painter = make_painter(
        video_format, look=Look.STAGE, resolution=resolution, lyrics=lines(count)
    )
    band = find_band(painter)
    assert band is not None
    assert painter.backdrop
    assert band.bottom >= painter.backdrop.area.bottom + 32


def test_the_cover_is_a_card_only_beside_other_pictures(tmp_path: Path) -> None:
    Image.new("RGB", (64, 40), "navy").save(tmp_path / "a.png")
    card = LAYOUTS[Look.STAGE][VideoFormat.WIDE, False].cover
    for backdrop, is_there in (((), False), ((tmp_path / "a.png",), True)):
        painter = make_painter(look=Look.STAGE, title="", author="", backdrop=backdrop)
        luma = painter.canvas.planes.y[card.y : card.bottom, card.x : card.right]
        assert (np.ptp(luma) > 60) == is_there
