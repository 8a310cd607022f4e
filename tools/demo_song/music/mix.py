"""Mixing and mastering: levels, ducking, reverb and echo of each track, then the loudness."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from tools.demo_song.music import arrangement
from tools.demo_song.music.arrangement import Track
from tools.demo_song.music.effects import ducking, echo, limit_peaks, make_bass_mono, reverb
from tools.demo_song.music.loudness import measure_loudness
from tools.demo_song.music.score import STEP, Bar
from tools.demo_song.music.synth import SAMPLE_RATE, Signal, sample_times

TARGET_LUFS: Final = -14.0
# The encoding as MP3 can raise the peaks by half a decibel.
CEILING: Final = 10 ** (-2.0 / 20)
FADE: Final = 3.0  # seconds


@dataclass(frozen=True)
class Channel:
    """A track's level in decibels, its sends to reverb and echo, and its ducking (0–1)."""

    level: float
    reverb: float = 0.0
    echo: float = 0.0
    duck: float = 0.0


CHANNELS: Final = {
    "drums": Channel(-6.0, reverb=0.06),
    "bass": Channel(-11.0, duck=0.55),
    "keys": Channel(-18.5, reverb=0.16, duck=0.25),
    "plucks": Channel(-13.5, reverb=0.25, echo=0.4, duck=0.2),
    "bells": Channel(-16.0, reverb=0.4, echo=0.45),
    "pad": Channel(-11.0, reverb=0.2, duck=0.5),
    "voice": Channel(-12.5, reverb=0.2, echo=0.16),
    "choir": Channel(-19.5, reverb=0.35),
    "air": Channel(-12.0, reverb=0.2, duck=0.3),
}


def perform(bars: list[Bar], duration: float) -> tuple[dict[str, Signal], list[float]]:
    """Play some bars; return each dry track by its name, and the times of the kicks in seconds."""
    tracks = {name: Track(duration) for name in CHANNELS}
    random = np.random.default_rng(96)
    kicks = arrangement.play_drums(tracks["drums"], bars, random)
    arrangement.play_bass(tracks["bass"], bars)
    arrangement.play_keys(tracks["keys"], bars, random)
    arrangement.play_plucks(tracks["plucks"], bars, random)
    arrangement.play_bells(tracks["bells"], bars)
    arrangement.play_pad(tracks["pad"], bars)
    arrangement.play_voice(tracks["voice"], tracks["choir"], bars)
    arrangement.play_air(tracks["air"], bars, random)
    return {name: track.sound for name, track in tracks.items()}, kicks


def mix_bars(bars: list[Bar], duration: float) -> Signal:
    """Return the mix of some bars, ``(2, samples)``, before mastering."""
    tracks, kicks = perform(bars, duration)
    dry = np.zeros((2, sample_times(duration).size))
    to_reverb, to_echo = np.zeros_like(dry), np.zeros_like(dry)
    for name, channel in CHANNELS.items():
        sound = tracks[name] * 10 ** (channel.level / 20)
        sound *= ducking(kicks, sound.shape[1], channel.duck)
        dry += sound
        to_reverb += channel.reverb * sound
        to_echo += channel.echo * sound
    delayed = echo(to_echo, 3 * STEP, 0.5)
    return dry + delayed + reverb(to_reverb + 0.3 * delayed, seed=7)


def master(mix: Signal) -> Signal:
    """Return the mix faded out, at the target loudness, without peaks above the ceiling."""
    time = np.arange(mix.shape[1]) / SAMPLE_RATE
    fade_out = np.clip((time[-1] - time) / FADE, 0, 1)
    song = make_bass_mono(mix) * np.sin(np.pi / 2 * fade_out) ** 2
    song *= 10 ** ((TARGET_LUFS - measure_loudness(song)) / 20)
    # Several passes: the gain makes up for what the limiter takes away.
    for _pass in range(3):
        loud = limit_peaks(1.25 * np.tanh(song / 1.25), CEILING)
        song *= 10 ** ((TARGET_LUFS - measure_loudness(loud)) / 20)
    return limit_peaks(1.25 * np.tanh(song / 1.25), CEILING)
