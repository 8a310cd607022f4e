from pathlib import Path

import numpy as np
import pytest

from tests.render.backdrops.videos import make_video
from videos.render.backdrops.loop_conversion import convert_loop
from videos.render.backdrops.loop_film import LoopFilm
from videos.render.errors import BackdropError
from videos.render.paint.canvas import read_planes


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> LoopFilm:
    folder = tmp_path_factory.mktemp("loop")
    convert_loop(make_video(folder / "a.mp4", frames=45), folder / "loop.mp4")
    return LoopFilm(folder / "loop.mp4")


def test_any_frame_is_the_same_in_any_order(film: LoopFilm) -> None:
    in_order = [read_planes(film.read(number)).y.copy() for number in range(film.frames)]
    for number in (44, 0, 31, 30, 7, 29):
        assert np.array_equal(read_planes(film.read(number)).y, in_order[number])


def test_a_file_that_is_gone_or_no_loop_has_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(BackdropError, match="cannot be read"):
        LoopFilm(tmp_path / "none.mp4")
    (tmp_path / "odd.mp4").write_bytes(b"odd")
    with pytest.raises(BackdropError, match="cannot be read"):
        LoopFilm(tmp_path / "odd.mp4")
