"""The looks in bands: decoded together, they are what each band is alone, pixel by pixel."""

from dataclasses import replace

import pytest

from tests.pairwise import one_in
from tests.render.encode.splice.test_splicer import RecordingEncoder, check_bands, header, recorders
from tests.render.samples import lines, music, scene, write_song
from videos.render.audio.analysis import Analysis, analyse
from videos.render.encode.splice import Splicer, split_into_groups
from videos.render.options import FPS, Look, VideoFormat
from videos.render.paint import Painter
from videos.render.scene import Scene

__all__ = ["recorders"]

SECONDS = 5


@pytest.fixture(scope="module")
def analysed_song(tmp_path_factory: pytest.TempPathFactory) -> tuple[Scene, Analysis]:
    audio = write_song(tmp_path_factory.mktemp("song") / "song.wav", music(SECONDS))
    return scene(audio, lyrics=lines(SECONDS, 1)), analyse(audio, FPS, lambda _: None)


@pytest.mark.each_value
@pytest.mark.parametrize("look", one_in(2, Look))
@pytest.mark.parametrize("form", list(VideoFormat))
def test_a_look_stays_in_its_bands(
    recorders: list[RecordingEncoder],
    analysed_song: tuple[Scene, Analysis],
    look: Look,
    form: VideoFormat,
) -> None:
    film_scene, analysis = analysed_song
    painter = Painter(replace(film_scene, look=look, format=form), analysis, FPS)
    film_header = header(painter.canvas.frame.width, painter.canvas.frame.height)
    splicer = Splicer(painter, FPS, film_header)
    bright = [
        group
        for group in split_into_groups(analysis.frames, painter.fade_ranges, 300)
        if not group.is_fade
    ]
    check_bands(splicer, recorders, bright, film_header)


@pytest.mark.each_value
@pytest.mark.parametrize("look", [look for look in Look if look != Look.DRIFT])
@pytest.mark.parametrize("form", list(VideoFormat))
@pytest.mark.parametrize("resolution", [720, 1080])
def test_bands_are_worth_it(
    analysed_song: tuple[Scene, Analysis], look: Look, form: VideoFormat, resolution: int
) -> None:
    """Areas that are still most of the time are in other bands than those that always move."""
    film_scene, analysis = analysed_song
    changed = replace(film_scene, look=look, format=form, resolution=resolution)
    painter = Painter(changed, analysis, FPS)
    height = painter.canvas.frame.height
    bands = Splicer(
        painter, FPS, header(painter.canvas.frame.width, painter.canvas.frame.height)
    ).bands
    rows = 0
    for index in range(40, 100):
        painter.paint(index)
        dirty_rects = painter.canvas.pop_dirty_rects()
        rows += sum(
            band.bottom - band.top
            for band in bands
            if any(map(band.overlaps, dirty_rects)) and index > 40
        )
    assert len(bands) > 1
    assert rows / (59 * height) < 0.95
