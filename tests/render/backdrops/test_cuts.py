import numpy as np
import pytest

from videos.render.backdrops.cuts import MIN_HOLD, plan_cuts
from videos.render.lyrics import Line

FPS = 30


def beats(seconds: float, onsets: tuple[float, ...] = ()) -> np.ndarray:
    rows = np.zeros(round(seconds * FPS), np.float32)
    for onset in onsets:
        rows[round(onset * FPS) : round(onset * FPS) + 6] = 1
    return rows


def test_one_picture_has_no_cuts() -> None:
    assert plan_cuts(60, 1, beats(60), FPS, ()) == []


def test_pictures_follow_each_other_evenly_where_nothing_happens() -> None:
    assert plan_cuts(40, 3, beats(40), FPS, ()) == pytest.approx([8, 16, 24, 32])


def test_a_cut_falls_on_the_strongest_onset_near_it() -> None:
    cuts = plan_cuts(24, 3, beats(24, (7.5, 15.0)), FPS, ())
    assert cuts == pytest.approx([7.5, 15.0], abs=0.1)


def test_sections_change_the_picture() -> None:
    lines = (Line(10, 12, "one", section="Verse"), Line(30, 32, "two", section="Chorus"))
    cuts = plan_cuts(60, 2, beats(60), FPS, lines)
    assert 9.7 in cuts
    assert 29.7 in cuts


@pytest.mark.parametrize("pictures", [2, 5, 12])
def test_all_pictures_are_seen_if_there_is_time(pictures: int) -> None:
    seconds = 12 * MIN_HOLD + 1
    cuts = plan_cuts(seconds, pictures, beats(seconds), FPS, ())
    assert len(cuts) >= pictures - 1
    assert min(np.diff([0.0, *cuts, seconds])) > 0.7 * MIN_HOLD


def test_a_clip_too_short_for_all_shows_fewer() -> None:
    assert len(plan_cuts(6, 12, beats(6), FPS, ())) == 1
