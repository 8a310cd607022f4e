from pathlib import Path

import pytest
from PIL import Image

from tests.render.backdrops.videos import make_video
from videos.render.backdrops.files import prepare_backdrop
from videos.render.errors import BackdropError


def picture(path: Path, mode: str = "RGB") -> Path:
    Image.new(mode, (40, 30), "red" if mode == "RGB" else (255, 0, 0, 90)).save(path)
    return path


def test_pictures_stay_in_their_order_and_a_transparent_one_is_taken(tmp_path: Path) -> None:
    paths = [picture(tmp_path / "b.png", "RGBA"), picture(tmp_path / "a.jpg")]
    assert prepare_backdrop(paths, tmp_path) == tuple(paths)


def test_a_video_becomes_a_loop(tmp_path: Path) -> None:
    folder = tmp_path / "made"
    folder.mkdir()
    (made,) = prepare_backdrop([make_video(tmp_path / "a.mp4")], folder)
    assert made == folder / "loop.mp4"
    assert made.stat().st_size > 1000


def test_what_is_too_many_or_mixed_is_refused(tmp_path: Path) -> None:
    one = picture(tmp_path / "a.png")
    video = make_video(tmp_path / "a.mp4", frames=20)
    with pytest.raises(BackdropError, match="These are 30 pictures; at most 12"):
        prepare_backdrop([one] * 30, tmp_path)
    with pytest.raises(BackdropError, match="not both"):
        prepare_backdrop([one, video], tmp_path)
    with pytest.raises(BackdropError, match="one video only"):
        prepare_backdrop([video, video], tmp_path)


def test_a_file_that_is_no_picture_is_named(tmp_path: Path) -> None:
    (tmp_path / "c.gif").write_bytes(b"GIF89a" + bytes(50))
    with pytest.raises(BackdropError, match=r"c\.gif: The picture cannot be read: it is a GIF"):
        prepare_backdrop([tmp_path / "c.gif"], tmp_path)
    with pytest.raises(BackdropError, match=r"none\.png cannot be read"):
        prepare_backdrop([tmp_path / "none.png"], tmp_path)
