"""The drum kit: sounds made of sines and noise, and patterns, each a bar of velocities."""

from typing import Final

import numpy as np

from tools.demo_song.music.synth import (
    SAMPLE_RATE,
    Signal,
    apply_filter,
    bandpass,
    decay,
    integrate_phase,
    lowpass,
    make_noise,
    sample_times,
    sum_harmonics,
)

# One character a step: a velocity from 1 to 9, or a dot.
PATTERNS: Final = {
    "hush": {"kick": "7.........5.....", "hat": "..3...3...3...3."},
    "walk": {
        "kick": "9......4..8.....",
        "rim": "....7.......7..2",
        "hat": "5.3.6.3.5.36..3.",
        "shaker": "3232323232323232",
    },
    "stride": {
        "kick": "9......5..8....3",
        "snare": "....8.......8...",
        "hat": "5.326.3.5.326.3.",
        "shaker": "4252425242524252",
    },
    "hold": {"kick": "8...............", "hat": "4.3.4.3.4.3.4.3.", "shaker": "2222333344445555"},
    "build": {
        "kick": "8.......7.......",
        "snare": "2.3.4.5.6666....",
        "shaker": "44445555666.....",
    },
    "dance": {
        "kick": "9...8...9...8..3",
        "snare": "....9..2....9...",
        "clap": "....8.......8...",
        "hat": "4.2.5.3.4.2.5.34",
        "open": "..6...6...6...6.",
        "shaker": "4364436443644364",
    },
    "fill": {
        "kick": "9...8...9...8...",
        "snare": "....9..2....9355",
        "clap": "....8.......8...",
        "hat": "4.2.5.3.4.2.....",
        "open": "..6...6...6.....",
        "tom": "..........5.6.87",
        "shaker": "4364436443644364",
    },
    "ebb": {"kick": "7.........6.....", "rim": "....5.......5...", "hat": "4.2.4.2.4.2.4.2."},
    "": {},
}

PANS: Final = {"hat": 0.3, "open": 0.35, "shaker": -0.4, "rim": -0.15, "tom": -0.25}


def kick() -> Signal:
    """Return a kick that falls from 150 to 47 Hz, with a felt beater."""
    time = sample_times(0.42)
    body = np.sin(integrate_phase(47 + 105 * np.exp(-time * 32))) * decay(0.42, 0.085, 0.001)
    beater = np.sin(integrate_phase(2200 * np.exp(-time * 90) + 300)) * decay(0.42, 0.004, 0.001)
    return np.tanh(1.6 * body) + 0.18 * beater


def snare(random: np.random.Generator) -> Signal:
    """Return a soft snare: two tones of the head and a band of noise."""
    time = sample_times(0.32)
    head = np.sin(integrate_phase(182 + 60 * np.exp(-time * 60))) + 0.5 * np.sin(
        integrate_phase(331 + 0 * time)
    )
    wires = make_noise(random, 0.32, bandpass(900, 7500))
    return 0.5 * head * decay(0.32, 0.035) + 1.1 * wires * decay(0.32, 0.05)


def clap(random: np.random.Generator) -> Signal:
    """Return a clap: three bursts of noise a few milliseconds apart, and their reverberation."""
    noise = make_noise(random, 0.3, bandpass(850, 4200))
    envelope = 0.7 * decay(0.3, 0.05)
    for delay in (0.0, 0.011, 0.023):
        start = round(delay * SAMPLE_RATE)
        envelope[start:] += decay(0.3, 0.006)[: envelope.size - start]
    return 1.0 * noise * envelope


def rim(random: np.random.Generator) -> Signal:
    """Return a cross-stick: short, woody, quiet."""
    wood = sum_harmonics(
        integrate_phase(np.full(sample_times(0.09).size, 440.0)), [0.5, 0.0, 0.6, 0.3]
    )
    return wood * decay(0.09, 0.01) + 0.4 * make_noise(random, 0.09, bandpass(1500, 6000)) * decay(
        0.09, 0.008
    )


def hat(random: np.random.Generator, half_life: float) -> Signal:
    """Return a hi-hat of noise above 6 kHz; a longer half-life (seconds) makes it open."""
    length = 8 * half_life
    return 1.2 * make_noise(random, length, bandpass(6500, 13_500, 3)) * decay(length, half_life)


def shaker(random: np.random.Generator) -> Signal:
    """Return a shaker: noise with a slow attack."""
    return 1.0 * make_noise(random, 0.11, bandpass(4200, 11_000)) * decay(0.11, 0.02, 0.018)


def tom() -> Signal:
    """Return a low tom whose pitch falls a little."""
    time = sample_times(0.4)
    return np.sin(integrate_phase(98 + 40 * np.exp(-time * 18))) * decay(0.4, 0.07)


def crash(random: np.random.Generator) -> Signal:
    """Return a distant crash cymbal, four seconds long."""
    return 0.7 * make_noise(random, 4.0, bandpass(3500, 11_000)) * decay(4.0, 0.55, 0.004)


def riser(random: np.random.Generator, duration: float) -> Signal:
    """Return a riser: noise that becomes louder and brighter until the next section."""
    low = apply_filter(make_noise(random, duration, bandpass(500, 1800)), lowpass(3000))
    high = make_noise(random, duration, bandpass(2500, 9000))
    rise = (sample_times(duration) / duration) ** 2
    return (
        (low * (1 - rise) + high * rise)
        * rise
        * np.clip((duration - sample_times(duration)) / 0.03, 0, 1)
    )


def kit(random: np.random.Generator) -> dict[str, Signal]:
    """Return every drum of the patterns by its name, in mono."""
    return {
        "kick": kick(),
        "snare": snare(random),
        "clap": clap(random),
        "rim": rim(random),
        "hat": hat(random, 0.014),
        "open": hat(random, 0.07),
        "shaker": shaker(random),
        "tom": tom(),
    }
