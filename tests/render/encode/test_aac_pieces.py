"""Sound that is encoded in pieces is as good, and the same for any number of threads."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from av.audio.frame import AudioFrame

from tests.render.samples import Samples, music
from videos.render.encode import aac_pieces
from videos.render.encode.aac_pieces import PACKET_SAMPLES, encode_sound, split_into_pieces
from videos.render.encode.mp4 import Mp4Writer

RATE = 44100
BLOCK = 4900  # samples that are compared: a ninth of a second


def frames_of(samples: Samples, size: int = 5000) -> list[AudioFrame]:
    frames = []
    for start in range(0, len(samples), size):
        block = np.tile(samples[start : start + size], (2, 1))
        frames.append(AudioFrame.from_ndarray(block, "fltp", "stereo"))
        frames[-1].sample_rate = RATE
    return frames


def write(path: Path, samples: Samples, threads: int) -> list[tuple[bytes, int | None, int | None]]:
    """Write an MP4 of the sound alone; return its packets, with their times and durations."""
    with Mp4Writer(path, {}) as mp4:
        stream = mp4.add_sound(RATE, "stereo")
        mp4.start()
        encoded = list(encode_sound(frames_of(samples), stream, threads))
        packets = [(bytes(each), each.pts, each.duration) for each in encoded]
        for _ in mp4.write(iter(encoded)):
            pass
    return packets


def likeness(path: Path, samples: Samples) -> Samples:
    """Return how like each block of the decoded sound is to what was encoded, in decibels.

    More than 40 is as good as the same.
    """
    with av.open(str(path)) as film:
        decoded = np.concatenate([each.to_ndarray()[0] for each in film.decode(audio=0)])
    signal = samples[: len(samples) // BLOCK * BLOCK].reshape(-1, BLOCK)
    error = decoded[: signal.size].reshape(-1, BLOCK) - signal
    ratios: Samples = 10 * np.log10((signal**2).sum(axis=1) / (error**2).sum(axis=1))
    return ratios.clip(None, 40)


@pytest.fixture
def short_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aac_pieces, "PIECE_PACKETS", 60)


@pytest.mark.usefixtures("short_pieces")
def test_pieces_join_without_a_seam(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    samples, pieced, whole = music(5), tmp_path / "pieced.mp4", tmp_path / "whole.mp4"
    pieces = write(pieced, samples, 1)
    monkeypatch.setattr(aac_pieces, "PIECE_PACKETS", 10_000)
    one = write(whole, samples, 1)
    assert [times for _, *times in pieces] == [times for _, *times in one]
    assert pieces != one  # there were several
    assert (likeness(pieced, samples) - likeness(whole, samples)).min() > -3


@pytest.mark.usefixtures("short_pieces")
def test_any_number_of_threads_makes_the_same(tmp_path: Path) -> None:
    samples = music(5)
    one = write(tmp_path / "one.mp4", samples, 1)
    assert write(tmp_path / "eight.mp4", samples, 8) == one


@pytest.mark.parametrize("count", [1, 1023, 60 * PACKET_SAMPLES, 61 * PACKET_SAMPLES, 200_000])
@pytest.mark.usefixtures("short_pieces")
def test_pieces_have_all_packets_whatever_the_length(count: int) -> None:
    blocks = np.array_split(np.arange(2 * count, dtype=np.float32).reshape(2, -1), 7, axis=1)
    pieces = list(split_into_pieces(blocks))
    assert pieces[-1].length is None
    assert pieces[-1].start + pieces[-1].samples.shape[1] == count
    first = 0
    for piece in pieces:
        assert piece.start == max(0, first - piece.skip) * PACKET_SAMPLES
        assert piece.samples[0, 0] == piece.start
        first += piece.length or 0


def test_who_stops_reading_waits_for_no_more_pieces(tmp_path: Path) -> None:
    with Mp4Writer(tmp_path / "sound.mp4", {}) as mp4:
        stream = mp4.add_sound(RATE, "stereo")
        mp4.start()
        packets = encode_sound(frames_of(music(1)), stream, 2)
        first = next(packets)
        assert (first.pts, first.time_base) == (-PACKET_SAMPLES, Fraction(1, RATE))
        packets.close()
