from pathlib import Path

import av
import pytest
from PIL import Image

from benchmarks.backdrops import make_backdrops


@pytest.mark.nightly
def test_there_are_a_loop_and_three_pictures(tmp_path: Path) -> None:
    backdrops = make_backdrops(tmp_path)
    (loop,) = backdrops["a loop"]
    with av.open(str(loop)) as video:
        assert video.streams.video[0].frames == 240
    pictures = backdrops["three pictures"]
    assert {Image.open(path).size for path in pictures} == {(1920, 1080)}
