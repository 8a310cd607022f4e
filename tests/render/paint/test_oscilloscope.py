from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.render.films import crop
from tests.render.paint.factories import draw_first_part, make_frame_input, make_painter
from videos.render.audio.waveform import FULL_SCALE, POINTS
from videos.render.options import Look, VideoFormat

SECONDS = 20


def draw_line(
    frame, video_format: VideoFormat = VideoFormat.WIDE, resolution: int = 720
) -> np.ndarray:
    """Return what the line adds to the luma of its area."""
    painter = make_painter(video_format, look=Look.WAVE, seconds=SECONDS, resolution=resolution)
    resting = draw_first_part(painter, make_frame_input(time=frame.time))
    bare = make_painter(video_format, look=Look.WAVE, seconds=SECONDS, resolution=resolution)
    ground = crop(bare.canvas.planes.y, bare.parts[0].area)
    assert resting.shape == ground.shape
    return draw_first_part(painter, frame) - ground


@pytest.mark.parametrize("video_format", list(VideoFormat))
def test_silence_is_a_straight_line_with_a_knob_where_the_song_is(video_format) -> None:
    ink = draw_line(make_frame_input(time=5), video_format)
    rows = np.flatnonzero(ink.max(axis=1) > 100)
    assert np.ptp(rows) < ink.shape[0] / 4
    assert rows.mean() == pytest.approx(ink.shape[0] / 2, abs=1.5)
    high = np.flatnonzero((ink > 100).sum(axis=0) > 8)
    assert high.mean() / ink.shape[1] == pytest.approx(0.25, abs=0.02)


def test_it_is_brighter_where_the_song_has_been() -> None:
    ink = draw_line(make_frame_input(time=10)).sum(axis=0)
    assert ink[:600].mean() > 1.5 * ink[-560:].mean() > 0


@pytest.mark.parametrize("resolution", [720, 1080])
def test_the_loudest_sound_swings_far_and_stays_inside(resolution: int) -> None:
    wave = FULL_SCALE * np.sin(np.arange(POINTS) / 5)
    ink = draw_line(make_frame_input(time=10, wave=wave), resolution=resolution)
    rows = np.flatnonzero(ink.max(axis=1) > 100)
    assert np.ptp(rows) > ink.shape[0] / 2
    assert rows.min() > 0
    assert rows.max() < ink.shape[0] - 1


def test_it_comes_to_rest_at_both_ends() -> None:
    ink = draw_line(make_frame_input(time=10, wave=np.full(POINTS, FULL_SCALE)))
    for column in (0, -1):
        assert ink[:, column].argmax() == pytest.approx(ink.shape[0] / 2, abs=2)


def test_nothing_of_a_line_stays_in_the_next_frame() -> None:
    painter = make_painter(look=Look.WAVE, seconds=SECONDS)
    silence = make_frame_input(time=10)
    before = draw_first_part(painter, silence)
    draw_first_part(painter, make_frame_input(time=10, wave=FULL_SCALE * np.cos(np.arange(POINTS))))
    assert (draw_first_part(painter, silence) == before).all()


def test_the_knob_is_white_to_its_edge(tmp_path: Path) -> None:
    """On a red cover with a red line everything between them and white is red."""
    Image.new("RGB", (64, 64), (230, 40, 20)).save(tmp_path / "red.png")
    painter = make_painter(look=Look.WAVE, seconds=SECONDS, cover=tmp_path / "red.png")
    area = painter.parts[0].area
    draw_first_part(painter, make_frame_input(time=10))
    rows = slice(area.y // 2, area.bottom // 2)
    columns = slice((area.x + area.width // 2) // 2 - 8, (area.x + area.width // 2) // 2 + 8)
    assert painter.canvas.planes.v[rows, columns].min() >= 127
    assert painter.canvas.planes.u[rows, columns].max() <= 129


def test_the_light_ends_softly_at_the_knob() -> None:
    reach = make_painter(look=Look.WAVE, seconds=SECONDS).parts[0].reach
    ink = draw_line(make_frame_input(time=10))
    middle = ink.shape[1] // 2
    above = ink[ink.shape[0] // 2 - 12, middle - 3 * reach : middle + reach]
    assert above.max() > 3
    assert np.abs(np.diff(above)).max() < above.max() / 2
