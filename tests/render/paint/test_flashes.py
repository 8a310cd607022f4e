"""No song makes the picture flash more often than three times a second."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.render.samples import clicks, lines, scene, tone, write_song
from videos.render.audio.analysis import Analysis, analyse
from videos.render.backdrops.flash_meter import MAX_AREA, FlashMeter
from videos.render.options import Look, VideoFormat
from videos.render.paint import Painter
from videos.render.paint.yuv import Yuv, to_yuv

RATES = (4, 6, 8, 10)  # clicks in a second
SECONDS = 2  # that the hostile song has each rate


def make_hostile_samples() -> np.ndarray:
    """Clicks and full-scale bass, both switched on and off at each of the rates."""
    parts = []
    for rate in RATES:
        noise = clicks(SECONDS, list(np.arange(0, SECONDS, 1 / rate)))
        time = np.arange(len(noise)) / 44100
        bass = tone(SECONDS, hertz=60, volume=1.0) * (time * rate % 1 < 0.5)
        parts.append((noise + bass).clip(-1, 1))
    return np.concatenate(parts)


@pytest.fixture(scope="module")
def audio(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_song(tmp_path_factory.mktemp("hostile") / "song.wav", make_hostile_samples())


@pytest.fixture(scope="module")
def analyse_at(audio: Path) -> Callable[[int], Analysis]:
    return cache(lambda fps: analyse(audio, fps, lambda _: None))


CASES = [
    *[(VideoFormat.WIDE, 30), (VideoFormat.TALL, 30)],
    pytest.param(VideoFormat.SQUARE, 30, marks=pytest.mark.nightly),
    pytest.param(VideoFormat.WIDE, 60, marks=pytest.mark.nightly),
]


@pytest.mark.each_value
@pytest.mark.parametrize("colour", ["white", "#e00000"])
@pytest.mark.parametrize("look", list(Look))
@pytest.mark.parametrize(("video_format", "fps"), CASES)
def test_a_hostile_song_does_not_flash(
    analyse_at: Callable[[int], Analysis],
    audio: Path,
    tmp_path: Path,
    video_format,
    fps,
    look,
    colour: str,
) -> None:
    Image.new("RGB", (64, 64), colour).save(tmp_path / "cover.png")
    hostile_scene = replace(
        scene(audio, lyrics=lines(4)),
        cover=tmp_path / "cover.png",
        format=video_format,
        look=look,
        fps=fps,
    )
    analysis = analyse_at(fps)
    painter, meter = Painter(hostile_scene, analysis, fps), FlashMeter(fps)
    for index in range(analysis.frames):
        painter.paint(index)
        meter.add_frame(painter.canvas.planes)
    assert meter.area < MAX_AREA / 2
    assert meter.red_area < MAX_AREA / 2


@pytest.mark.parametrize(("rate", "flashes"), [(2, False), (3, False), (4, True), (10, True)])
@pytest.mark.parametrize("colour", [(255, 255, 255), (255, 0, 0)])
def test_the_meter_sees_what_flashes(rate: int, flashes: bool, colour) -> None:
    meter = FlashMeter(30)
    light, dark = (to_yuv(np.full((16, 16, 3), rgb, np.float32)) for rgb in (colour, (0, 0, 0)))
    for index in range(90):
        meter.add_frame(light if index / 30 * rate % 1 < 0.5 else dark)
    assert (meter.area == 1) == flashes
    assert (meter.red_area == 1) == (flashes and colour == (255, 0, 0))


def test_the_meter_lets_faint_changes_be() -> None:
    meter = FlashMeter(30)
    frames = [to_yuv(np.full((16, 16, 3), grey, np.float32)) for grey in (60.0, 90.0)]
    for index in range(90):
        meter.add_frame(Yuv(*frames[index % 2]))
    assert meter.area == meter.red_area == 0
