from pathlib import Path

import pytest

from tests.render.samples import music, write_song
from videos.render.audio.analysis import analyse
from videos.render.audio.spectrum import BANDS
from videos.render.audio.waveform import POINTS
from videos.render.errors import Stopped


def test_it_has_length_and_levels_of_every_frame(tmp_path: Path) -> None:
    fractions: list[float] = []
    path = write_song(tmp_path / "song.flac", music(3.01))
    analysis = analyse(path, 30, fractions.append)
    assert analysis.duration == pytest.approx(3.01, abs=1e-4)
    assert analysis.frames == len(analysis.features) == 91
    features = analysis.features[:]
    assert features["levels"].shape == (91, BANDS)
    assert features["wave"].shape == (91, POINTS)
    assert (analysis.sample_rate, analysis.layout) == (44100, "stereo")
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1


def test_it_can_be_interrupted_on_the_way(tmp_path: Path) -> None:
    def stop(_: float) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        analyse(write_song(tmp_path / "song.flac", music(3)), 30, stop)
