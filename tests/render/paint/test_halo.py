import numpy as np

from tests.render.paint.moments import drawn, moment
from tests.render.paint.scenery import painter
from videos.render.layout.glow import HALO


def test_the_stronger_the_beat_the_brighter_the_light() -> None:
    each = painter()
    lights = [drawn(each, moment(beat=beat)).mean() for beat in (0.0, 0.5, 1.0)]
    assert lights[0] + 1 < lights[1] < lights[2] - 1


def test_the_cover_itself_stays_as_it_is() -> None:
    each = painter()
    dark, light = (drawn(each, moment(beat=beat)) for beat in (0.0, 1.0))
    changed = np.abs(light - dark) > 1
    corner = 30
    assert not changed[HALO + corner : -HALO - corner, HALO + 2 : -HALO - 2].any()
    assert changed[len(changed) // 2, HALO - 3]
    assert not changed[:, 0].any()
    assert not changed[0].any()


def test_it_is_drawn_again_only_when_it_changes() -> None:
    each = painter()
    drawn(each, moment(beat=0.5))
    each.canvas.take_touched()
    drawn(each, moment(beat=0.5001))
    assert each.canvas.take_touched() == []
