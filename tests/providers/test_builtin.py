"""The built-in renderer as a provider, with the real renderer behind it."""

from pathlib import Path

import av
import pytest

from tests import media_files
from videos.providers import builtin
from videos.providers.base import Order, Song
from videos.providers.builtin import BuiltinProvider
from videos.providers.errors import MediaError, RenderFailed, Stopped
from videos.render import errors
from videos.render.audio.analysis_cache import AnalysisCache

LYRICS = "[00:00.10]One\n[00:00.60]Two"


def order(folder: Path, audio: bytes | None = None, **fields: object) -> Order:
    path = folder / "song.wav"
    path.write_bytes(media_files.wav() if audio is None else audio)
    song = {"audio": path, "cover": None, "lyrics": LYRICS, "lyrics_offset": 0.0}
    wanted = {"author": "Ada", "domain_name": "example.com", "format": "16:9"} | fields
    return Order(Song(**song, title="Night", duration=1.0), **wanted)


def make(wanted: Order, output: Path, should_stop=lambda: False):
    provider = BuiltinProvider(processes=1, memory=AnalysisCache(output.parent / "heard", 10_000_000))
    return provider.make(wanted, output, lambda progress: None, should_stop)


@pytest.mark.parametrize(
    ("format", "size"), [("16:9", (1280, 720)), ("9:16", (720, 1280)), ("1:1", (720, 720))]
)
def test_it_makes_the_film_that_was_ordered(tmp_path, format, size):
    film = make(order(tmp_path, format=format), tmp_path / "film.mp4")
    with av.open(str(film.path)) as container:
        assert (container.streams.video[0].width, container.streams.video[0].height) == size
    assert (film.width, film.height) == size
    assert film.size == film.path.stat().st_size
    assert film.poster.exists()


def test_lyrics_move_by_their_offset(tmp_path):
    wanted = order(tmp_path)
    late = Order(Song(**{**vars(wanted.song), "lyrics_offset": 0.2}), "Ada", "example.com", "16:9")
    assert [line.start for line in builtin.scene_of(wanted).lyrics] == [0.1, 0.6]
    assert [line.start for line in builtin.scene_of(late).lyrics] == pytest.approx([0.3, 0.8])


def test_a_song_that_cannot_be_read_is_told_as_such(tmp_path):
    with pytest.raises(MediaError, match="not an mp3"):
        make(order(tmp_path, b"nothing to hear"), tmp_path / "film.mp4")


def test_stopping_is_no_failure(tmp_path):
    with pytest.raises(Stopped):
        make(order(tmp_path), tmp_path / "film.mp4", lambda: True)


def test_what_breaks_in_the_renderer_can_be_tried_again(tmp_path, monkeypatch):
    def render(*args: object, **options: object) -> None:
        raise errors.RenderError("no space left")

    monkeypatch.setattr(builtin, "render_in_child", render)
    with pytest.raises(RenderFailed, match="no space left"):
        make(order(tmp_path), tmp_path / "film.mp4")
