import pytest

from videos.render import progress
from videos.render.errors import Stopped
from videos.render.progress import ProgressTracker
from videos.render.scene import Progress


class Clock:
    """A clock that a test moves by hand."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(progress, "monotonic", clock)
    return clock


def test_it_tells_several_times_a_second_but_not_always(clock: Clock) -> None:
    reports: list[Progress] = []
    tracker = ProgressTracker(reports.append, None)
    for step in range(100):
        tracker.update("drawing", step / 100)
        clock.now += 0.01
    assert 4 <= len(reports) <= 6


def test_a_new_stage_is_told_at_once(clock: Clock) -> None:
    reports: list[Progress] = []
    tracker = ProgressTracker(reports.append, None)
    tracker.update("reading", 1)
    tracker.update("drawing", 0)
    tracker.update("finishing", 0)
    assert [progress.stage for progress in reports] == ["reading", "drawing", "finishing"]
    assert [progress.fraction for progress in reports] == [0.06, 0.06, 0.98]


def test_waiting_still_tells_that_it_lives(clock: Clock) -> None:
    reports: list[Progress] = []
    tracker = ProgressTracker(reports.append, None)
    tracker.update("drawing", 0.5)
    clock.now += 1
    tracker.heartbeat()
    assert [progress.fraction for progress in reports] == [0.52, 0.52]


def test_it_never_falls_back(clock: Clock) -> None:
    reports: list[Progress] = []
    tracker = ProgressTracker(reports.append, None)
    for share in (0.5, 0.3, 7.0):
        tracker.update("drawing", share)
        clock.now += 1
    assert [round(progress.fraction, 2) for progress in reports] == [0.52, 0.52, 0.98]


def test_the_time_left_follows_from_the_time_spent(clock: Clock) -> None:
    reports: list[Progress] = []
    tracker = ProgressTracker(reports.append, None)
    tracker.update("drawing", 0)
    clock.now += 6
    tracker.update("drawing", 0.25)
    assert [progress.seconds_left for progress in reports] == [None, pytest.approx(18, abs=1)]


def test_the_time_left_counts_what_comes_after_the_drawing(clock: Clock) -> None:
    reports: list[Progress] = []
    tracker = ProgressTracker(reports.append, None)
    for share in (0, 0.5, 1):
        tracker.update("drawing", share)
        clock.now += 9.2
    # The drawing was 0.92 of the film and took 18.4 seconds: the other 0.02 will take 0.4
    assert reports[-1].seconds_left == pytest.approx(0.4)


def test_a_slow_beginning_does_not_count_for_long(clock: Clock) -> None:
    reports: list[Progress] = []
    tracker = ProgressTracker(reports.append, None)
    for share in [
        0,
        *(0.02 * step / 10 for step in range(10)),
        *(step / 50 for step in range(1, 26)),
    ]:
        tracker.update("drawing", share)
        clock.now += 0.2
    left = [progress.seconds_left for progress in reports]
    assert left[0] is None
    assert left[-1] == pytest.approx(0.2 * 25, rel=0.05)


def test_nothing_is_foretold_while_nothing_comes_further(clock: Clock) -> None:
    reports: list[Progress] = []
    tracker = ProgressTracker(reports.append, None)
    for share in (0, 0.25, 0.5, *(20 * [0.5])):
        tracker.update("drawing", share)
        clock.now += 1
    left = [progress.seconds_left for progress in reports]
    assert left[:3] == [None, pytest.approx(3, abs=0.2), pytest.approx(2, abs=0.2)]
    assert left[-1] is None


def test_it_stops_when_it_is_told_to(clock: Clock) -> None:
    answers = [False, True]
    tracker = ProgressTracker(None, lambda: answers.pop(0))
    tracker.update("reading", 0)
    tracker.heartbeat()  # too soon to ask again
    clock.now += 0.06
    with pytest.raises(Stopped):
        tracker.heartbeat()
