"""A Canvas keeps Spotify's rules, and nobody sees where its loop begins."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from tests.render.samples import lines, scene
from videos.render.clips import parse_clip
from videos.render.errors import CoverError, RenderError, Stopped
from videos.render.extras import looping_canvas
from videos.render.extras.looping_canvas import CANVAS_SIZE, CanvasPainter, write_canvas
from videos.render.film import render
from videos.render.options import Look, VideoFormat
from videos.render.scene import Scene

SMALL = 270, 480


@pytest.fixture
def canvas_scene(tmp_path: Path) -> Scene:
    cover = tmp_path / "cover.jpg"
    Image.effect_mandelbrot((400, 400), (-2, -1.5, 1, 1.5), 60).convert("RGB").save(cover)
    song = tmp_path / "not-needed.mp3"
    return replace(scene(song, cover=cover, lyrics=lines(3)), clip=parse_clip("canvas"))


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(CanvasPainter, "frames", 12)
    monkeypatch.setattr(looping_canvas, "CANVAS_SIZE", SMALL)


def decode(path: Path) -> list[np.ndarray]:
    with av.open(str(path)) as film:
        return [frame.to_ndarray().astype(np.int16) for frame in film.decode(video=0)]


def test_it_keeps_the_rules_that_spotify_publishes(canvas_scene: Scene) -> None:
    width, height = CANVAS_SIZE
    assert (width, height) == (1080, 1920)  # 9:16
    assert canvas_scene.clip
    assert 6 <= canvas_scene.clip.length <= 8  # of the 3 to 8 seconds that are allowed
    assert CanvasPainter.frames == canvas_scene.clip.length * looping_canvas.CANVAS_FPS


def test_it_is_silent_and_its_last_frame_is_its_first(canvas_scene: Scene, tmp_path: Path) -> None:
    painter, path = CanvasPainter(canvas_scene, SMALL), tmp_path / "canvas.mp4"
    assert [*write_canvas(painter, path, canvas_scene)] == [*range(1, painter.frames + 1)]
    with av.open(str(path)) as film:
        assert [stream.type for stream in film.streams] == ["video"]
        stream = film.streams.video[0]
        assert (stream.codec_context.name, stream.average_rate) == ("h264", 30)
        assert film.duration == 6_000_000
    frames = decode(path)
    assert len(frames) == painter.frames
    assert np.abs(frames[-1] - frames[0]).max() <= 1
    # It goes there and back, and at the seam no faster than anywhere
    middle = painter.frames // 2
    assert np.abs(frames[middle] - frames[0]).mean() > 2
    painted = [np.array(painter.paint_image(index)) for index in (20, painter.frames - 21)]
    assert (painted[0] == painted[1]).all()
    steps = [np.abs(one - next_).mean() for one, next_ in pairwise(frames)]
    assert steps[-1] + steps[0] < 3 * max(steps[5:-5])


def test_it_has_no_words_and_no_look(canvas_scene: Scene) -> None:
    plain = replace(canvas_scene, author="", domain_name="", lyrics=())
    pictures = [
        np.array(CanvasPainter(each, SMALL).paint_image(3))
        for each in (canvas_scene, replace(plain, look=Look.WAVE, format=VideoFormat.SQUARE))
    ]
    assert (pictures[0] == pictures[1]).all()


def test_without_a_cover_one_is_drawn(canvas_scene: Scene) -> None:
    painter = CanvasPainter(replace(canvas_scene, cover=None), SMALL)
    assert np.array(painter.paint_image_at(3.0)).std() > 5
    assert (
        np.array(painter.paint_image_at(1e9)) == np.array(painter.paint_image(painter.frames - 1))
    ).all()


@pytest.mark.usefixtures("short")
def test_it_is_made_like_a_film_without_the_song(canvas_scene: Scene, tmp_path: Path) -> None:
    film = render(canvas_scene, tmp_path / "film.mp4")
    assert (film.width, film.height, film.loudness) == (*CANVAS_SIZE, None)
    assert film.path.stat().st_size == film.size
    with Image.open(film.poster) as poster:
        assert poster.size == CANVAS_SIZE


@pytest.mark.usefixtures("short")
def test_what_stops_or_breaks_it_leaves_no_file(canvas_scene: Scene, tmp_path: Path) -> None:
    output = tmp_path / "film.mp4"
    with pytest.raises(Stopped):
        render(canvas_scene, output, should_stop=lambda: True)
    with pytest.raises(RenderError):
        render(canvas_scene, tmp_path / "nowhere" / "film.mp4")
    assert canvas_scene.cover
    canvas_scene.cover.write_bytes(b"no picture")
    with pytest.raises(CoverError):
        render(canvas_scene, output)
    assert [path.name for path in tmp_path.iterdir()] == ["cover.jpg"]
