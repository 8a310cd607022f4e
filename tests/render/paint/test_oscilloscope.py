from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.render.paint.moments import drawn, moment
from tests.render.paint.scenery import painter
from videos.render.audio.waveform import FULL, POINTS
from videos.render.scene import Look, VideoFormat

SECONDS = 20


def added(now, form: VideoFormat = VideoFormat.WIDE, resolution: int = 720) -> np.ndarray:
    """Return what the line adds to the lightness of its place."""
    each = painter(form, look=Look.WAVE, seconds=SECONDS, resolution=resolution)
    ground = drawn(each, moment(time=now.time))
    dark = painter(form, look=Look.WAVE, seconds=SECONDS, resolution=resolution)
    area = dark._parts[0].area
    plane = dark.canvas.planes.y[area.y : area.bottom, area.x : area.right].astype(np.float32)
    assert ground.shape == plane.shape
    return drawn(each, now) - plane


@pytest.mark.parametrize("form", list(VideoFormat))
def test_silence_is_a_straight_line_with_a_knob_where_the_song_is(form) -> None:
    ink = added(moment(time=5), form)
    rows = np.flatnonzero(ink.max(axis=1) > 100)
    assert np.ptp(rows) < ink.shape[0] / 4
    assert rows.mean() == pytest.approx(ink.shape[0] / 2, abs=1.5)
    high = np.flatnonzero((ink > 100).sum(axis=0) > 8)
    assert high.mean() / ink.shape[1] == pytest.approx(0.25, abs=0.02)


def test_it_is_brighter_where_the_song_has_been() -> None:
    ink = added(moment(time=10)).sum(axis=0)
    assert ink[:600].mean() > 1.5 * ink[-560:].mean() > 0


@pytest.mark.parametrize("resolution", [720, 1080])
def test_the_loudest_sound_swings_far_and_stays_inside(resolution: int) -> None:
    wave = FULL * np.sin(np.arange(POINTS) / 5)
    ink = added(moment(time=10, wave=wave), resolution=resolution)
    rows = np.flatnonzero(ink.max(axis=1) > 100)
    assert np.ptp(rows) > ink.shape[0] / 2
    assert rows.min() > 0
    assert rows.max() < ink.shape[0] - 1


def test_it_comes_to_rest_at_both_ends() -> None:
    ink = added(moment(time=10, wave=np.full(POINTS, FULL)))
    for column in (0, -1):
        assert ink[:, column].argmax() == pytest.approx(ink.shape[0] / 2, abs=2)


def test_nothing_of_a_line_stays_in_the_next_frame() -> None:
    each = painter(look=Look.WAVE, seconds=SECONDS)
    before = drawn(each, moment(time=10))
    drawn(each, moment(time=10, wave=FULL * np.cos(np.arange(POINTS))))
    assert (drawn(each, moment(time=10)) == before).all()


def test_the_knob_is_white_to_its_edge(tmp_path: Path) -> None:
    """A red cover and a red line: what lies between them and white is red, and nothing else."""
    Image.new("RGB", (64, 64), (230, 40, 20)).save(tmp_path / "red.png")
    each = painter(look=Look.WAVE, seconds=SECONDS, cover=tmp_path / "red.png")
    area = each._parts[0].area
    drawn(each, moment(time=10))
    rows = slice(area.y // 2, area.bottom // 2)
    columns = slice((area.x + area.width // 2) // 2 - 8, (area.x + area.width // 2) // 2 + 8)
    assert each.canvas.planes.v[rows, columns].min() >= 127
    assert each.canvas.planes.u[rows, columns].max() <= 129


def test_the_light_ends_softly_at_the_knob() -> None:
    each = painter(look=Look.WAVE, seconds=SECONDS)
    ink = added(moment(time=10))
    middle, reach = ink.shape[1] // 2, each._parts[0]._reach
    above = ink[ink.shape[0] // 2 - 12, middle - 3 * reach : middle + reach]
    assert above.max() > 3
    assert np.abs(np.diff(above)).max() < above.max() / 2
