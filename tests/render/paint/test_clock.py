import numpy as np
import pytest

from tests.render.films import crop
from tests.render.paint.factories import make_painter
from videos.render.layout import get_layout
from videos.render.options import Look, VideoFormat
from videos.render.paint.clock import Clock, format_time


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0:00"), (7.99, "0:07"), (60, "1:00"), (3599, "59:59"), (3723, "1:02:03")],
)
def test_it_writes_times_as_people_do(seconds: float, text: str) -> None:
    assert format_time(seconds) == text


def test_it_changes_once_a_second() -> None:
    box = get_layout(VideoFormat.WIDE, False).time
    painter = make_painter()
    pictures = set()
    for index in range(60, 150):
        painter.paint(index)
        pictures.add(crop(painter.canvas.planes.y, box.elapsed).tobytes())
    assert len(pictures) == 3


@pytest.mark.each_value
@pytest.mark.parametrize("look", [look for look in Look if look != Look.DRIFT])
@pytest.mark.parametrize("video_format", list(VideoFormat))
@pytest.mark.parametrize("seconds", [59, 3700])
def test_what_has_played_stands_in_its_place_whole_and_apart(
    look, video_format, seconds: int
) -> None:
    painter = make_painter(video_format, look=look, seconds=seconds, level=0)
    clock = next(part for part in painter.parts if isinstance(part, Clock))
    area = clock.area
    empty = crop(painter.canvas.planes.y, area)
    painter.paint(round(seconds * 30 * 0.9))
    ink = np.flatnonzero((crop(painter.canvas.planes.y, area) - empty).max(axis=0) > 40)
    is_joined = get_layout(video_format, False, look).time.joined is not None
    assert ink.max() < area.width - 1
    assert ink.min() >= (1 if is_joined else 0)
    slash = crop(painter.canvas.planes.y, area._replace(x=area.right, width=12)).max(axis=0)
    assert bool((slash > 110).any()) == is_joined
