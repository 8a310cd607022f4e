"""The bricks of every sound: phases, harmonics, noise, envelopes and filters over NumPy arrays.

A `Signal` is mono, `(samples,)`, or stereo, `(2, samples)`, float64 about ±1 at 44.1 kHz.
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


def clock(duration: float) -> Signal:
    """The time of each sample in seconds."""
    return np.arange(round(duration * SAMPLE_RATE)) / SAMPLE_RATE


def hertz(pitch: float) -> float:
    """The frequency of a MIDI note number."""
    return float(440 * 2 ** ((pitch - 69) / 12))


def phase(frequency: Signal) -> Signal:
    """Radians that a tone of a changing frequency (Hz) has turned through."""
    return 2 * np.pi * np.cumsum(frequency) / SAMPLE_RATE


def harmonics(angle: Signal, weights: Iterable[float | Signal]) -> Signal:
    """Sines of 1, 2, 3… times `angle`, each with its weight, which may change over time."""
    turn = np.exp(1j * angle)
    power = np.ones_like(turn)
    total = np.zeros_like(angle)
    for weight in weights:
        power *= turn
        total += weight * power.imag
    return total


def saw(frequency: float, duration: float, start: float = 0.0) -> Signal:
    """A sawtooth without aliasing; `start` is where in its cycle (0–1) it begins."""
    angle = 2 * np.pi * (frequency * clock(duration) + start)
    count = min(40, int(15_000 / frequency))
    return harmonics(angle, [0.6 / k for k in range(1, count + 1)])


def swell(duration: float, attack: float, release: float) -> Signal:
    """An envelope that rises and falls along half cosines (seconds); nothing in it clicks."""
    time = clock(duration)
    rise = np.clip(time / attack, 0, 1)
    fall = np.clip((duration - time) / release, 0, 1)
    envelope: Signal = 0.25 * (1 - np.cos(np.pi * rise)) * (1 - np.cos(np.pi * fall))
    return envelope


def decay(duration: float, half_life: float, attack: float = 0.002) -> Signal:
    """An envelope that halves every `half_life` seconds, with a soft start and a silent end."""
    return 0.5 ** (clock(duration) / half_life) * swell(duration, attack, 0.25 * duration)


def lowpass(cutoff: float, order: int = 2) -> Gain:
    """The gain of a filter that keeps what lies below `cutoff` Hz."""
    return lambda frequency, _time: 1 / np.sqrt(1 + (frequency / cutoff) ** (2 * order))


def bandpass(low: float, high: float, order: int = 2) -> Gain:
    """The gain of a filter that keeps what lies between two frequencies (Hz)."""
    top = lowpass(high, order)
    return lambda frequency, time: (
        top(frequency, time) / np.sqrt(1 + (low / np.maximum(frequency, 1)) ** (2 * order))
    )


def _frequencies(samples: int) -> Signal:
    """The frequency in Hz of each bin of a spectrum."""
    return np.asarray(np.fft.rfftfreq(samples, 1 / SAMPLE_RATE), dtype=np.float64)


def filtered(signal: Signal, gain: Gain) -> Signal:
    """A mono signal through a filter that stands still."""
    spectrum = np.fft.rfft(signal)
    frequency = _frequencies(signal.size)
    return np.fft.irfft(spectrum * gain(frequency, np.zeros(1)), signal.size)


def swept(signal: Signal, gain: Gain) -> Signal:
    """A mono signal through a filter that moves: `gain(frequency, time)` broadcasts both."""
    window = np.hanning(WINDOW + 1)[:-1]
    padded = np.pad(signal, (WINDOW, 2 * WINDOW))
    frames = np.lib.stride_tricks.sliding_window_view(padded, WINDOW)[::HOP] * window
    frequency = _frequencies(WINDOW)
    time = (np.arange(len(frames)) * HOP - WINDOW / 2) / SAMPLE_RATE
    spectra = np.fft.rfft(frames) * gain(frequency, time[:, None])
    frames = np.fft.irfft(spectra, WINDOW) * window / 1.5
    total = np.zeros(padded.size)
    for index, frame in enumerate(frames):
        total[index * HOP : index * HOP + WINDOW] += frame
    return total[WINDOW : WINDOW + signal.size]


def smoothed(values: Signal, duration: float) -> Signal:
    """A curve whose corners are rounded over a duration in seconds."""
    kernel = np.hanning(round(duration * SAMPLE_RATE) // 2 * 2 + 1)
    padded = np.pad(values, kernel.size, mode="edge")
    size = padded.size + kernel.size
    spectrum = np.fft.rfft(padded, size) * np.fft.rfft(kernel / kernel.sum(), size)
    start = kernel.size + kernel.size // 2
    return np.fft.irfft(spectrum, size)[start : start + values.size]


def hiss(random: np.random.Generator, duration: float, gain: Gain) -> Signal:
    """Filtered white noise brought to a level of about ±1."""
    noise = filtered(random.standard_normal(clock(duration).size), gain)
    level: float = np.sqrt(np.mean(noise**2))
    return noise / (3 * level)
