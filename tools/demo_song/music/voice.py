"""The singing voice: a formant synthesiser with vowels, portamento and vibrato."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from tools.demo_song.music.melody import Note
from tools.demo_song.music.synth import (
    SAMPLE_RATE,
    Signal,
    bandpass,
    integrate_phase,
    make_noise,
    sample_times,
    smooth,
    sum_harmonics,
    to_hertz,
)

# The first three formants of each vowel in Hz.
VOWELS: Final = {
    "a": (760, 1250, 2600),
    "x": (700, 1650, 2500),
    "e": (520, 1850, 2550),
    "i": (350, 2150, 2850),
    "y": (420, 1950, 2600),
    "o": (490, 880, 2450),
    "u": (370, 900, 2300),
    "v": (620, 1200, 2500),
}
WIDTHS: Final = (140.0, 220.0, 320.0)
STRENGTHS: Final = (1.0, 0.6, 0.36)
LEAD_IN: Final = 0.1
TAIL: Final = 0.4


def sing(notes: Sequence[Note], seed: int, detune: float = 0.0) -> Signal:
    """Return the sung notes, from ``LEAD_IN`` seconds before the first to ``TAIL`` after the last.

    ``detune`` (cents) and ``seed`` make a second take differ from the first.
    """
    random = np.random.default_rng(seed)
    origin = notes[0].start - LEAD_IN
    time = sample_times(notes[-1].end - origin + TAIL) + origin
    pitch = _pitch(notes, time, random) + detune / 100
    frequency = to_hertz(0) * 2 ** (pitch / 12)
    volume = _volume(notes, time)
    tone = sum_harmonics(integrate_phase(frequency), _timbre(notes, time, frequency, volume))
    air = make_noise(random, time.size / SAMPLE_RATE, bandpass(2500, 8000))
    return volume * tone + (0.035 * volume + 0.02 * _onsets(notes, time)) * air


def _hold_values(notes: Sequence[Note], time: Signal, values: Sequence[float] | Signal) -> Signal:
    """Return a curve that holds each note's value from its start until the next start."""
    starts = np.array([note.start for note in notes[1:]])
    return np.asarray(values, dtype=np.float64)[np.searchsorted(starts, time, side="right")]


def _pitch(notes: Sequence[Note], time: Signal, random: np.random.Generator) -> Signal:
    """Return the pitch: portamento between notes, delayed vibrato, and random drift."""
    pitch = smooth(_hold_values(notes, time, [note.pitch for note in notes]), 0.085)
    vibrato = np.zeros_like(time)
    for note in notes:
        age = np.clip((time - note.start - 0.22) / 0.45, 0, 1)
        vibrato += np.where(time < note.end + 0.1, age, 0) * (time >= note.start)
    depth = smooth(np.clip(vibrato, 0, 1), 0.08) * 0.24
    rate = 5.2 + 0.3 * np.sin(2 * np.pi * 0.31 * time)
    scoop = -0.7 * np.exp(-np.clip(time - notes[0].start, 0, None) / 0.05)
    return pitch + depth * np.sin(integrate_phase(rate)) + _random_drift(time, random) + scoop


def _random_drift(time: Signal, random: np.random.Generator) -> Signal:
    """Return a small random detuning in semitones, with a new value every 0.4 s."""
    times = np.arange(time[0], time[-1] + 0.5, 0.4)
    return np.interp(time, times, random.uniform(-0.045, 0.045, times.size))


def _volume(notes: Sequence[Note], time: Signal) -> Signal:
    """Return the volume: an envelope for every note, with a dip between two for the consonant."""
    volume = np.zeros_like(time)
    for index, note in enumerate(notes):
        age = time - note.start
        inside = (age >= 0) & (time < note.end)
        attack = 0.62 + 0.38 * np.clip(age / 0.09, 0, 1)
        settle = 1 - 0.2 * np.clip((age - 0.25) / 1.2, 0, 1)
        accent = 1.0 if index % 2 == 0 else 0.88
        volume[inside] = (accent * attack * settle)[inside]
    for note in notes[1:]:
        volume *= 1 - 0.6 * np.exp(-(((time - note.start + 0.012) / 0.016) ** 2))
    return smooth(volume, 0.07)


def _onsets(notes: Sequence[Note], time: Signal) -> Signal:
    """Return the volume of the consonants, at the start of every note."""
    onsets = np.zeros_like(time)
    for note in notes:
        onsets += np.exp(-(((time - note.start) / 0.022) ** 2))
    return onsets


def _timbre(notes: Sequence[Note], time: Signal, frequency: Signal, volume: Signal) -> list[Signal]:
    """Return the weight of each harmonic: a soft source filtered by the formants of the vowels."""
    table = np.array([VOWELS[note.vowel] for note in notes], dtype=np.float64)
    formants = [smooth(_hold_values(notes, time, table[:, i]), 0.09) for i in range(3)]
    # Singers raise the first formant to the pitch where the pitch would be above it.
    formants[0] = np.maximum(formants[0], 1.03 * frequency)
    # A louder voice is brighter.
    tilt = 1.35 - 0.35 * volume
    weights: list[Signal] = []
    for k in range(1, int(9000 / frequency.max()) + 1):
        peaks = sum(
            strength / (1 + ((k * frequency - formant) / width) ** 2)
            for formant, width, strength in zip(formants, WIDTHS, STRENGTHS, strict=True)
        )
        weights.append((0.16 + peaks) / k**tilt)
    power = np.sqrt(np.sum(np.square(weights), axis=0))
    return [weight / power for weight in weights]
