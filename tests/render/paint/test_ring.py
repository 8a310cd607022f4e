import numpy as np
import pytest

from tests.render.paint.moments import drawn, moment
from tests.render.paint.scenery import painter
from videos.render.layout import layout_for
from videos.render.scene import Look, VideoFormat

FORMS = list(VideoFormat)


def rays(luma: np.ndarray, inner: float, outer: float) -> np.ndarray:
    """Return how light a ring is along each of 360 rays from its middle: (degrees, radii)."""
    angles = np.radians(np.arange(360))[:, np.newaxis]
    radii = np.arange(inner, outer)
    middle = len(luma) / 2
    x = (middle + radii * np.sin(angles)).astype(int)
    y = (middle - radii * np.cos(angles)).astype(int)
    return luma[y, x]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("level", [0.3, 1.0])
def test_bars_reach_as_far_out_as_their_level(form, level: float) -> None:
    place = layout_for(form, False, Look.ORBIT).heard
    each = painter(form, look=Look.ORBIT)
    quiet = drawn(each, moment())
    ink = rays(drawn(each, moment(level=level)) - quiet, place.inner, place.outer + 3)
    reached = np.flatnonzero((ink > 40).any(axis=0)).max()
    assert reached == pytest.approx(level * (place.outer - place.inner), abs=3)


def test_both_sides_are_alike_and_bass_is_below() -> None:
    each = painter(look=Look.ORBIT)
    quiet = drawn(each, moment(time=0))
    loud = moment(time=0)
    loud.levels[:8] = 1
    ink = drawn(each, loud) - quiet
    rows = np.flatnonzero((ink > 40).any(axis=1))
    assert rows.min() > len(ink) / 2
    assert np.abs(ink - ink[:, ::-1]).mean() < 1


@pytest.mark.parametrize("share", [0.125, 0.25, 0.5, 0.8])
def test_the_knob_stands_where_the_song_is(share: float) -> None:
    each = painter(look=Look.ORBIT, seconds=20)
    place = layout_for(VideoFormat.WIDE, False, Look.ORBIT)
    radius = place.time.line.width / 2
    luma = drawn(each, moment(time=20 * share))
    bright = (rays(luma, radius - 24, radius) > 220).sum(axis=1)
    angle = np.flatnonzero(bright >= bright.max() - 1).mean()
    assert angle == pytest.approx(360 * share, abs=3)


def test_the_time_goes_round_as_if_drawn_at_once() -> None:
    step, leap = (painter(look=Look.ORBIT, seconds=20) for _ in range(2))
    for time in np.arange(0, 12, 0.1):
        stepped = drawn(step, moment(time=float(time)))
    assert (stepped == drawn(leap, moment(time=float(time)))).all()
