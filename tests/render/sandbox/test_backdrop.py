from pathlib import Path

import pytest

from tests.render.backdrops.videos import make_video
from videos.render.errors import BackdropError
from videos.render.sandbox.backdrop import convert_loop_in_child
from videos.render.sandbox.backdrop_child import convert


def test_a_video_is_converted_in_a_child(tmp_path: Path) -> None:
    info = convert_loop_in_child(make_video(tmp_path / "a.mp4"), tmp_path / "loop.mp4")
    assert info == (128, 96, 1.0)
    assert (tmp_path / "loop.mp4").stat().st_size > 1000


def test_what_is_no_video_is_refused_with_the_child_s_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.mp4").write_bytes(b"words")
    with pytest.raises(BackdropError, match="no video that can be used"):
        convert_loop_in_child(tmp_path / "a.mp4", tmp_path / "loop.mp4")
    assert not (tmp_path / "loop.mp4").exists()


def test_the_child_answers_with_numbers_or_a_sentence(tmp_path: Path) -> None:
    video = make_video(tmp_path / "a.mp4", frames=20)
    assert convert(video, tmp_path / "b.mp4")["width"] == 128
    assert "error" in convert(tmp_path / "none.mp4", tmp_path / "b.mp4")
