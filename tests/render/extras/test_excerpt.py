"""An excerpt shows and plays what the film does."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.render.films import count_samples, read_lumas
from tests.render.samples import lines, music, scene, write_song
from videos.render.audio.analysis import load_or_analyse
from videos.render.audio.analysis_cache import AnalysisCache
from videos.render.clips import Clip, parse_clip
from videos.render.errors import AudioError, RenderError
from videos.render.extras.excerpt import SMALL_CANVAS, render_excerpt
from videos.render.extras.looping_canvas import CanvasPainter
from videos.render.options import VideoFormat
from videos.render.paint import Painter
from videos.render.paint.yuv import Plane
from videos.render.scene import Scene

SECONDS = 0.5


@pytest.fixture(scope="module")
def song(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_song(tmp_path_factory.mktemp("excerpt") / "song.wav", music(3))


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> AnalysisCache:
    return AnalysisCache(tmp_path_factory.mktemp("cache"), 10_000_000)


def painted(film_scene: Scene, cache: AnalysisCache, index: int) -> Plane:
    analysis, _ = load_or_analyse(film_scene.audio, film_scene.fps, cache, lambda fraction: None)
    painter = Painter(film_scene, analysis, film_scene.fps)
    painter.paint(index)
    return painter.canvas.planes.y


def test_its_frames_and_its_sound_are_those_of_the_film(
    song: Path, cache: AnalysisCache, tmp_path: Path
) -> None:
    film_scene = scene(song, lyrics=lines(3), form=VideoFormat.SQUARE)
    output = tmp_path / "excerpt.mp4"
    passage = render_excerpt(film_scene, output, cache, SECONDS)
    frames = list(read_lumas(output))
    assert len(frames) == passage.last - passage.first == SECONDS * 30
    for index in (0, len(frames) - 1):
        expected = painted(film_scene, cache, passage.first + index)
        assert np.abs(frames[index].astype(np.int16) - expected).mean() < 2
    assert abs(count_samples(output) - SECONDS * 44100) < 2048
    assert [path.name for path in tmp_path.iterdir()] == ["excerpt.mp4"]


def test_of_a_clip_it_shows_a_part_of_the_clip(
    song: Path, cache: AnalysisCache, tmp_path: Path
) -> None:
    film_scene = replace(scene(song, form=VideoFormat.SQUARE), clip=Clip(0.2, 2.5))
    passage = render_excerpt(film_scene, tmp_path / "excerpt.mp4", cache, SECONDS)
    assert (passage.first, passage.last) == (0, 6)


def test_of_a_canvas_it_shows_all_in_small(
    cache: AnalysisCache, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(CanvasPainter, "frames", 5)
    canvas = replace(scene(tmp_path / "not-needed.mp3"), clip=parse_clip("canvas"))
    output = tmp_path / "excerpt.mp4"
    assert render_excerpt(canvas, output, cache, SECONDS).last == 5
    assert [frame.shape for frame in read_lumas(output)] == [SMALL_CANVAS[::-1]] * 5


def test_what_cannot_be_used_is_an_error_and_leaves_no_file(
    cache: AnalysisCache, tmp_path: Path
) -> None:
    (tmp_path / "song.mp3").write_bytes(b"no song")
    output = tmp_path / "excerpt.mp4"
    with pytest.raises(AudioError):
        render_excerpt(scene(tmp_path / "song.mp3"), output, cache, SECONDS)
    assert not output.exists()


def test_a_folder_that_is_not_there_is_an_error(song: Path, cache: AnalysisCache) -> None:
    with pytest.raises(RenderError, match="could not be written"):
        render_excerpt(scene(song), Path("/nowhere/excerpt.mp4"), cache, SECONDS)
