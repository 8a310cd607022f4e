from pathlib import Path

import numpy as np
import pytest

from tests.render.backdrops.videos import make_video
from videos.render.backdrops.loop_conversion import convert_loop
from videos.render.paint.backdrop.interfaces import Window
from videos.render.paint.backdrop.loop import Loop


@pytest.fixture(scope="module")
def video(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("loop")
    convert_loop(make_video(folder / "a.mp4", frames=30), folder / "loop.mp4")
    return folder / "loop.mp4"


def open_loop(video: Path, size: tuple[int, int] = (96, 64)) -> Loop:
    return Loop(video, Window(size, 0.45, lambda picture: picture))


def test_it_is_played_again_and_again(video: Path) -> None:
    loop = open_loop(video)
    assert loop.period == 1.0
    assert loop.view(0.4) == loop.view(5.4)
    assert loop.view(0.4) != loop.view(0.5)


@pytest.mark.parametrize("size", [(96, 64), (64, 96), (200, 40)])
def test_what_is_stored_is_what_is_made(video: Path, size: tuple[int, int]) -> None:
    direct, stored = open_loop(video, size), open_loop(video, size)
    waits: list[None] = []
    stored.prepare(lambda: waits.append(None))
    assert len(waits) == 30
    for time in (0.0, 0.9, 0.3):
        pictures = (loop.picture(loop.view(time)) for loop in (direct, stored))
        for one, other in zip(*pictures, strict=True):
            assert np.array_equal(one, other)
            assert one.shape in {size[::-1], (size[1] // 2, size[0] // 2)}
