from tests.render.paint.factories import make_frame_input
from videos.render.layout import Rect
from videos.render.paint.backdrop.calm import CalmPart
from videos.render.paint.canvas import Canvas


class Recorder:
    area, changes_in_place = Rect(0, 0, 2, 2), False

    def __init__(self) -> None:
        self.times: list[float] = []

    def draw(self, surface, frame) -> None:
        self.times.append(frame.time)


def test_it_is_drawn_at_half_the_rate_but_where_it_hurries() -> None:
    recorder = Recorder()
    part = CalmPart(recorder, [2.0], 0.5)
    for frame in range(90):
        part.draw(Canvas(2, 2), make_frame_input(time=frame / 30))
    assert len(set(recorder.times[:60])) == 30
    assert len(set(recorder.times[60:76])) == 16
    assert recorder.times[76:] == [time for time in recorder.times[76::2] for _ in (0, 1)]
