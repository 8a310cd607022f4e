"""Damages songs, and finds when clicks are heard in what can still be decoded."""

import random
from pathlib import Path

import numpy as np

from videos.render.audio.decoding import decode_audio

Samples = np.ndarray


def overwrite(path: Path, start: float, end: float, seed: int = 4) -> Path:
    """Overwrite the bytes between two fractions of a file with noise."""
    data = bytearray(path.read_bytes())
    first, last = int(len(data) * start), int(len(data) * end)
    data[first:last] = random.Random(seed).randbytes(last - first)
    path.write_bytes(data)
    return path


def decode(path: Path) -> tuple[Samples, int]:
    """Return the sound of a file as (channels, samples), and its rate."""
    frames = list(decode_audio(path))
    return np.concatenate([each.to_ndarray() for each in frames], axis=1), frames[0].sample_rate


def click_times(path: Path) -> list[float]:
    """Return when something loud begins, in seconds with two decimals."""
    samples, rate = decode(path)
    loud = np.flatnonzero(np.abs(samples).max(axis=0) > 0.25) / rate
    starts = loud[np.diff(loud, prepend=-1.0) > 0.3]
    return [round(float(time), 2) for time in starts]
