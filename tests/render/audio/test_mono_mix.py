from pathlib import Path

import av
import numpy as np
import pytest

from tests.pairwise import one_in
from tests.render.samples import music
from videos.render.audio.analysis import analyse
from videos.render.audio.decoding import decode_audio
from videos.render.audio.mono_mix import MonoMixer, mix_to_mono


def write_stereo(path: Path, left: np.ndarray, right: np.ndarray) -> Path:
    with av.open(str(path), "w", format="wav") as output:
        stream = output.add_stream("pcm_f32le", rate=44100, layout="stereo")
        interleaved = np.stack([left, right], axis=1).reshape(1, -1).astype(np.float32)
        frame = av.AudioFrame.from_ndarray(interleaved, "flt", "stereo")
        frame.sample_rate = 44100
        for each in (frame, None):
            output.mux(stream.encode(each))
    return path


def levels(path: Path) -> np.ndarray:
    features = analyse(path, 30, lambda fraction: None).features
    return features[: len(features)]["levels"].astype(np.float32)


@pytest.mark.parametrize("gain", one_in(3, [-1.0, -0.9, -1.1]))
def test_channels_that_cancel_each_other_out_move_the_bars(tmp_path: Path, gain: float) -> None:
    song = music(4)
    same = levels(write_stereo(tmp_path / "same.wav", song, song))
    opposite = levels(write_stereo(tmp_path / "opposite.wav", song, gain * song))
    assert opposite.max() > 0.5
    assert np.abs(opposite - same).mean() < 0.02


def test_it_begins_and_ends_without_a_jump(tmp_path: Path) -> None:
    song = music(6)
    signs = np.repeat([1.0, -1.0, 1.0], 2 * 44100)
    path = write_stereo(tmp_path / "song.wav", song, signs * song)
    mixed = levels(path)
    assert (mixed.max(axis=1)[15:-15] > 0.3).all()


@pytest.mark.parametrize("kind", ["same", "left only", "unlike", "delayed"])
def test_the_mix_of_ordinary_songs_is_the_mean_of_their_channels(tmp_path: Path, kind: str) -> None:
    song = music(3)
    others = {
        "same": song,
        "left only": np.zeros_like(song),
        "unlike": np.random.default_rng(1).permutation(song),
        "delayed": np.roll(song, 300),
    }
    path = write_stereo(tmp_path / "song.wav", song, others[kind])
    mixer = MonoMixer()
    for frame in decode_audio(path):
        assert np.array_equal(mixer.process(frame), mix_to_mono(frame))
