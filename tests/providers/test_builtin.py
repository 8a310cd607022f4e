"""The built-in renderer as a provider, with the real renderer behind it."""

from pathlib import Path

import av
import pytest

from tests import media_files
from videos.providers import builtin
from videos.providers.builtin import BuiltinProvider
from videos.providers.errors import MediaError, RenderFailed, Stopped
from videos.render import errors
from videos.render.audio.analysis_cache import AnalysisCache
from videos.render.options import VideoFormat
from videos.render.scene import Film, Scene


def a_scene(folder: Path, audio: bytes | None = None, **fields: object) -> Scene:
    path = folder / "song.wav"
    path.write_bytes(media_files.wav() if audio is None else audio)
    return Scene(audio=path, title="Night", author="Ada", domain_name="example.com", **fields)


def make(scene: Scene, output: Path, should_stop=lambda: False) -> Film:
    cache = AnalysisCache(output.parent / "analysis_cache", 10_000_000)
    provider = BuiltinProvider(processes=1)
    return provider.make(scene, output, lambda progress: None, should_stop, cache)


@pytest.mark.parametrize(
    ("format", "size"),
    [
        (VideoFormat.TALL, (720, 1280)),
        pytest.param(VideoFormat.WIDE, (1280, 720), marks=pytest.mark.nightly),
        pytest.param(VideoFormat.SQUARE, (720, 720), marks=pytest.mark.nightly),
    ],
)
def test_it_makes_the_film_that_was_ordered(tmp_path, format, size):
    film = make(a_scene(tmp_path, format=format), tmp_path / "film.mp4")
    with av.open(str(film.path)) as container:
        assert (container.streams.video[0].width, container.streams.video[0].height) == size
    assert (film.width, film.height) == size
    assert film.size == film.path.stat().st_size
    assert film.poster.exists()


def test_a_song_that_cannot_be_read_is_a_media_error(tmp_path):
    with pytest.raises(MediaError, match="not an mp3"):
        make(a_scene(tmp_path, b"nothing to hear"), tmp_path / "film.mp4")


def test_stopping_is_no_failure(tmp_path):
    with pytest.raises(Stopped):
        make(a_scene(tmp_path), tmp_path / "film.mp4", lambda: True)


def test_what_breaks_in_the_renderer_can_be_retried(tmp_path, monkeypatch):
    def render(*args: object, **options: object) -> None:
        raise errors.RenderError("no space left")

    monkeypatch.setattr(builtin, "render_in_child", render)
    with pytest.raises(RenderFailed, match="no space left"):
        make(a_scene(tmp_path), tmp_path / "film.mp4")
