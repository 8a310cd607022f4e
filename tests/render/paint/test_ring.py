import numpy as np
import pytest

from tests.render.paint.factories import draw_first_part, make_frame_input, make_painter
from videos.render.layout import get_layout
from videos.render.options import Look, VideoFormat


def sample_rays(luma: np.ndarray, inner: float, outer: float) -> np.ndarray:
    """Return the luma of a ring along each of 360 rays from its centre, as (degrees, radii)."""
    angles = np.radians(np.arange(360))[:, np.newaxis]
    radii = np.arange(inner, outer)
    centre = len(luma) / 2
    x = (centre + radii * np.sin(angles)).astype(int)
    y = (centre - radii * np.cos(angles)).astype(int)
    return luma[y, x]


@pytest.mark.parametrize("video_format", list(VideoFormat))
@pytest.mark.parametrize("level", [0.3, 1.0])
def test_bars_reach_as_far_out_as_their_level(video_format, level: float) -> None:
    box = get_layout(video_format, False, Look.ORBIT).visualiser
    painter = make_painter(video_format, look=Look.ORBIT)
    quiet = draw_first_part(painter, make_frame_input())
    loud = draw_first_part(painter, make_frame_input(level=level))
    ink = sample_rays(loud - quiet, box.inner_radius, box.outer_radius + 3)
    height = np.flatnonzero((ink > 40).any(axis=0)).max()
    assert height == pytest.approx(level * (box.outer_radius - box.inner_radius), abs=3)


def test_both_sides_are_alike_and_bass_is_below() -> None:
    painter = make_painter(look=Look.ORBIT)
    quiet = draw_first_part(painter, make_frame_input(time=0))
    loud = make_frame_input(time=0)
    loud.levels[:8] = 1
    ink = draw_first_part(painter, loud) - quiet
    rows = np.flatnonzero((ink > 40).any(axis=1))
    assert rows.min() > len(ink) / 2
    assert np.abs(ink - ink[:, ::-1]).mean() < 1


@pytest.mark.parametrize("share", [0.125, 0.25, 0.5, 0.8])
def test_the_knob_stands_where_the_song_is(share: float) -> None:
    painter = make_painter(look=Look.ORBIT, seconds=20)
    radius = get_layout(VideoFormat.WIDE, False, Look.ORBIT).time.line.width / 2
    luma = draw_first_part(painter, make_frame_input(time=20 * share))
    bright = (sample_rays(luma, radius - 24, radius) > 220).sum(axis=1)
    angle = np.flatnonzero(bright >= bright.max() - 1).mean()
    assert angle == pytest.approx(360 * share, abs=3)


def test_the_time_goes_round_as_if_drawn_at_once() -> None:
    stepping, leaping = (make_painter(look=Look.ORBIT, seconds=20) for _ in range(2))
    for time in np.arange(0, 12, 0.1):
        stepped = draw_first_part(stepping, make_frame_input(time=float(time)))
    assert (stepped == draw_first_part(leaping, make_frame_input(time=float(time)))).all()
