import numpy as np
import pytest

from videos.render.backdrops.flash_meter import MAX_AREA, FlashMeter
from videos.render.paint.yuv import to_yuv


@pytest.mark.parametrize(("rate", "flashes"), [(2, False), (5, True)])
def test_a_meter_of_few_pixels_sees_what_flashes(rate: int, flashes: bool) -> None:
    meter = FlashMeter(30, step=2)
    for frame in range(60):
        level = 255 if frame * rate // 15 % 2 else 0
        meter.add_frame(to_yuv(np.full((16, 16, 3), level, np.float32)))
    assert (meter.area > MAX_AREA) == flashes
