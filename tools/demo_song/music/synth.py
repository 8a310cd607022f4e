"""Building blocks of sounds: phases, harmonics, noise, envelopes and filters over NumPy arrays.

A ``Signal`` is mono, ``(samples,)``, or stereo, ``(2, samples)``, float64 about ±1 at 44.1 kHz.
"""

from collections.abc import Callable, Iterable
from typing import Final

import numpy as np
import numpy.typing as npt

SAMPLE_RATE: Final = 44_100
WINDOW: Final = 2048
HOP: Final = WINDOW // 4

Signal = npt.NDArray[np.float64]
Gain = Callable[[Signal, Signal], Signal]


def sample_times(duration: float) -> Signal:
    """Return the time of each sample of a ``duration`` in seconds."""
    return np.arange(round(duration * SAMPLE_RATE)) / SAMPLE_RATE


def to_hertz(pitch: float) -> float:
    """Return the frequency of a MIDI note number in Hz."""
    return float(440 * 2 ** ((pitch - 69) / 12))


def integrate_phase(frequency: Signal) -> Signal:
    """Return the phase in radians of a tone with a changing frequency (Hz)."""
    return 2 * np.pi * np.cumsum(frequency) / SAMPLE_RATE


def sum_harmonics(angle: Signal, weights: Iterable[float | Signal]) -> Signal:
    """Return the sum of sines of 1, 2, 3… times ``angle``; a weight may change over time."""
    rotation = np.exp(1j * angle)
    power = np.ones_like(rotation)
    total = np.zeros_like(angle)
    for weight in weights:
        power *= rotation
        total += weight * power.imag
    return total


def sawtooth(frequency: float, duration: float, start: float = 0.0) -> Signal:
    """Return a sawtooth without aliasing that begins at ``start`` (0–1) of its period."""
    angle = 2 * np.pi * (frequency * sample_times(duration) + start)
    count = min(40, int(15_000 / frequency))
    return sum_harmonics(angle, [0.6 / k for k in range(1, count + 1)])


def attack_release(duration: float, attack: float, release: float) -> Signal:
    """Return an envelope with half cosines as attack and release (seconds), without clicks."""
    time = sample_times(duration)
    rise = np.clip(time / attack, 0, 1)
    fall = np.clip((duration - time) / release, 0, 1)
    envelope: Signal = 0.25 * (1 - np.cos(np.pi * rise)) * (1 - np.cos(np.pi * fall))
    return envelope


def decay(duration: float, half_life: float, attack: float = 0.002) -> Signal:
    """Return an envelope that halves every ``half_life`` seconds, with soft start and end."""
    envelope = attack_release(duration, attack, 0.25 * duration)
    return 0.5 ** (sample_times(duration) / half_life) * envelope


def lowpass(cutoff_hz: float, order: int = 2) -> Gain:
    """Return the gain of a low-pass filter (Hz)."""
    return lambda frequency, _time: 1 / np.sqrt(1 + (frequency / cutoff_hz) ** (2 * order))


def bandpass(low: float, high: float, order: int = 2) -> Gain:
    """Return the gain of a band-pass filter between two frequencies (Hz)."""
    top = lowpass(high, order)
    return lambda frequency, time: (
        top(frequency, time) / np.sqrt(1 + (low / np.maximum(frequency, 1)) ** (2 * order))
    )


def _bin_frequencies(samples: int) -> Signal:
    """Return the frequency in Hz of each bin of a spectrum."""
    return np.asarray(np.fft.rfftfreq(samples, 1 / SAMPLE_RATE), dtype=np.float64)


def apply_filter(signal: Signal, gain: Gain) -> Signal:
    """Return a mono signal after a constant filter."""
    spectrum = np.fft.rfft(signal)
    frequency = _bin_frequencies(signal.size)
    return np.fft.irfft(spectrum * gain(frequency, np.zeros(1)), signal.size)


def apply_moving_filter(signal: Signal, gain: Gain) -> Signal:
    """Return a mono signal after a filter whose ``gain(frequency, time)`` changes over time."""
    window = np.hanning(WINDOW + 1)[:-1]
    padded = np.pad(signal, (WINDOW, 2 * WINDOW))
    frames = np.lib.stride_tricks.sliding_window_view(padded, WINDOW)[::HOP] * window
    frequency = _bin_frequencies(WINDOW)
    time = (np.arange(len(frames)) * HOP - WINDOW / 2) / SAMPLE_RATE
    spectra = np.fft.rfft(frames) * gain(frequency, time[:, None])
    frames = np.fft.irfft(spectra, WINDOW) * window / 1.5
    total = np.zeros(padded.size)
    for index, frame in enumerate(frames):
        total[index * HOP : index * HOP + WINDOW] += frame
    return total[WINDOW : WINDOW + signal.size]


def smooth(values: Signal, duration: float) -> Signal:
    """Return a curve smoothed by a Hann window of a duration in seconds."""
    kernel = np.hanning(round(duration * SAMPLE_RATE) // 2 * 2 + 1)
    padded = np.pad(values, kernel.size, mode="edge")
    size = padded.size + kernel.size
    spectrum = np.fft.rfft(padded, size) * np.fft.rfft(kernel / kernel.sum(), size)
    start = kernel.size + kernel.size // 2
    return np.fft.irfft(spectrum, size)[start : start + values.size]


def make_noise(random: np.random.Generator, duration: float, gain: Gain) -> Signal:
    """Return filtered white noise with a level of about ±1."""
    noise = apply_filter(random.standard_normal(sample_times(duration).size), gain)
    level: float = np.sqrt(np.mean(noise**2))
    return noise / (3 * level)
