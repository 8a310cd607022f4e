"""No song makes the picture flash more often than three times a second."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.render.flashes import AREA, FlashMeter
from tests.render.samples import clicks, lines, scene, song, tone
from videos.render.audio.analysis import Analysis, analyse
from videos.render.paint import Painter
from videos.render.paint.colour import Yuv, to_yuv
from videos.render.scene import Look, VideoFormat

RATES = (4, 6, 8, 10)
SECONDS = 2
"""How long the hostile song keeps to each rate."""


def hostile() -> np.ndarray:
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
    return song(tmp_path_factory.mktemp("hostile") / "song.wav", hostile())


@pytest.fixture(scope="module")
def heard(audio: Path) -> Callable[[int], Analysis]:
    return cache(lambda fps: analyse(audio, fps, lambda _: None))


CASES = [(form, 30) for form in VideoFormat] + [(VideoFormat.WIDE, 60)]


@pytest.mark.parametrize("shade", ["white", "#e00000"])
@pytest.mark.parametrize("look", list(Look))
@pytest.mark.parametrize(("form", "fps"), CASES)
def test_a_hostile_song_does_not_flash(
    heard: Callable[[int], Analysis], audio: Path, tmp_path: Path, form, fps, look, shade: str
) -> None:
    Image.new("RGB", (64, 64), shade).save(tmp_path / "cover.png")
    wanted = replace(
        scene(audio, lyrics=lines(4)),
        cover=tmp_path / "cover.png",
        format=form,
        look=look,
        fps=fps,
    )
    painter, meter = Painter(wanted, heard(fps), fps), FlashMeter(fps)
    for index in range(heard(fps).frames):
        painter.paint(index)
        meter.look(painter.canvas.planes)
    assert meter.area < AREA / 2
    assert meter.red_area < AREA / 2


@pytest.mark.parametrize(("rate", "flashes"), [(2, False), (3, False), (4, True), (10, True)])
@pytest.mark.parametrize("colour", [(255, 255, 255), (255, 0, 0)])
def test_the_meter_sees_what_flashes(rate: int, flashes: bool, colour) -> None:
    meter = FlashMeter(30)
    light, dark = (to_yuv(np.full((16, 16, 3), shade, np.float32)) for shade in (colour, (0, 0, 0)))
    for index in range(90):
        meter.look(light if index / 30 * rate % 1 < 0.5 else dark)
    assert (meter.area == 1) == flashes
    assert (meter.red_area == 1) == (flashes and colour == (255, 0, 0))


def test_the_meter_lets_faint_changes_be() -> None:
    meter = FlashMeter(30)
    shades = [to_yuv(np.full((16, 16, 3), shade, np.float32)) for shade in (60.0, 90.0)]
    for index in range(90):
        meter.look(Yuv(*shades[index % 2]))
    assert meter.area == meter.red_area == 0
