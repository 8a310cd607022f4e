"""The sound of a part of a song: which samples, how loud, and faded."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.render.samples import tone, write_song
from videos.render.audio.decoding import decode_audio
from videos.render.audio.passage import FADE_SECONDS, decode_passage, measure_frames
from videos.render.audio.true_peaks import BLOCK

RATE = 44100
SAMPLES = range(30_000, 100_000)


@pytest.fixture(scope="module")
def song(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_song(tmp_path_factory.mktemp("passage") / "song.wav", tone(3.0))


def samples_of(frames) -> NDArray[np.float32]:
    return np.concatenate([frame.to_ndarray() for frame in frames], axis=1)


def test_it_has_the_samples_of_the_song_and_fades_at_both_ends(song: Path) -> None:
    whole, part = samples_of(decode_audio(song)), samples_of(decode_passage(song, SAMPLES))
    expected = whole[:, SAMPLES.start : SAMPLES.stop]
    assert part.shape == expected.shape
    fade = round(FADE_SECONDS * RATE)
    assert np.array_equal(part[:, fade:-fade], expected[:, fade:-fade])
    assert np.abs(part[:, [0, -1]]).max() < 0.001
    middle = fade // 2
    envelope = np.abs(part[:, middle - 60 : middle + 60]).max()
    assert 0.4 < envelope / np.abs(expected).max() < 0.6


def test_it_may_reach_beyond_the_song(song: Path) -> None:
    assert samples_of(decode_passage(song, range(130_000, 140_000))).shape[1] == 2_300


def test_it_is_measured_by_itself(tmp_path: Path) -> None:
    loud, quiet = tone(2.0, volume=0.5), tone(2.0, volume=0.05)
    path = write_song(tmp_path / "steps.wav", np.concatenate([quiet, loud]))
    first, peaks = measure_frames(decode_passage(path, range(2 * RATE)))
    second, _ = measure_frames(decode_passage(path, range(2 * RATE, 4 * RATE)))
    assert len(peaks) == -(-2 * RATE // BLOCK)
    assert first.integrated is not None
    assert second.integrated is not None
    assert second.integrated - first.integrated == pytest.approx(20, abs=0.5)
    assert second.true_peak == pytest.approx(-6.0, abs=0.2)
