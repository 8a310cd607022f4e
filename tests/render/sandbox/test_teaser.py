"""Teasers are made in a child process that is shut in."""

from pathlib import Path

import pytest

from tests import media_files
from videos.render.errors import RenderError
from videos.render.sandbox import child_process
from videos.render.sandbox.teaser import make_teaser_in_child


def test_it_returns_an_mp4(tmp_path: Path) -> None:
    (tmp_path / "film.mp4").write_bytes(media_files.mp4())
    assert make_teaser_in_child(tmp_path / "film.mp4")[4:8] == b"ftyp"


def test_a_damaged_film_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "film.mp4").write_bytes(b"no film")
    with pytest.raises(RenderError, match="no film"):
        make_teaser_in_child(tmp_path / "film.mp4")


def test_a_child_that_crashes_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child_process, "ROOT", tmp_path)
    with pytest.raises(RenderError, match="could not be made"):
        make_teaser_in_child(tmp_path / "film.mp4")
