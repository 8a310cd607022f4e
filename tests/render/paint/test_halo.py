import numpy as np

from tests.render.paint.factories import draw_first_part, make_frame_input, make_painter
from videos.render.layout.glow import HALO


def test_the_stronger_the_beat_the_brighter_the_light() -> None:
    painter = make_painter()
    beats = (0.0, 0.5, 1.0)
    lights = [draw_first_part(painter, make_frame_input(beat=beat)).mean() for beat in beats]
    assert lights[0] + 1 < lights[1] < lights[2] - 1


def test_the_cover_itself_stays_as_it_is() -> None:
    painter = make_painter()
    dark, light = (draw_first_part(painter, make_frame_input(beat=beat)) for beat in (0.0, 1.0))
    changed = np.abs(light - dark) > 1
    corner = 30
    assert not changed[HALO + corner : -HALO - corner, HALO + 2 : -HALO - 2].any()
    assert changed[len(changed) // 2, HALO - 3]
    assert not changed[:, 0].any()
    assert not changed[0].any()


def test_it_is_drawn_again_only_when_it_changes() -> None:
    painter = make_painter()
    draw_first_part(painter, make_frame_input(beat=0.5))
    painter.canvas.pop_dirty_rects()
    draw_first_part(painter, make_frame_input(beat=0.5001))
    assert painter.canvas.pop_dirty_rects() == []
