"""Effects on finished sounds: reverb, echo, ducking, stereo width and limiting."""

from collections.abc import Iterable
from typing import Final

import numpy as np

from tools.demo_song.music.synth import (
    SAMPLE_RATE,
    Signal,
    apply_filter,
    apply_moving_filter,
    bandpass,
    lowpass,
    sample_times,
    smooth,
)

REVERB_SECONDS: Final = 2.6


def _impulse_response(seed: int) -> Signal:
    """Return the impulse response of a hall: noise whose high frequencies decay first."""
    noise = np.random.default_rng(seed).standard_normal(sample_times(REVERB_SECONDS).size)

    def gain(frequency: Signal, time: Signal) -> Signal:
        length = 0.5 + 1.7 / (1 + (frequency / 3200) ** 1.5)
        body = 1 / np.sqrt(1 + (180 / np.maximum(frequency, 1)) ** 4)
        return np.asarray(body * 10 ** (-3 * np.clip(time, 0, None) / length))

    onset = np.clip(sample_times(REVERB_SECONDS) / 0.012, 0, 1)
    tail = apply_moving_filter(noise, gain) * onset
    return tail / float(np.linalg.norm(tail))


def reverb(signal: Signal, seed: int, predelay: float = 0.022) -> Signal:
    """Return the reverb (without the dry sound) of a stereo signal; its sides are independent."""
    delay = round(predelay * SAMPLE_RATE)
    wet = np.zeros_like(signal)
    for side in (0, 1):
        impulse = _impulse_response(seed + side)
        size = signal.shape[1] + impulse.size
        wet_side = np.fft.irfft(np.fft.rfft(signal[side], size) * np.fft.rfft(impulse, size), size)
        wet[side, delay:] = wet_side[: signal.shape[1] - delay]
    return wet


def echo(signal: Signal, time: float, feedback: float, taps: int = 6) -> Signal:
    """Return a ping-pong delay of a stereo signal, every ``time`` seconds, each repeat duller."""
    wet = np.zeros_like(signal)
    for tap in range(1, taps + 1):
        delay = min(round(tap * time * SAMPLE_RATE), signal.shape[1])
        gain = bandpass(250, 5200 * 0.82**tap)
        mono = apply_filter(signal.mean(axis=0), gain)[: signal.shape[1] - delay]
        near, far = (0, 1) if tap % 2 else (1, 0)
        wet[near, delay:] += mono * feedback**tap
        wet[far, delay:] += 0.35 * mono * feedback**tap
    return wet


def ducking(kicks: Iterable[float], samples: int, depth: float) -> Signal:
    """Return the gain of a sidechain compressor: it dips by ``depth`` at each kick (seconds)."""
    gain = np.ones(samples)
    length = 0.34
    time = sample_times(length)
    dip = 1 - depth * np.clip(time / 0.008, 0, 1) * np.cos(np.pi / 2 * time / length) ** 1.5
    for kick in kicks:
        start = max(0, round((kick - 0.004) * SAMPLE_RATE))
        part = gain[start : start + dip.size]
        np.minimum(part, dip[: part.size], out=part)
    return gain


def make_bass_mono(signal: Signal, cutoff_hz: float = 140.0) -> Signal:
    """Return a stereo signal whose frequencies below ``cutoff`` (Hz) are mono."""
    middle = signal.mean(axis=0)
    side = (signal[0] - signal[1]) / 2
    side -= apply_filter(side, lowpass(cutoff_hz))
    return np.stack((middle + side, middle - side))


def measure_true_peak(signal: Signal) -> Signal:
    """Return the true peak of the louder side at each sample, by four times oversampling."""
    samples = signal.shape[1]
    loudest = np.zeros(samples)
    for side in signal:
        spectrum = np.fft.rfft(side)
        fine = np.fft.irfft(spectrum, 4 * samples) * 4
        np.maximum(loudest, np.abs(fine).reshape(samples, 4).max(axis=1), out=loudest)
    return loudest


def limit_peaks(signal: Signal, ceiling: float) -> Signal:
    """Return a signal without peaks above ``ceiling``; the gain falls before a peak (lookahead)."""
    gain = np.minimum(1, ceiling / np.maximum(measure_true_peak(signal), 1e-9))
    window = 1
    while window < 0.03 * SAMPLE_RATE:
        gain[:-window] = np.minimum(gain[:-window], gain[window:])
        gain[window:] = np.minimum(gain[window:], gain[:-window].copy())
        window *= 2
    return signal * smooth(gain, window / SAMPLE_RATE)
