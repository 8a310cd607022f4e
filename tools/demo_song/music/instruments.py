"""The pitched instruments: bass, electric piano, plucked strings, glass bell and pad."""

from collections.abc import Sequence

import numpy as np

from tools.demo_song.music.synth import (
    Signal,
    clock,
    decay,
    harmonics,
    hertz,
    saw,
    swell,
    swept,
)


def bass(pitch: float, duration: float) -> Signal:
    """A round synth bass: a sine with warm harmonics that close as the note lasts."""
    time = clock(duration)
    bright = np.exp(-time * 5)
    weights: list[float | Signal] = [1.0, 0.42]
    weights += [0.9 / k * (0.3 + bright) * 0.9 ** (k - 3) for k in range(3, 25)]
    tone = harmonics(2 * np.pi * hertz(pitch) * time, weights)
    return np.tanh(0.8 * tone) * swell(duration, 0.008, 0.3 * duration)


def keys(pitch: float, duration: float, velocity: float) -> Signal:
    """An electric piano by frequency modulation: a bar that hums and a tine that rings."""
    time = clock(duration + 0.3)
    angle = 2 * np.pi * hertz(pitch) * time
    hum = np.sin(angle + velocity * 1.1 * np.exp(-time * 2.5) * np.sin(angle))
    tine = np.sin(angle + 0.5 * np.sin(14 * angle) * np.exp(-time * 9)) * np.exp(-time * 4)
    envelope = np.exp(-time * 0.9) * swell(duration + 0.3, 0.004, 0.3)
    return velocity * (hum + 0.3 * velocity * tine) * envelope


def pluck(pitch: float, velocity: float) -> Signal:
    """A plucked string whose upper harmonics die first."""
    duration = 0.9
    time = clock(duration)
    frequency = hertz(pitch)
    count = min(16, int(12_000 / frequency))
    weights = [
        np.sin(np.pi * k * 0.23) / k**0.9 * velocity ** (k / 9) * np.exp(-time * (2.8 + 1.2 * k))
        for k in range(1, count + 1)
    ]
    return velocity * harmonics(2 * np.pi * frequency * time, weights) * swell(duration, 0.003, 0.3)


def bell(pitch: float, velocity: float) -> Signal:
    """A small glass bell."""
    time = clock(2.4)
    angle = 2 * np.pi * hertz(pitch) * time
    strike = 1.4 * np.exp(-time * 5) * np.sin(3.01 * angle)
    return velocity * (np.sin(angle + strike) + 0.2 * np.sin(2 * angle)) * decay(2.4, 0.32, 0.003)


def pad(pitches: Sequence[int], duration: float, cutoff: tuple[float, float], seed: int) -> Signal:
    """A stereo bed of detuned saws, `(2, samples)`, under a filter that glides from one cutoff (Hz)
    to another and breathes on the way; it overlaps its neighbours by its release."""
    random = np.random.default_rng(seed)
    full = duration + 0.9
    sides = []
    for spread in (-1, 1):
        layers = [
            saw(hertz(pitch + spread * cents / 100), full, random.random())
            for pitch in pitches
            for cents in (4, -9)
        ]
        sides.append(_breathing(np.sum(layers, axis=0), full, cutoff))
    return np.stack(sides) * swell(full, 0.5, 0.9) / len(pitches)


def _breathing(signal: Signal, duration: float, cutoff: tuple[float, float]) -> Signal:
    """A signal under a gently resonant low-pass that moves."""

    def gain(frequency: Signal, time: Signal) -> Signal:
        way = np.clip(time / duration, 0, 1)
        edge = cutoff[0] * (cutoff[1] / cutoff[0]) ** way * (1 + 0.18 * np.sin(2 * np.pi * way))
        ratio = frequency / edge
        return (1 + 0.7 * np.exp(-(((ratio - 1) / 0.3) ** 2))) / np.sqrt(1 + ratio**5)

    return swept(signal, gain)
