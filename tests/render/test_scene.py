from pathlib import Path

import pytest

from videos.render.options import VideoFormat
from videos.render.scene import Scene


@pytest.mark.parametrize(
    ("video_format", "resolution", "size"),
    [
        ("16:9", 720, (1280, 720)),
        ("16:9", 1080, (1920, 1080)),
        ("16:9", 1440, (2560, 1440)),
        ("16:9", 2160, (3840, 2160)),
        ("9:16", 2160, (2160, 3840)),
        ("9:16", 720, (720, 1280)),
        ("9:16", 1080, (1080, 1920)),
        ("1:1", 720, (720, 720)),
        ("1:1", 1080, (1080, 1080)),
    ],
)
def test_the_resolution_is_that_of_the_shorter_side(
    video_format: str, resolution: int, size: tuple[int, int]
) -> None:
    scene = Scene(Path("song.mp3"), format=VideoFormat(video_format), resolution=resolution)
    assert scene.size == size
