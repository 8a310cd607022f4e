"""Excerpts of films are rendered in a child process that is shut in."""

from pathlib import Path

import pytest

from tests.render.samples import music, scene, write_song
from videos.render.audio.analysis_cache import AnalysisCache
from videos.render.errors import AudioError, RenderError
from videos.render.sandbox import child_process
from videos.render.sandbox.excerpt import render_excerpt_in_child

MP4_START = b"ftyp"


def test_it_returns_an_mp4_and_leaves_the_analysis_in_the_cache(tmp_path: Path) -> None:
    song = write_song(tmp_path / "song.wav", music(1))
    cache = AnalysisCache(tmp_path / "cache", 10_000_000)
    film = render_excerpt_in_child(scene(song), 0.2, cache)
    assert film[4:8] == MP4_START
    assert len(list(cache.folder.iterdir())) == 1


def test_what_cannot_be_used_is_told_as_such(tmp_path: Path) -> None:
    (tmp_path / "song.mp3").write_bytes(b"no song")
    with pytest.raises(AudioError):
        render_excerpt_in_child(
            scene(tmp_path / "song.mp3"), 0.2, AnalysisCache(tmp_path / "cache", 10_000_000)
        )


@pytest.mark.parametrize("program", ["print('odd')", "raise SystemExit(1)", "print('{}')"])
def test_a_child_that_crashes_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    package = tmp_path / "videos" / "render" / "sandbox"
    package.mkdir(parents=True)
    (package / "excerpt_child.py").write_text(program)
    monkeypatch.setattr(child_process, "ROOT", tmp_path)
    with pytest.raises(RenderError, match="could not be made"):
        render_excerpt_in_child(
            scene(tmp_path / "song.mp3"), 0.2, AnalysisCache(tmp_path / "cache", 0)
        )
