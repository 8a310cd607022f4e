"""The looks in bands: decoded together, they are what each band is alone, pixel by pixel."""

from dataclasses import replace

import pytest

from tests.render.encode.splice.test_splicer import Recorder, check_bands, header, recorders
from tests.render.samples import lines, music, scene, song
from videos.render.audio.analysis import Analysis, analyse
from videos.render.encode.splice import Splicer, groups_of
from videos.render.paint import Painter
from videos.render.scene import FPS, Look, Scene, VideoFormat

__all__ = ["recorders"]

SECONDS = 5


@pytest.fixture(scope="module")
def heard(tmp_path_factory: pytest.TempPathFactory) -> tuple[Scene, Analysis]:
    audio = song(tmp_path_factory.mktemp("song") / "song.wav", music(SECONDS))
    return scene(audio, lyrics=lines(SECONDS, 1)), analyse(audio, FPS, lambda _: None)


@pytest.mark.parametrize("look", list(Look))
@pytest.mark.parametrize("form", list(VideoFormat))
def test_a_look_stays_in_its_bands(
    recorders: list[Recorder], heard: tuple[Scene, Analysis], look: Look, form: VideoFormat
) -> None:
    plain, analysis = heard
    painter = Painter(replace(plain, look=look, format=form), analysis, FPS)
    whole = header(painter.canvas.frame.width, painter.canvas.frame.height)
    splicer = Splicer(painter, FPS, whole)
    bright = [
        group for group in groups_of(analysis.frames, painter.fades, 300) if not group.is_whole
    ]
    check_bands(splicer, recorders, bright, whole)


@pytest.mark.parametrize("look", list(Look))
@pytest.mark.parametrize("form", list(VideoFormat))
@pytest.mark.parametrize("resolution", [720, 1080])
def test_bands_pay(
    heard: tuple[Scene, Analysis], look: Look, form: VideoFormat, resolution: int
) -> None:
    """What is still for most of the time lies in other bands than what always moves."""
    plain, analysis = heard
    wanted = replace(plain, look=look, format=form, resolution=resolution)
    painter = Painter(wanted, analysis, FPS)
    height = painter.canvas.frame.height
    bands = Splicer(
        painter, FPS, header(painter.canvas.frame.width, painter.canvas.frame.height)
    ).bands
    rows = 0
    for index in range(40, 100):
        painter.paint(index)
        touched = painter.canvas.take_touched()
        rows += sum(
            band.bottom - band.top for band in bands if any(map(band.meets, touched)) and index > 40
        )
    assert len(bands) > 1
    assert rows / (59 * height) < 0.95
