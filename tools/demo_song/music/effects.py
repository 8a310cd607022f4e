"""What is done to sounds once they are there: reverb, echo, ducking, width and limiting."""

from collections.abc import Iterable
from typing import Final

import numpy as np

from tools.demo_song.music.synth import (
    SAMPLE_RATE,
    Signal,
    bandpass,
    clock,
    filtered,
    lowpass,
    smoothed,
    swept,
)

REVERB_SECONDS: Final = 2.6


def _room(seed: int) -> Signal:
    """The answer of a hall to a click: noise that decays, its treble first."""
    noise = np.random.default_rng(seed).standard_normal(clock(REVERB_SECONDS).size)

    def gain(frequency: Signal, time: Signal) -> Signal:
        length = 0.5 + 1.7 / (1 + (frequency / 3200) ** 1.5)
        body = 1 / np.sqrt(1 + (180 / np.maximum(frequency, 1)) ** 4)
        return np.asarray(body * 10 ** (-3 * np.clip(time, 0, None) / length))

    onset = np.clip(clock(REVERB_SECONDS) / 0.012, 0, 1)
    tail = swept(noise, gain) * onset
    return tail / float(np.linalg.norm(tail))


def reverb(signal: Signal, seed: int, predelay: float = 0.022) -> Signal:
    """What a hall answers to a stereo signal; its two sides share no echo."""
    delay = round(predelay * SAMPLE_RATE)
    wet = np.zeros_like(signal)
    for side in (0, 1):
        room = _room(seed + side)
        size = signal.shape[1] + room.size
        answer = np.fft.irfft(np.fft.rfft(signal[side], size) * np.fft.rfft(room, size), size)
        wet[side, delay:] = answer[: signal.shape[1] - delay]
    return wet


def echo(signal: Signal, time: float, feedback: float, taps: int = 6) -> Signal:
    """Repeats of a stereo signal every `time` seconds, from side to side, each one duller."""
    wet = np.zeros_like(signal)
    for tap in range(1, taps + 1):
        delay = min(round(tap * time * SAMPLE_RATE), signal.shape[1])
        keep = bandpass(250, 5200 * 0.82**tap)
        mono = filtered(signal.mean(axis=0), keep)[: signal.shape[1] - delay]
        near, far = (0, 1) if tap % 2 else (1, 0)
        wet[near, delay:] += mono * feedback**tap
        wet[far, delay:] += 0.35 * mono * feedback**tap
    return wet


def ducking(kicks: Iterable[float], samples: int, depth: float) -> Signal:
    """A gain that gives way to each kick (seconds) by `depth` and comes back within a beat."""
    gain = np.ones(samples)
    length = 0.34
    time = clock(length)
    dip = 1 - depth * np.clip(time / 0.008, 0, 1) * np.cos(np.pi / 2 * time / length) ** 1.5
    for kick in kicks:
        start = max(0, round((kick - 0.004) * SAMPLE_RATE))
        part = gain[start : start + dip.size]
        np.minimum(part, dip[: part.size], out=part)
    return gain


def tight_bass(signal: Signal, below: float = 140.0) -> Signal:
    """A stereo signal whose lowest octaves stand in the middle."""
    middle = signal.mean(axis=0)
    side = (signal[0] - signal[1]) / 2
    side -= filtered(side, lowpass(below))
    return np.stack((middle + side, middle - side))


def true_peak(signal: Signal) -> Signal:
    """The size of the loudest side at each sample, seen four times as finely as it is sampled."""
    samples = signal.shape[1]
    loudest = np.zeros(samples)
    for side in signal:
        spectrum = np.fft.rfft(side)
        fine = np.fft.irfft(spectrum, 4 * samples) * 4
        np.maximum(loudest, np.abs(fine).reshape(samples, 4).max(axis=1), out=loudest)
    return loudest


def limited(signal: Signal, ceiling: float) -> Signal:
    """A signal that never passes `ceiling`: the gain falls before a peak and rises after it."""
    gain = np.minimum(1, ceiling / np.maximum(true_peak(signal), 1e-9))
    reach = 1
    while reach < 0.03 * SAMPLE_RATE:
        gain[:-reach] = np.minimum(gain[:-reach], gain[reach:])
        gain[reach:] = np.minimum(gain[reach:], gain[:-reach].copy())
        reach *= 2
    return signal * smoothed(gain, reach / SAMPLE_RATE)
