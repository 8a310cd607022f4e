"""The pitched instruments: bass, electric piano, plucked strings, glass bell and pad."""

from collections.abc import Sequence

import numpy as np

from tools.demo_song.music.synth import (
    Signal,
    apply_moving_filter,
    attack_release,
    decay,
    sample_times,
    sawtooth,
    sum_harmonics,
    to_hertz,
)


def bass(pitch: float, duration: float) -> Signal:
    """Return a synth bass: a sine with harmonics that become weaker during the note."""
    time = sample_times(duration)
    bright = np.exp(-time * 5)
    weights: list[float | Signal] = [1.0, 0.42]
    weights += [0.9 / k * (0.3 + bright) * 0.9 ** (k - 3) for k in range(3, 25)]
    tone = sum_harmonics(2 * np.pi * to_hertz(pitch) * time, weights)
    return np.tanh(0.8 * tone) * attack_release(duration, 0.008, 0.3 * duration)


def keys(pitch: float, duration: float, velocity: float) -> Signal:
    """Return an electric piano by frequency modulation: a tone bar and a tine."""
    time = sample_times(duration + 0.3)
    angle = 2 * np.pi * to_hertz(pitch) * time
    hum = np.sin(angle + velocity * 1.1 * np.exp(-time * 2.5) * np.sin(angle))
    tine = np.sin(angle + 0.5 * np.sin(14 * angle) * np.exp(-time * 9)) * np.exp(-time * 4)
    envelope = np.exp(-time * 0.9) * attack_release(duration + 0.3, 0.004, 0.3)
    return velocity * (hum + 0.3 * velocity * tine) * envelope


def pluck(pitch: float, velocity: float) -> Signal:
    """Return a plucked string whose upper harmonics decay first."""
    duration = 0.9
    time = sample_times(duration)
    frequency = to_hertz(pitch)
    count = min(16, int(12_000 / frequency))
    weights = [
        np.sin(np.pi * k * 0.23) / k**0.9 * velocity ** (k / 9) * np.exp(-time * (2.8 + 1.2 * k))
        for k in range(1, count + 1)
    ]
    return (
        velocity
        * sum_harmonics(2 * np.pi * frequency * time, weights)
        * attack_release(duration, 0.003, 0.3)
    )


def bell(pitch: float, velocity: float) -> Signal:
    """Return a small glass bell."""
    time = sample_times(2.4)
    angle = 2 * np.pi * to_hertz(pitch) * time
    strike = 1.4 * np.exp(-time * 5) * np.sin(3.01 * angle)
    return velocity * (np.sin(angle + strike) + 0.2 * np.sin(2 * angle)) * decay(2.4, 0.32, 0.003)


def pad(
    pitches: Sequence[int], duration: float, cutoff_hz: tuple[float, float], seed: int
) -> Signal:
    """Return detuned saws, ``(2, samples)``, with a low-pass that moves between two cutoffs (Hz).

    The chord overlaps the next one by its release.
    """
    random = np.random.default_rng(seed)
    full_duration = duration + 0.9
    sides = []
    for spread in (-1, 1):
        layers = [
            sawtooth(to_hertz(pitch + spread * cents / 100), full_duration, random.random())
            for pitch in pitches
            for cents in (4, -9)
        ]
        sides.append(_sweep_cutoff(np.sum(layers, axis=0), full_duration, cutoff_hz))
    return np.stack(sides) * attack_release(full_duration, 0.5, 0.9) / len(pitches)


def _sweep_cutoff(signal: Signal, duration: float, cutoff_hz: tuple[float, float]) -> Signal:
    """Return a signal after a resonant low-pass whose cutoff moves."""

    def gain(frequency: Signal, time: Signal) -> Signal:
        progress = np.clip(time / duration, 0, 1)
        moving_cutoff_hz = (
            cutoff_hz[0]
            * (cutoff_hz[1] / cutoff_hz[0]) ** progress
            * (1 + 0.18 * np.sin(2 * np.pi * progress))
        )
        ratio = frequency / moving_cutoff_hz
        return (1 + 0.7 * np.exp(-(((ratio - 1) / 0.3) ** 2))) / np.sqrt(1 + ratio**5)

    return apply_moving_filter(signal, gain)
