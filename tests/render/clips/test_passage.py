"""A film of a clip: its frames are those of the whole film, its words have its times."""

from pathlib import Path

import av
import numpy as np
import pytest

from tests.render.samples import lines, music, scene, write_song
from videos.render.audio.analysis import analyse
from videos.render.audio.analysis_cache import AnalysisCache, compute_digest
from videos.render.audio.features import Analysis
from videos.render.clips import Clip, ClipError
from videos.render.clips.passage import cut_to_clip
from videos.render.encode.film_sound import FilmSound
from videos.render.film import render
from videos.render.paint import Painter
from videos.render.scene import Scene

FPS = 30
CLIP = Clip(3.0, 3.0)


@pytest.fixture(scope="module")
def song(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_song(tmp_path_factory.mktemp("clip") / "song.mp3", music(9))


def clip_of(song: Path, clip: Clip | None) -> Scene:
    return Scene(**{**vars(scene(song, lyrics=lines(4))), "clip": clip})


@pytest.fixture(scope="module")
def whole(song: Path) -> Analysis:
    return analyse(song, FPS, lambda _: None)


def test_it_is_cut_to_whole_frames_and_so_are_its_words(song: Path, whole: Analysis) -> None:
    cut, part, passage = cut_to_clip(clip_of(song, CLIP), whole)
    assert passage is not None
    assert (passage.first, passage.last) == (90, 180)
    assert passage.samples(44100) == range(132_300, 264_600)
    assert (part.frames, part.duration) == (90, 3.0)
    assert np.array_equal(part.features[5:8], whole.features[95:98])
    assert [(line.start, line.end) for line in cut.lyrics] == [(0.0, 1.0), (1.0, 3.0)]


def test_its_bars_are_those_of_the_whole_film(song: Path, whole: Analysis) -> None:
    cut, part, _ = cut_to_clip(clip_of(song, CLIP), whole)
    painter, other = Painter(cut, part, FPS), Painter(clip_of(song, None), whole, FPS)
    area = painter.moving_areas[1]  # the bars; the clock and the time line are of the clip
    pictures = [np.asarray(each.paint_image(at)) for each, at in ((painter, 60), (other, 150))]
    bars = [each[area.y : area.bottom, area.x : area.right] for each in pictures]
    assert np.array_equal(*bars)
    assert painter.fade_ranges == ()


def test_a_song_without_a_clip_stays_as_it_is(song: Path, whole: Analysis) -> None:
    plain = clip_of(song, None)
    assert cut_to_clip(plain, whole) == (plain, whole, None)


def test_a_clip_beyond_the_end_makes_no_film(song: Path, tmp_path: Path) -> None:
    with pytest.raises(ClipError, match="The song ends at 0:09"):
        render(clip_of(song, Clip(5.0, 8.0)), tmp_path / "film.mp4")
    assert list(tmp_path.iterdir()) == []


def test_a_film_of_a_clip_lasts_as_long_and_has_its_own_cached_sound(
    song: Path, whole: Analysis, tmp_path: Path
) -> None:
    cache = AnalysisCache(tmp_path / "cache", 100_000_000)
    cache.store_analysis(compute_digest(song), FPS, whole)
    film = render(clip_of(song, CLIP), tmp_path / "film.mp4", cache=cache, processes=1)
    assert (film.clip_start, film.duration) == (3.0, 3.0)
    assert film.song_duration == pytest.approx(9.0, abs=0.1)
    assert film.loudness == pytest.approx(-14, abs=1)
    with av.open(str(film.path)) as container:
        sound, pictures = container.streams.audio[0], container.streams.video[0]
        assert pictures.frames == 90
        assert sound.duration
        assert sound.time_base
        assert float(sound.duration * sound.time_base) == pytest.approx(3.0, abs=0.05)
    [name] = [path.name for path in cache.folder.glob("*.m4a")]
    assert "-levelled-132300-264600-v" in name
    digest = compute_digest(song)
    of_song = FilmSound(clip_of(song, None), whole, cache, digest, film.path)
    assert of_song.work_share  # it is encoded: the sound of the clip is not its own
