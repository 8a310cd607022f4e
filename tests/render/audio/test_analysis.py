from pathlib import Path

import pytest

from tests.render.samples import music, song
from videos.render.audio.analysis import analyse
from videos.render.audio.spectrum import BANDS
from videos.render.audio.waveform import POINTS
from videos.render.errors import Stopped


def test_it_knows_length_and_levels_of_every_frame(tmp_path: Path) -> None:
    told: list[float] = []
    path = song(tmp_path / "song.flac", music(3.01))
    analysis = analyse(path, 30, told.append)
    assert analysis.duration == pytest.approx(3.01, abs=1e-4)
    assert analysis.frames == len(analysis.heard) == 91
    heard = analysis.heard[:]
    assert heard["levels"].shape == (91, BANDS)
    assert heard["wave"].shape == (91, POINTS)
    assert (analysis.sample_rate, analysis.layout) == (44100, "stereo")
    assert told == sorted(told)
    assert told[-1] == 1


def test_it_can_be_interrupted_on_the_way(tmp_path: Path) -> None:
    def stop(_: float) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        analyse(song(tmp_path / "song.flac", music(3)), 30, stop)
