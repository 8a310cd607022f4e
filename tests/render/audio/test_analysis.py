import os
import subprocess
import sys
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


ROOT = str(Path(__file__).resolve().parents[3])
NUMPY_FIRST = """
import sys
from pathlib import Path
import numpy
from videos.render.audio.analysis import analyse
analyse(Path(sys.argv[1]), 30, lambda _: None)
for task in Path("/proc/self/task").iterdir():
    fields = (task / "stat").read_text().rpartition(")")[2].split()
    print(int(fields[11]) + int(fields[12]))  # ticks of a processor
"""


@pytest.mark.nightly
@pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks into /proc")
def test_it_costs_no_more_where_numpy_came_first_with_threads_of_its_own(tmp_path: Path) -> None:
    song = write_song(tmp_path / "song.wav", music(20))
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "4", "PYTHONPATH": ROOT}
    command = [sys.executable, "-c", NUMPY_FIRST, str(song)]
    result = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    main, *others = sorted(map(int, result.stdout.split()), reverse=True)
    assert len(others) >= 1
    assert sum(others) < main / 5
